import { inspect } from "node:util";
import { isThenable } from "./awaiting";
import { bundleToJson, toBundle } from "./bundle";

const longest = 100;

/** A value in one line. */
export function brief(value: unknown): string {
  const shown = inspect(value, { depth: 0, breakLength: Number.POSITIVE_INFINITY }).replace(/\s*\n\s*/g, " ");
  return shown.length > longest ? `${shown.slice(0, longest - 1)}…` : shown;
}

/** How a value is shown when nothing can be awaited, because the program stands at a breakpoint. */
export function bundleNow(value: unknown): Record<string, unknown> {
  const bundle = toBundle(value);
  return isThenable(bundle) ? { "text/plain": inspect(value) } : bundleToJson(bundle);
}
