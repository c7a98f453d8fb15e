import { runInNewContext } from "node:vm";

/** V8's `gc` function, which only contexts made under a flag have. */
export function collector(): () => void {
  // Loaded here because few programs need it.
  const { setFlagsFromString } = require("node:v8") as typeof import("node:v8");
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc") as () => void;
  setFlagsFromString("--no-expose-gc");
  return gc;
}
