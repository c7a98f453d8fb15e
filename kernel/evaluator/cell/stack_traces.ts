import { join } from "node:path";
import { type Position, SourceMap } from "../../source_map";
import { primordials } from "../guards/primordials";

export type Place = Position & { readonly file: string };

const sources = new primordials.Map<string, { readonly code: string; readonly map: SourceMap }>();

/** Makes stack traces show the TypeScript that `file` was compiled from. */
export function addSource(file: string, code: string, map: string): void {
  sources.set(file, { code, map: new SourceMap(map) });
}

/** What the reader wrote in a cell or a local module. */
export const sourceOf = (file: string): string | undefined => sources.get(file)?.code;

/** The reader's position for a zero-based one in the compiled JavaScript; undefined for other files. */
export function toSource({ file, line, column }: Place): Place | undefined {
  const source = sources.get(file);
  return source && { file, ...source.map.toSource({ line, column }) };
}

const frame = /^(.*?\(?)((?:file:\/\/)?[^\s()]+):(\d+):(\d+)(\)?)$/;

function mapFrame(text: string): string {
  const [, before = "", file = "", line, column, after = ""] = frame.exec(text) ?? [];
  const place = toSource({ file, line: primordials.Number(line) - 1, column: primordials.Number(column) - 1 });
  return place ? `${before}${file}:${place.line + 1}:${place.column + 1}${after}` : text;
}

const evaluatorFolder = join(__dirname, "..");
const isKernel = (text: string): boolean => text.includes("(node:inspector") || text.includes(evaluatorFolder);

/** Maps every `error.stack` in this process, however it is shown, and ends it where the kernel begins. */
export function mapStacks(): void {
  // The library's frames alone may be more than Node's ten, and the cell's come after them.
  primordials.Error.stackTraceLimit = 50;
  primordials.Error.prepareStackTrace = (error, sites) => {
    const frames: string[] = [];
    for (const site of sites) {
      const text = primordials.String(site);
      if (isKernel(text)) {
        // The kernel's helpers (`__import`, `__await`) come before the cell's frames, the evaluator after them.
        if (frames.length > 0 && text.includes("(node:inspector")) break;
        continue;
      }
      frames.push(`\n    at ${mapFrame(text)}`);
    }
    let title: string;
    try {
      title = primordials.Error.prototype.toString.call(error);
    } catch {
      title = "Error";
    }
    return title + frames.join("");
  };
}

const maxFrameLength = 2000;

/** The frames of a stack, without the message, which may have long lines. */
export const framesOf = (stack: string): string[] =>
  primordials.split(stack, "\n").filter((line) => line.startsWith("    at ") && line.length < maxFrameLength);

export function firstPlace(stack: string): Place | undefined {
  for (const line of framesOf(stack)) {
    const [, , file = "", number, column] = frame.exec(line.trim()) ?? [];
    if (sources.has(file))
      return { file, line: primordials.Number(number) - 1, column: primordials.Number(column) - 1 };
  }
  return undefined;
}
