import { sameShape, scalarOf, type Value } from "../graph/value";
import type { Pass } from "./pass";

/** Neutral elements: `x·1`, `x/1`, `x+0`, `x-0`, `x¹`, and products of constants and signs. */
export const arithmetic: Pass = {
  name: "arithmetic",
  rewrite(node, graph) {
    const [a, b] = node.inputs as [Value, Value];
    const result = node.outputs[0]!;
    const keep = (x: Value) => (x.dtype === result.dtype ? graph.expand(x, result.shape) : undefined);
    switch (node.op) {
      case "Mul":
        if (scalarOf(b) === 1) return keep(a);
        if (scalarOf(a) === 1) return keep(b);
        if (scalarOf(b) === -1) return graph.expand(graph.unary("Neg", a), result.shape);
        if (scalarOf(a) === -1) return graph.expand(graph.unary("Neg", b), result.shape);
        if (b.node.op === "Neg") return graph.unary("Neg", graph.mul(a, b.node.inputs[0]!));
        if (a.node.op === "Neg") return graph.unary("Neg", graph.mul(a.node.inputs[0]!, b));
        return undefined;
      case "Div":
        return scalarOf(b) === 1 ? keep(a) : undefined;
      case "Add":
        if (scalarOf(b) === 0) return keep(a);
        if (scalarOf(a) === 0) return keep(b);
        // a + (-b) and (-a) + b
        if (b.node.op === "Neg") return graph.sub(a, b.node.inputs[0]!);
        if (a.node.op === "Neg") return graph.sub(b, a.node.inputs[0]!);
        return undefined;
      case "Sub":
        if (scalarOf(b) === 0) return keep(a);
        return b.node.op === "Neg" ? graph.add(a, b.node.inputs[0]!) : undefined;
      case "Pow":
        if (scalarOf(b) === 1) return keep(a);
        return scalarOf(b) === 2 && sameShape(a.shape, result.shape) ? graph.mul(a, a) : undefined;
      case "Neg":
        return a.node.op === "Neg" ? a.node.inputs[0]! : undefined;
      case "Expand":
        return sameShape(a.shape, result.shape) ? a : undefined;
      default:
        return undefined;
    }
  },
};
