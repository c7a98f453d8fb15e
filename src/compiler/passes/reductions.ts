import { sizeFromShape } from "../../backend/shapes";
import type { Builder } from "../graph/builder";
import { type Node, scalarOf, type Value } from "../graph/value";
import type { Pass } from "./pass";

/** `mean(x) · n` → `sum(x)`, a sum of sums → one sum, `sum(-x)` → `-sum(x)`: the running loss of an epoch. */
export const reductions: Pass = {
  name: "reductions",
  rewrite(node, graph) {
    const result = node.outputs[0]!;
    const [x] = node.inputs as [Value];
    if (node.op === "Mul") {
      for (const [mean, count] of [node.inputs, node.inputs.toReversed()] as [Value, Value][]) {
        const from = mean.node.inputs[0];
        if (
          mean.node.op !== "ReduceMean" ||
          !from ||
          scalarOf(count) !== sizeFromShape(from.shape) / sizeFromShape(mean.shape)
        )
          continue;
        return graph.op("ReduceSum", mean.node.inputs, result, { ...mean.node.attributes });
      }
    }
    if (node.op !== "ReduceSum") return undefined;
    if (x.node.op === "Neg") {
      const sum = graph.op("ReduceSum", [x.node.inputs[0], node.inputs[1]], result, { ...node.attributes });
      return graph.unary("Neg", sum);
    }
    const all = sizeFromShape(result.shape) === 1 && x.node.op === "ReduceSum";
    return all ? sumOfAll(graph, x.node, result) : undefined;
  },
};

function sumOfAll(graph: Builder, { inputs: [x] }: Node, { shape }: Value): Value {
  const from = x as Value;
  const axes = [...from.shape.keys()];
  return graph.reshape(graph.reduce("ReduceSum", from, axes), shape);
}
