import type { Value } from "../graph/value";
import type { Pass } from "./pass";

/** `Gemm(a, b) + c` with one `c` per column → `Gemm(a, b, c)`. */
export const bias: Pass = {
  name: "bias into Gemm",
  rewrite(node, graph) {
    if (node.op !== "Add") return undefined;
    const result = node.outputs[0] as Value;
    for (const [product, addend] of [node.inputs, node.inputs.toReversed()] as [Value, Value][]) {
      const { op, inputs, attributes } = product.node;
      const columns = result.shape[1];
      const vector = addend.shape.length === 1 || (addend.shape.length === 2 && addend.shape[0] === 1);
      if (op !== "Gemm" || inputs.length !== 2 || !vector || addend.shape.at(-1) !== columns) continue;
      if (addend.node.op === "Gemm" || result.shape.length !== 2 || result.shape[0] !== product.shape[0]) continue;
      return graph.op("Gemm", [...inputs, addend], result, { ...attributes });
    }
    return undefined;
  },
};
