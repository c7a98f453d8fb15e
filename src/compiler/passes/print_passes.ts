import { env, stderr } from "node:process";
import { print } from "../graph/print";
import type { Value } from "../graph/value";
import type { Observer } from "./optimize";

/**
 * An observer that prints a graph to stderr while it is compiled, if the environment variable `TSKERAS_PRINT_GRAPH` asks
 * for it: with `1` as traced and after all passes, with `passes` also after each pass that changed it. The variable is read
 * for each graph, so a notebook can set `process.env.TSKERAS_PRINT_GRAPH`.
 */
export function graphPrinter(): Observer | undefined {
  const mode = env["TSKERAS_PRINT_GRAPH"];
  if (mode !== "1" && mode !== "passes") return undefined;
  let last: readonly Value[] = [];
  return (pass, outputs) => {
    const ends = pass === "traced" || pass === "finished";
    const changed = outputs.length !== last.length || outputs.some((value, i) => value !== last[i]);
    last = outputs;
    if (ends || (changed && mode === "passes"))
      stderr.write(`Graph, ${ends ? pass : `after ${pass}`}:\n${print(outputs)}\n\n`);
  };
}
