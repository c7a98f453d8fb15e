import { scalarOf } from "../graph/value";
import { bothOrders, type Pass } from "./pass";

/**
 * A matrix product times a number → a product with that factor, which costs nothing. The gradients of kernels are products,
 * and an optimizer scales them first.
 */
export const scaledProducts: Pass = {
  name: "scaled products",
  rewrite(node, graph, uses) {
    if (node.op !== "Mul") return undefined;
    for (const [product, factor] of bothOrders(node)) {
      const { op, inputs, attributes } = product.node;
      const by = scalarOf(factor);
      // Used elsewhere too, it would have to be computed twice.
      if (op !== "Gemm" || inputs.length !== 2 || by === undefined || factor.shape.length > 0 || uses(product) > 1)
        continue;
      const alpha = (attributes["alpha"] as { readonly f: number } | undefined)?.f ?? 1;
      return graph.op("Gemm", inputs, product, { ...attributes, alpha: { f: alpha * by } });
    }
    return undefined;
  },
};
