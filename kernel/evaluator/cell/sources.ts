import { SourceMap } from "node:module";
import { join } from "node:path";
import { natives } from "../guards/natives";

interface Source {
  readonly code: string;
  readonly map: string;
  parsed?: SourceMap;
}

/** A position in what the reader wrote, zero-based. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const sources = new natives.Map<string, Source>();

/** Makes stack traces speak of the TypeScript that `file` was compiled from. */
export function addSource(file: string, code: string, map: string): void {
  sources.set(file, { code, map });
}

/** What the reader wrote in a cell or a local module. */
export const sourceOf = (file: string): string | undefined => sources.get(file)?.code;

/** The reader's position for one in the compiled JavaScript, zero-based; undefined for other files. */
export function toSource(file: string, line: number, column: number): Place | undefined {
  const source = sources.get(file);
  if (!source) return undefined;
  source.parsed ??= new SourceMap(natives.JSON.parse(source.map) as ConstructorParameters<typeof SourceMap>[0]);
  const entry = source.parsed.findEntry(line, column);
  if (!("originalLine" in entry)) return { file, line, column };
  return { file, line: entry.originalLine, column: entry.originalColumn };
}

const frame = /^(.*?\(?)((?:file:\/\/)?[^\s()]+):(\d+):(\d+)(\)?)$/;

/** A stack frame with the reader's position in it. */
function mapFrame(text: string): string {
  const [, before = "", file = "", line, column, after = ""] = frame.exec(text) ?? [];
  const place = toSource(file, natives.Number(line) - 1, natives.Number(column) - 1);
  return place ? `${before}${file}:${place.line + 1}:${place.column + 1}${after}` : text;
}

/** The evaluator: this file is in a room of it. */
const own = join(__dirname, "..");
/** Frames from here on are the kernel's. */
const isKernel = (text: string): boolean => text.includes("(node:inspector") || text.includes(own);

/**
 * Maps every `error.stack` that is made in this process, however it is shown, and ends it where the kernel begins.
 */
export function mapStacks(): void {
  // The library's frames alone are more than Node's ten, and the cell's stands below them.
  natives.Error.stackTraceLimit = 50;
  natives.Error.prepareStackTrace = (error, sites) => {
    const frames: string[] = [];
    for (const site of sites) {
      const text = natives.String(site);
      if (isKernel(text)) {
        // Helpers of the kernel (`__import`, `__await`) stand above the cell, the machinery below it.
        if (frames.length > 0 && text.includes("(node:inspector")) break;
        continue;
      }
      frames.push(`\n    at ${mapFrame(text)}`);
    }
    let title: string;
    try {
      title = natives.Error.prototype.toString.call(error);
    } catch {
      title = "Error";
    }
    return title + frames.join("");
  };
}

const longestFrame = 2000;

/** The frames of a stack, without the message, whose lines may be as long as they like. */
export const framesOf = (stack: string): string[] =>
  natives.split(stack, "\n").filter((line) => line.startsWith("    at ") && line.length < longestFrame);

/** The first place of a stack that is in a cell or a local module. */
export function firstPlace(stack: string): Place | undefined {
  for (const line of framesOf(stack)) {
    const [, , file = "", number, column] = frame.exec(line.trim()) ?? [];
    if (sources.has(file)) return { file, line: natives.Number(number) - 1, column: natives.Number(column) - 1 };
  }
  return undefined;
}
