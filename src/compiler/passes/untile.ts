import { broadcastShapes, sameShape, type Value } from "../graph/value";
import type { Pass } from "./pass";

const broadcasting = new Set([
  ...["Add", "Sub", "Mul", "Div", "Max", "Min", "Pow", "Mod", "And", "Or", "Xor", "Where"],
  ...["Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual"],
]);

/**
 * Uses operands as they were before they were repeated to a shape that broadcasting gives anyway. Each gradient of a sum or a
 * mean starts from a full tensor of ones.
 */
export const untile: Pass = {
  name: "untile",
  rewrite(node, graph) {
    const result = node.outputs[0]!;
    // An Expand of a Fill is a larger Fill.
    if ((node.op === "Expand" || node.op === "Tile") && node.inputs[0]?.node.op === "Fill") {
      return graph.op("Fill", node.inputs[0].node.inputs, result);
    }
    if (node.op === "Tile" && isExpand(node.inputs[0]!, result)) {
      return graph.expand(node.inputs[0]!, result.shape);
    }
    if (!broadcasting.has(node.op)) return undefined;
    const inputs = [...(node.inputs as Value[])];
    inputs.forEach((value, i) => {
      const { op } = value.node;
      if (op !== "Fill" && op !== "Expand") return;
      const source = value.node.inputs[0]!;
      const others = inputs.map((other, j) => (j === i ? source : other).shape);
      if (sameShape(others.reduce(broadcastShapes), result.shape)) inputs[i] = source;
    });
    if (inputs.every((value, i) => value === node.inputs[i])) return undefined;
    return graph.op(node.op, inputs, result, node.attributes);
  },
};

/** A Tile along axes of length 1 repeats single elements. */
function isExpand(source: Value, result: Value): boolean {
  return source.shape.every((length, axis) => length === 1 || length === result.shape[axis]);
}
