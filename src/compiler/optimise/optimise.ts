import type { Builder } from "../graph/builder";
import { nodesOf } from "../graph/graph";
import type { Value } from "../graph/value";
import { arithmetic } from "./arithmetic";
import { bias } from "./bias";
import { foldCasts } from "./fold_casts";
import { foldReshapes } from "./fold_reshapes";
import { apply, type Pass } from "./pass";
import { turnProducts } from "./turn_products";
import { untile } from "./untile";

/** All passes, in the order they run. */
export const passes: readonly Pass[] = [foldReshapes, foldCasts, untile, arithmetic, bias, turnProducts];

/** More rounds than any graph so far has needed. */
const MAXIMUM_ROUNDS = 8;

/** Rewrites a graph by all passes until none changes anything. */
export function optimise(graph: Builder, outputs: readonly Value[]): Value[] {
  let current = [...outputs];
  for (let round = 0; round < MAXIMUM_ROUNDS; round++) {
    const before = current;
    for (const pass of passes) current = apply(pass, graph, current);
    if (current.every((value, i) => value === before[i])) break;
  }
  return current;
}

/** How many operations remain after each pass of the first round, by the pass's name: what a pass is worth. */
export function passReport(graph: Builder, outputs: readonly Value[]): Record<string, number> {
  const count = (values: readonly Value[]) =>
    nodesOf(values).filter((node) => node.op !== "Input" && node.op !== "Constant").length;
  const report: Record<string, number> = { traced: count(outputs) };
  let current: readonly Value[] = outputs;
  for (const pass of passes) {
    current = apply(pass, graph, current);
    report[pass.name] = count(current);
  }
  return { ...report, "all rounds": count(optimise(graph, current)) };
}
