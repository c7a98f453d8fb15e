import type { Builder } from "../graph/builder";
import { nodesOf } from "../graph/graph";
import type { Node, Value } from "../graph/value";

/**
 * A peephole pass: what to put in the place of a node, or undefined to leave it. `node` already has its inputs rewritten.
 */
export interface Pass {
  readonly name: string;
  readonly rewrite: (node: Node, graph: Builder) => Value | undefined;
}

/** Applies a pass to every operation that `outputs` depend on, inputs first. */
export function apply(pass: Pass, graph: Builder, outputs: readonly Value[]): Value[] {
  return rebuild(graph, outputs, new Map(), pass);
}

/** Puts other values in the place of some, and rebuilds what depends on them. */
export function substitute(graph: Builder, outputs: readonly Value[], others: ReadonlyMap<Value, Value>): Value[] {
  return rebuild(graph, outputs, new Map(others));
}

function rebuild(graph: Builder, outputs: readonly Value[], replaced: Map<Value, Value>, pass?: Pass): Value[] {
  const now = (value: Value) => replaced.get(value) ?? value;
  for (const node of nodesOf(outputs)) {
    const inputs = node.inputs.map((value) => value && now(value));
    const changed = inputs.some((value, i) => value !== node.inputs[i]);
    const current = changed ? graph.add(node.op, inputs, node.outputs, node.attributes) : node.outputs;
    const first = current[0] as Value;
    // Rules are written for operations with a single output.
    const result = pass && node.outputs.length === 1 ? (pass.rewrite(first.node, graph) ?? first) : undefined;
    node.outputs.forEach((value, i) => {
      const next = result ?? (current[i] as Value);
      if (next !== value) replaced.set(value, next);
    });
  }
  return outputs.map(now);
}
