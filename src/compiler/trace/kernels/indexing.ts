import { sizeFromShape } from "../../../backend/shapes";
import type { Builder } from "../../graph/builder";
import type { Value } from "../../graph/value";
import { axisOf, type Kernels } from "./kernel";

/**
 * Adds the rows of `updates` ([n, width]) onto zeros of shape [rows, width], at the rows that `indices` ([n]) name.
 *
 * By ScatterElements: ONNX Runtime's ScatterND with reduction "add" loses updates of the same row when it has more than one
 * thread (seen in 1.30 and 1.31).
 */
function addRows(graph: Builder, indices: Value, updates: Value, rows: number): Value {
  const [n = 0, width = 0] = updates.shape;
  const zeros = graph.fill(0, updates.dtype, [rows, width]);
  const positions = graph.expand(graph.reshape(indices, [n, 1]), [n, width]);
  return graph.op("ScatterElements", [zeros, positions, updates], zeros, { axis: 0, reduction: "add" });
}

/** Row numbers of the coordinates in the last axis of `indices`, in an array whose leading axes are `lengths`. */
function rowNumbers(graph: Builder, indices: Value, lengths: readonly number[]): Value {
  const strides = lengths.map((_, axis) => sizeFromShape(lengths.slice(axis + 1)));
  const products = graph.mul(indices, graph.numbers(strides, "int32"));
  return graph.reduce("ReduceSum", products, [indices.shape.length - 1]);
}

/** Kernels that look up and place elements by index. */
export const indexing: Kernels = {
  GatherV2: ({ graph, input, attrs }) => {
    const [x, indices] = [input("x"), graph.cast(input("indices"), "int32")];
    const axis = axisOf(attrs["axis"], x.shape.length);
    const batchDims = (attrs["batchDims"] ?? 0) as number;
    if (batchDims === 0) return graph.gather(x, indices, axis);
    // The batch axes and the axis of the lookup become one axis of rows, with a range of rows for each batch.
    const outer = x.shape.slice(0, batchDims);
    const between = x.shape.slice(batchDims, axis);
    if (between.length > 0) throw new Error("gather with batchDims < axis has no compiled form.");
    const length = x.shape[axis]!;
    const starts = Array.from({ length: sizeFromShape(outer) }, (_, i) => i * length);
    const inner = indices.shape.slice(batchDims);
    const start = graph.numbers(starts, "int32", [...outer, ...inner.map(() => 1)]);
    const rows = graph.reshape(x, [sizeFromShape(outer) * length, ...x.shape.slice(axis + 1)]);
    return graph.gather(rows, graph.add(indices, start), 0);
  },
  GatherNd: ({ graph, input }) => {
    const [x, indices] = [input("params"), graph.cast(input("indices"), "int32")];
    const depth = indices.shape.at(-1)!;
    const rest = x.shape.slice(depth);
    const rows = graph.reshape(x, [sizeFromShape(x.shape.slice(0, depth)), ...rest]);
    return graph.gather(rows, rowNumbers(graph, indices, x.shape.slice(0, depth)), 0);
  },
  ScatterNd: ({ graph, input, attrs }) => {
    const [indices, updates] = [graph.cast(input("indices"), "int32"), input("updates")];
    const shape = attrs["shape"] as number[];
    const depth = indices.shape.at(-1)!;
    const [outer, inner] = [shape.slice(0, depth), shape.slice(depth)];
    const count = sizeFromShape(indices.shape.slice(0, -1));
    const rows = graph.reshape(rowNumbers(graph, indices, outer), [count]);
    const flat = graph.reshape(updates, [count, sizeFromShape(inner)]);
    return graph.reshape(addRows(graph, rows, flat, sizeFromShape(outer)), shape);
  },
  TensorScatterUpdate: ({ graph, input }) => {
    const x = input("tensor");
    return graph.op("ScatterND", [x, graph.cast(input("indices"), "int64"), input("updates")], x);
  },
  UnsortedSegmentSum: ({ graph, input, attrs }) => {
    const [x, ids] = [input("x"), graph.cast(input("segmentIds"), "int32")];
    const rows = attrs["numSegments"]!;
    const inner = x.shape.slice(ids.shape.length);
    const [count, width] = [sizeFromShape(ids.shape), sizeFromShape(inner)];
    const sums = addRows(graph, graph.reshape(ids, [count]), graph.reshape(x, [count, width]), rows);
    return graph.reshape(sums, [rows, ...inner]);
  },
  // The place of a value is the number of elements before it.
  SearchSorted: ({ graph, input, attrs }) => {
    const [sorted, values] = [input("sortedSequence"), input("values")];
    const [batch = 1, length = 0] = sorted.shape;
    const each = graph.reshape(values, [batch, values.shape[1] ?? 0, 1]);
    const before = attrs["side"] === "left" ? "Less" : "LessOrEqual";
    const counted = graph.binary(before, graph.reshape(sorted, [batch, 1, length]), each);
    return graph.reduce("ReduceSum", graph.cast(counted, "int32"), [2]);
  },
  OneHot: ({ graph, input, attrs }) => {
    const { depth, onValue, offValue, dtype } = attrs;
    const indices = input("indices");
    // By comparison: an index out of range gives a row of off values, as it does eagerly.
    const classes = graph.numbers([...Array(depth).keys()], "int32");
    const hit = graph.binary("Equal", graph.reshape(graph.cast(indices, "int32"), [...indices.shape, 1]), classes);
    if (onValue === 1 && offValue === 0) return graph.cast(hit, dtype);
    return graph.where(hit, graph.scalar(onValue, dtype), graph.scalar(offValue, dtype));
  },
  Diag: ({ graph, input }) => {
    const x = input("x");
    const size = sizeFromShape(x.shape);
    const eye = Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0));
    const diagonal = graph.numbers(eye, "bool", [size, size]);
    const square = graph.where(diagonal, graph.reshape(x, [size, 1]), graph.scalar(0, x.dtype));
    return graph.reshape(square, [...x.shape, ...x.shape]);
  },
};
