import { runInNewContext } from "node:vm";

/** V8's own `gc`, which only contexts that are made under a flag have. */
export function collector(): () => void {
  // Loaded here, because few programs collect garbage.
  const { setFlagsFromString } = require("node:v8") as typeof import("node:v8");
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc") as () => void;
  setFlagsFromString("--no-expose-gc");
  return gc;
}
