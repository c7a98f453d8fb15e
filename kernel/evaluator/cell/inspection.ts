import { inspect } from "node:util";
import { isThenable } from "./awaiting";
import { bundleToJson, toBundle } from "./bundle";

const maxLength = 100;

export function brief(value: unknown): string {
  const shown = inspect(value, { depth: 0, breakLength: Number.POSITIVE_INFINITY }).replace(/\s*\n\s*/g, " ");
  return shown.length > maxLength ? `${shown.slice(0, maxLength - 1)}…` : shown;
}

/** How a value is shown while the program is paused at a breakpoint, when nothing can be awaited. */
export function bundleNow(value: unknown): Record<string, unknown> {
  const bundle = toBundle(value);
  return isThenable(bundle) ? { "text/plain": inspect(value) } : bundleToJson(bundle);
}
