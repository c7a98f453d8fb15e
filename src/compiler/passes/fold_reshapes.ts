import type { Value } from "../graph/value";
import type { Pass } from "./pass";

/** `Reshape(Reshape(x))` → `Reshape(x)`, `Transpose(Transpose(x))` → one `Transpose`; none where nothing changes. */
export const foldReshapes: Pass = {
  name: "fold reshapes",
  rewrite(node, graph) {
    const [x] = node.inputs as [Value];
    const result = node.outputs[0]!;
    if (node.op === "Reshape") {
      if (x.node.op === "Reshape") return graph.reshape(x.node.inputs[0]!, result.shape);
      if (x.node.op === "Fill") return graph.op("Fill", x.node.inputs, result);
      if (x.node.data) return graph.constant(x.node.data, x.dtype, result.shape);
    }
    if (node.op === "Transpose") {
      const perm = node.attributes["perm"] as readonly number[];
      if (x.node.op === "Transpose") {
        const inner = x.node.attributes["perm"] as readonly number[];
        const both = perm.map((axis) => inner[axis]!);
        return graph.transpose(x.node.inputs[0]!, both);
      }
      // Only axes of length 1 move: the elements stay in order.
      const moved = perm.filter((axis) => x.shape[axis] !== 1);
      if (moved.every((axis, i) => i === 0 || axis > moved[i - 1]!)) return graph.reshape(x, result.shape);
    }
    return undefined;
  },
};
