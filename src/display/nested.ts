import type { InspectOptions } from "node:util";

/** Whether `util.inspect` prints a value inside another one, which takes one line. */
export function nested(depth: number | null, options: InspectOptions): boolean {
  return depth !== null && typeof options.depth === "number" && depth < options.depth;
}
