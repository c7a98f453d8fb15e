import type { Builder } from "../graph/builder";
import type { Value } from "../graph/value";
import { arithmetic } from "./arithmetic";
import { bias } from "./bias";
import { columnSums } from "./column_sums";
import { foldCasts } from "./fold_casts";
import { foldConstants } from "./fold_constants";
import { foldReshapes } from "./fold_reshapes";
import { type PackedState, packState, type State } from "./pack_state";
import { apply, type Pass } from "./pass";
import { graphPrinter } from "./print_passes";
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
 * The passes that compute the same with faster operations. They come last: they make similar updates look different, and
 * then those could not be packed.
 */
const finishing: readonly Pass[] = [columnSums, scaledProducts, foldReshapes, turnProducts];

/** More rounds than any graph so far has needed. */
const MAXIMUM_ROUNDS = 8;

/** Called with the name of each pass and the outputs after it; also with `traced` at the start and `finished` at the end. */
export type Observer = (pass: string, outputs: readonly Value[]) => void;

/** Rewrites a graph by passes until none changes anything. */
export function optimize(
  graph: Builder,
  outputs: readonly Value[],
  by: readonly Pass[] = passes,
  observe?: Observer,
): Value[] {
  let current = [...outputs];
  for (let round = 0; round < MAXIMUM_ROUNDS; round++) {
    const before = current;
    for (const pass of by) {
      current = apply(pass, graph, current);
      observe?.(pass.name, current);
    }
    if (current.every((value, i) => value === before[i])) break;
  }
  return current;
}

/** Rewrites what a function computes: simplified, then written with the fastest operations. */
export function optimizeFunction(
  graph: Builder,
  outputs: readonly Value[],
  observe: Observer | undefined = graphPrinter(),
): Value[] {
  observe?.("traced", outputs);
  return finish(graph, outputs, observe);
}

function finish(graph: Builder, outputs: readonly Value[], observe: Observer | undefined): Value[] {
  const values = optimize(graph, optimize(graph, outputs, passes, observe), finishing, observe);
  observe?.("finished", values);
  return values;
}

/** Rewrites one step of a loop: simplified, its small states packed, then written with the fastest operations. */
export function optimizeStep(
  graph: Builder,
  states: readonly State[],
  others: readonly Value[],
  observe: Observer | undefined = graphPrinter(),
): { state: PackedState[]; others: Value[] } {
  const all = [...states.map(({ after }) => after), ...others];
  observe?.("traced", all);
  const simple = optimize(graph, all, passes, observe);
  const packed = packState(
    graph,
    states.map(({ before }, i) => ({ before, after: simple[i]! })),
    simple.slice(states.length),
  );
  const together = [...packed.state.map(({ after }) => after), ...packed.others];
  observe?.("pack small states", together);
  const values = finish(graph, together, observe);
  return {
    state: packed.state.map((each, i) => ({ ...each, after: values[i]! })),
    others: values.slice(packed.state.length),
  };
}
