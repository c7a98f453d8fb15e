import { scalarOf, type Value } from "../graph/value";
import type { Pass } from "./pass";

const operations: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
};

/** Float arithmetic on tensors that are one number throughout: the gradient of a mean begins with ones over a count. */
export const foldConstants: Pass = {
  name: "fold constants",
  rewrite(node, graph) {
    const result = node.outputs[0]!;
    if (result.dtype !== "float32") return undefined;
    const compute = operations[node.op];
    if (!compute) return undefined;
    const [a, b] = node.inputs.map((value) => numberOf(value as Value));
    return a === undefined || b === undefined
      ? undefined
      : graph.fill(Math.fround(compute(a, b)), "float32", result.shape);
  },
};

/** The number that fills a constant. */
function numberOf(value: Value): number | undefined {
  const single = scalarOf(value);
  if (single !== undefined) return single;
  const { data } = value.node;
  return data?.length && data.every((element) => element === data[0]) ? Number(data[0]) : undefined;
}
