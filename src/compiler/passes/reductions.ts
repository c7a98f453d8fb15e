import { sizeFromShape } from "../../backend/shapes";
import { scalarOf, type Value } from "../graph/value";
import { bothOrders, type Pass } from "./pass";

/** `mean(x) · n` → `sum(x)`, a sum of sums → one sum, `sum(-x)` → `-sum(x)`: the running loss of an epoch. */
export const reductions: Pass = {
  name: "reductions",
  rewrite(node, graph) {
    const result = node.outputs[0]!;
    const [x] = node.inputs as [Value];
    if (node.op === "Mul") {
      for (const [mean, count] of bothOrders(node)) {
        if (mean.node.op !== "ReduceMean") continue;
        const summed = sizeFromShape(mean.node.inputs[0]!.shape) / sizeFromShape(mean.shape);
        if (scalarOf(count) === summed) return graph.op("ReduceSum", mean.node.inputs, result, mean.node.attributes);
      }
    }
    if (node.op !== "ReduceSum") return undefined;
    if (x.node.op === "Neg") {
      const sum = graph.op("ReduceSum", [x.node.inputs[0], node.inputs[1]], result, node.attributes);
      return graph.unary("Neg", sum);
    }
    if (x.node.op !== "ReduceSum" || sizeFromShape(result.shape) !== 1) return undefined;
    const all = x.node.inputs[0]!;
    return graph.reshape(graph.reduce("ReduceSum", all, [...all.shape.keys()]), result.shape);
  },
};
