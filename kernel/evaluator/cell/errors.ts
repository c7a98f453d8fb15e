import { join, sep } from "node:path";
import { inspect, types } from "node:util";
import type { KernelError } from "../../bridge";
import { codeFrame, paint } from "../../code_frame";
import { primordials } from "../guards/primordials";
import { Thrown } from "./repl";
import { firstPlace, framesOf, type Place, sourceOf, toSource } from "./stack_traces";

/** Errors that one traceback describes: causes may be circular, and a thousand promises may fail together. */
const maxErrors = 12;
/** UTF-16 units of a message, as many as Node shows of a string. */
const maxMessage = 10_000;

/** What the front end shows of something thrown: name, message, the line that failed, and its callers. */
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
  const at = place && toSource(place);
  const [ename, evalue] = nameAndMessage(value);
  const traceback = safely(() => describe(value, at, { left: maxErrors, seen: new primordials.Set() }), evalue);
  return { status: "error", ename, evalue, traceback: primordials.split(traceback, "\n") };
}

function nameAndMessage(value: unknown): [string, string] {
  if (!isError(value)) return [value === null ? "null" : typeof value, safely(() => inspect(value), "…")];
  return [
    safely(() => clip(primordials.String(value.name || "Error")), "Error"),
    safely(() => clip(primordials.String(value.message)), ""),
  ];
}

const clip = (text: string): string =>
  text.length > maxMessage ? `${text.slice(0, maxMessage)}… ${text.length - maxMessage} more characters` : text;

/** How many more errors may be described, and which ones were. */
interface Budget {
  left: number;
  readonly seen: Set<unknown>;
}

function describe(value: unknown, at: Place | undefined, budget: Budget): string {
  if (budget.seen.has(value)) return paint.faint("(the same error as above)");
  budget.seen.add(value);
  budget.left--;
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
  if (value instanceof primordials.AggregateError) {
    for (const [i, inner] of value.errors.entries()) {
      if (budget.left === 0) {
        lines.push(paint.faint(`… of ${value.errors.length} errors`));
        break;
      }
      lines.push(`${paint.faint(`[errors ${i}]`)} ${describe(inner, undefined, budget)}`);
    }
  }
  if (budget.left > 0 && "cause" in value && value.cause !== undefined) {
    lines.push(`${paint.faint("Caused by")} ${describe(value.cause, undefined, budget)}`);
  }
  return lines.join("\n");
}

/** `cell-3.ts:2:7` and the code around it. */
function placed(place: Place): string {
  const title = paint.place(`${place.file}:${place.line + 1}:${place.column + 1}`);
  const code = sourceOf(place.file);
  return code === undefined ? title : `${title}\n${codeFrame(code, place)}`;
}

/** tskeras's own files, and TensorFlow.js's. */
const library = `${join(__dirname, "../../../src")}${sep}`;
const isLibrary = (line: string): boolean => line.includes(library) || /node_modules[\\/]@tensorflow[\\/]/.test(line);

/** As many frames as Node shows. */
const maxFrames = 10;

/**
 * The frames of a stack, without Node's own at its end and without the one that the code frame shows. If a cell called the
 * library, its frames are omitted too; `error.stack` has them.
 */
function frames(stack: string, place: Place | undefined): string[] {
  const all = framesOf(stack);
  const lines = place ? all.filter((line) => !isLibrary(line)) : all;
  while (/[ (]node:/.test(lines.at(-1) ?? "")) lines.pop();
  lines.splice(maxFrames);
  const [only] = lines;
  if (lines.length === 1 && place && only?.endsWith(`${place.file}:${place.line + 1}:${place.column + 1}`)) return [];
  return lines.map((line) => (/node:|node_modules/.test(line) ? paint.faint(line) : line));
}

/** Fields that a library added to its error, such as `code` and `path`. */
function extras(error: Error): string {
  const fields = primordials.Object.entries(error).filter(
    ([name]) => !["name", "message", "stack", "cause", "errors"].includes(name),
  );
  return fields.length === 0 ? "" : paint.faint(inspect(primordials.Object.fromEntries(fields), { depth: 2 }));
}

const isError = (value: unknown): value is Error => types.isNativeError(value) || value instanceof primordials.Error;

/** Errors are the cell's objects: their getters may throw. */
function safely(work: () => string, otherwise: string): string {
  try {
    return work();
  } catch {
    return otherwise;
  }
}
