import type { Builder } from "../graph/builder";
import { nodesOf } from "../graph/graph";
import type { Value } from "../graph/value";
import { arithmetic } from "./arithmetic";
import { bias } from "./bias";
import { columnSums } from "./column_sums";
import { foldCasts } from "./fold_casts";
import { foldConstants } from "./fold_constants";
import { foldReshapes } from "./fold_reshapes";
import { apply, type Pass } from "./pass";
import { reductions } from "./reductions";
import { scaledProducts } from "./scaled_products";
import { softmax } from "./softmax";
import { turnProducts } from "./turn_products";
import { untile } from "./untile";

/** The passes that simplify, in the order they run. */
export const passes: readonly Pass[] = [
  foldReshapes,
  foldCasts,
  foldConstants,
  untile,
  arithmetic,
  softmax,
  reductions,
  bias,
];

/**
 * The passes that write the same with operations that are faster here. They come last: they make updates that are alike
 * look different, so that they could not be packed.
 */
export const finishing: readonly Pass[] = [columnSums, scaledProducts, foldReshapes, turnProducts];

/** More rounds than any graph so far has needed. */
const MAXIMUM_ROUNDS = 8;

/** Rewrites a graph by passes until none changes anything. */
export function optimise(graph: Builder, outputs: readonly Value[], by: readonly Pass[] = passes): Value[] {
  let current = [...outputs];
  for (let round = 0; round < MAXIMUM_ROUNDS; round++) {
    const before = current;
    for (const pass of by) current = apply(pass, graph, current);
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
