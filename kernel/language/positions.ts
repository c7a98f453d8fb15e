import type { Position } from "./language_service";

export function offsetAt(code: string, { line, column }: Position): number {
  let offset = 0;
  for (let i = 0; i < line; i++) offset = code.indexOf("\n", offset) + 1;
  return offset + column;
}

export function positionAt(code: string, offset: number): Position {
  const before = code.slice(0, offset).split("\n");
  return { line: before.length - 1, column: before.at(-1)!.length };
}
