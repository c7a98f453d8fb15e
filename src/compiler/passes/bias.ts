import { sizeFromShape } from "../../backend/shapes";
import { sameShape } from "../graph/value";
import { bothOrders, type Pass } from "./pass";

/** `Gemm(a, b) + c` with one `c` per column → `Gemm(a, b, c)`, also where the product was reshaped in between. */
export const bias: Pass = {
  name: "bias into Gemm",
  rewrite(node, graph) {
    if (node.op !== "Add") return undefined;
    const result = node.outputs[0]!;
    for (const [sum, addend] of bothOrders(node)) {
      const product = sum.node.op === "Reshape" ? sum.node.inputs[0]! : sum;
      const { op, inputs, attributes } = product.node;
      const columns = product.shape.at(-1);
      if (op !== "Gemm" || inputs.length !== 2 || addend.node.op === "Gemm") continue;
      // The addend is a row: one number for each column, whatever the axes before.
      if (sizeFromShape(addend.shape) !== columns || addend.shape.at(-1) !== columns) continue;
      if (sum.shape.at(-1) !== columns || !sameShape(sum.shape, result.shape)) continue;
      const row = graph.reshape(addend, [columns]);
      return graph.reshape(graph.op("Gemm", [...inputs, row], product, attributes), result.shape);
    }
    return undefined;
  },
};
