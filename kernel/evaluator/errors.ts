import { join, sep } from "node:path";
import { inspect, types } from "node:util";
import type { KernelError } from "../bridge";
import { codeFrame, paint } from "../code_frame";
import { Thrown } from "./repl";
import { firstPlace, type Place, sourceOf, toSource } from "./sources";

const maxCauses = 5;

/** What the front end shows for something that was thrown: name, message, the line at fault, and who called it. */
export function describeError(error: unknown): KernelError {
  try {
    return describeFully(error);
  } catch {
    // A cell may have replaced what the lines below need, such as Array.prototype.map.
    const evalue = "an error that cannot be described, because a built-in function was replaced";
    return { status: "error", ename: "Error", evalue, traceback: [evalue] };
  }
}

function describeFully(error: unknown): KernelError {
  const { value, place } = error instanceof Thrown ? error : new Thrown(error);
  const at = place && toSource(place.url, place.line, place.column);
  const [ename, evalue] = nameAndMessage(value);
  return { status: "error", ename, evalue, traceback: safely(() => describe(value, at, 0), evalue).split("\n") };
}

function nameAndMessage(value: unknown): [string, string] {
  if (!isError(value)) return [typeName(value), safely(() => inspect(value), "…")];
  return [safely(() => String(value.name || "Error"), "Error"), safely(() => String(value.message), "")];
}

function describe(value: unknown, at: Place | undefined, depth: number): string {
  const [name, message] = nameAndMessage(value);
  if (!isError(value)) {
    const hint = "(thrown, but not an Error: it has no stack of its own)";
    return [`${paint.error("Uncaught")} ${message} ${paint.faint(hint)}`, at && placed(at)].filter(Boolean).join("\n");
  }
  const stack = typeof value.stack === "string" ? value.stack : "";
  const place = firstPlace(stack) ?? at;
  const lines = [`${paint.error(name)}: ${message}`];
  if (place) lines.push(placed(place));
  lines.push(...frames(stack, place));
  const extra = extras(value);
  if (extra) lines.push(extra);
  if (depth < maxCauses) {
    if (value instanceof AggregateError) {
      for (const [i, inner] of value.errors.entries()) {
        lines.push(`${paint.faint(`[errors ${i}]`)} ${describe(inner, undefined, depth + 1)}`);
      }
    }
    if ("cause" in value && value.cause !== undefined) {
      lines.push(`${paint.faint("Caused by")} ${describe(value.cause, undefined, depth + 1)}`);
    }
  }
  return lines.join("\n");
}

/** `cell-3.ts:2:7` and the lines around it. */
function placed(place: Place): string {
  const title = paint.place(`${place.file}:${place.line + 1}:${place.column + 1}`);
  const code = sourceOf(place.file);
  return code === undefined ? title : `${title}\n${codeFrame(code, place)}`;
}

/** tskeras's own files, and TensorFlow.js's. */
const library = `${join(__dirname, "../../src")}${sep}`;
const isLibrary = (line: string): boolean => line.includes(library) || /node_modules[\\/]@tensorflow[\\/]/.test(line);

/** As many frames as Node shows. */
const maxFrames = 10;

/**
 * The frames of a stack, without Node's own at its end, and without the one that the code frame shows. Where a cell called
 * the library, what happens inside of it says nothing to the reader; `error.stack` has it.
 */
function frames(stack: string, place: Place | undefined): string[] {
  const all = stack.split("\n").filter((line) => /^ {4}at /.test(line));
  const lines = place ? all.filter((line) => !isLibrary(line)) : all;
  while (/[ (]node:/.test(lines.at(-1) ?? "")) lines.pop();
  lines.splice(maxFrames);
  const [only] = lines;
  if (lines.length === 1 && place && only?.endsWith(`${place.file}:${place.line + 1}:${place.column + 1}`)) return [];
  return lines.map((line) => (/node:|node_modules/.test(line) ? paint.faint(line) : line));
}

/** Fields that a library put on its error, such as `code` and `path`. */
function extras(error: Error): string {
  const fields = Object.entries(error).filter(
    ([name]) => !["name", "message", "stack", "cause", "errors"].includes(name),
  );
  return fields.length === 0 ? "" : paint.faint(inspect(Object.fromEntries(fields), { depth: 2 }));
}

const isError = (value: unknown): value is Error => types.isNativeError(value) || value instanceof Error;

const typeName = (value: unknown): string => (value === null ? "null" : typeof value);

/** Errors are users' objects: their getters may throw. */
function safely(work: () => string, otherwise: string): string {
  try {
    return work();
  } catch {
    return otherwise;
  }
}
