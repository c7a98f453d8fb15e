import type { Builder } from "../graph/builder";
import { nodesOf } from "../graph/order";
import type { Node, Value } from "../graph/value";

/** How many operations and outputs take a value. */
export type Uses = (value: Value) => number;

/** A peephole pass: what replaces a node, or undefined to keep it. The inputs of `node` are already rewritten. */
export interface Pass {
  readonly name: string;
  readonly rewrite: (node: Node, graph: Builder, uses: Uses) => Value | undefined;
}

/** Applies a pass to every operation that `outputs` depend on, inputs first. */
export function apply(pass: Pass, graph: Builder, outputs: readonly Value[]): Value[] {
  return rebuild(graph, outputs, new Map(), pass);
}

/** Replaces some values by others, and rebuilds what depends on them. */
export function substitute(graph: Builder, outputs: readonly Value[], others: ReadonlyMap<Value, Value>): Value[] {
  return rebuild(graph, outputs, new Map(others));
}

/** The operands of an operation in both orders, for rules on commutative ones. */
export const bothOrders = ({ inputs }: Node) => [inputs, inputs.toReversed()] as [Value, Value][];

function rebuild(graph: Builder, outputs: readonly Value[], replaced: Map<Value, Value>, pass?: Pass): Value[] {
  const now = (value: Value) => replaced.get(value) ?? value;
  const counts = pass ? countUses(outputs) : new Map<Value, number>();
  // Unknown for a value that the pass has just made.
  const uses = (value: Value) => counts.get(value) ?? Number.POSITIVE_INFINITY;
  for (const node of nodesOf(outputs)) {
    const inputs = node.inputs.map((value) => value && now(value));
    const changed = inputs.some((value, i) => value !== node.inputs[i]);
    const current = changed ? graph.node(node.op, inputs, node.outputs, node.attributes) : node.outputs;
    const first = current[0]!;
    // Rules are written for operations with a single output.
    const result = pass && node.outputs.length === 1 ? (pass.rewrite(first.node, graph, uses) ?? first) : undefined;
    node.outputs.forEach((value, i) => {
      const next = result ?? current[i]!;
      if (next === value) return;
      replaced.set(value, next);
      counts.set(next, (counts.get(next) ?? 0) + (counts.get(value) ?? 0));
    });
  }
  return outputs.map(now);
}

function countUses(outputs: readonly Value[]): Map<Value, number> {
  const counts = new Map<Value, number>();
  const used = nodesOf(outputs).flatMap(({ inputs }) => inputs);
  for (const value of [...outputs, ...used]) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
