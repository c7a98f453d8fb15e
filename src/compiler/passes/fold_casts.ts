import type { DType, Value } from "../graph/value";
import type { Pass } from "./pass";

/** Conversions that lose nothing. */
const exact: Readonly<Partial<Record<DType, readonly DType[]>>> = {
  bool: ["int32", "float32", "uint8", "float64", "int64"],
  uint8: ["int32", "float32", "float64", "int64"],
  int32: ["float64", "int64"],
};

/** `Cast(Cast(x))` → `Cast(x)` where the first loses nothing; constants are converted at once. */
export const foldCasts: Pass = {
  name: "fold casts",
  rewrite(node, graph) {
    if (node.op !== "Cast") return undefined;
    const [x] = node.inputs as [Value];
    const { dtype } = node.outputs[0]!;
    if (x.node.op === "Cast") {
      const source = x.node.inputs[0]!;
      if (exact[source.dtype]?.includes(x.dtype)) return graph.cast(source, dtype);
    }
    if (x.node.op === "Fill")
      return graph.op("Fill", [graph.cast(x.node.inputs[0]!, dtype)], { dtype, shape: x.shape });
    if (x.node.data && x.dtype !== "int64" && dtype !== "int64" && x.node.data.length <= 4096) {
      const values = Array.from(x.node.data as Float32Array);
      const converted = dtype === "bool" ? values.map((v) => (v !== 0 ? 1 : 0)) : values;
      return graph.numbers(converted, dtype, x.shape);
    }
    return undefined;
  },
};
