import type { Value } from "../graph/value";
import type { Pass } from "./pass";

/** With up to this many columns of the result, copying the other operand takes most of the time. */
const NARROW = 32;
/** From this many rows of the result per column, the transpose at the end costs less than it saves. */
const ROWS_PER_COLUMN = 256;

/**
 * `aᵀ · b` with a result of many rows and few columns → `(bᵀ · a)ᵀ`. Gemm copies what it transposes, here the few columns and
 * not the wide matrix. The gradient of a layer with thousands of inputs and a few units takes a quarter less time.
 */
export const turnProducts: Pass = {
  name: "turn products",
  rewrite(node, graph) {
    const [a, b] = node.inputs as [Value, Value];
    const { transA, transB } = node.attributes;
    if (node.op !== "Gemm" || node.inputs.length !== 2 || transA !== 1 || transB === 1) return undefined;
    const [rows, columns] = [a.shape[1]!, b.shape[1]!];
    if (columns > NARROW || rows < ROWS_PER_COLUMN * columns) return undefined;
    // Transposed as three axes: ONNX Runtime would undo a plain transpose.
    const turned = graph.reshape(
      graph.op("Gemm", [b, a], { dtype: a.dtype, shape: [columns, rows] }, node.attributes),
      [columns, rows, 1],
    );
    return graph.reshape(graph.transpose(turned, [1, 2, 0]), [rows, columns]);
  },
};
