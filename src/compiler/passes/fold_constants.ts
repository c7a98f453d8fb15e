import { scalarOf, type Value } from "../graph/value";
import type { Pass } from "./pass";

const operations: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
};

/** Float arithmetic on tensors whose elements are all equal: the gradient of a mean begins with ones over a count. */
export const foldConstants: Pass = {
  name: "fold constants",
  rewrite(node, graph) {
    const result = node.outputs[0]!;
    const compute = operations[node.op];
    if (!compute || result.dtype !== "float32") return undefined;
    const [a, b] = node.inputs.map((value) => numberOf(value as Value));
    if (a === undefined || b === undefined) return undefined;
    return graph.fill(Math.fround(compute(a, b)), "float32", result.shape);
  },
};

/** The number that fills a constant. */
function numberOf(value: Value): number | undefined {
  const single = scalarOf(value);
  if (single !== undefined) return single;
  const { data } = value.node;
  return data?.length && data.every((element) => element === data[0]) ? Number(data[0]) : undefined;
}
