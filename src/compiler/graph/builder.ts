import { sizeFromShape } from "../../backend/shapes";
import { Graph } from "./graph";
import { broadcastShapes, type DType, type Node, sameShape, type Value } from "./value";

const comparisons = new Set(["Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual"]);

/** A graph with the operations that kernels use: they broadcast as in NumPy and infer shapes. */
export class Builder extends Graph {
  /** @param anyBatch whether the graph is for batches of any size; then no constant may depend on the batch */
  constructor(readonly anyBatch = false) {
    super();
  }

  /** An element-wise operation of one operand. */
  unary(op: string, x: Value, attributes?: Node["attributes"]): Value {
    return this.op(op, [x], x, attributes);
  }

  /** An element-wise operation of two operands, broadcast; comparisons give `bool`. */
  binary(op: string, a: Value, b: Value): Value {
    const dtype = comparisons.has(op) ? "bool" : a.dtype;
    return this.op(op, [a, b], { dtype, shape: broadcastShapes(a.shape, b.shape) });
  }

  add(a: Value, b: Value): Value {
    return this.binary("Add", a, b);
  }

  sub(a: Value, b: Value): Value {
    return this.binary("Sub", a, b);
  }

  mul(a: Value, b: Value): Value {
    return this.binary("Mul", a, b);
  }

  div(a: Value, b: Value): Value {
    return this.binary("Div", a, b);
  }

  cast(x: Value, dtype: DType): Value {
    return x.dtype === dtype ? x : this.op("Cast", [x], { dtype, shape: x.shape }, { to: onnxType[dtype] });
  }

  where(condition: Value, yes: Value, no: Value): Value {
    const shape = broadcastShapes(condition.shape, broadcastShapes(yes.shape, no.shape));
    return this.op("Where", [condition, yes, no], { dtype: yes.dtype, shape });
  }

  not(x: Value): Value {
    return this.unary("Not", x);
  }

  reshape(x: Value, shape: readonly number[]): Value {
    if (sameShape(x.shape, shape)) return x;
    if (sizeFromShape(x.shape) !== sizeFromShape(shape)) throw new Error(`Cannot reshape [${x.shape}] to [${shape}].`);
    return this.op("Reshape", [x, this.integers(shape)], { dtype: x.dtype, shape });
  }

  transpose(x: Value, perm: readonly number[]): Value {
    if (perm.every((from, to) => from === to)) return x;
    const shape = perm.map((axis) => x.shape[axis]!);
    return this.op("Transpose", [x], { dtype: x.dtype, shape }, { perm });
  }

  expand(x: Value, shape: readonly number[]): Value {
    return sameShape(x.shape, shape) ? x : this.op("Expand", [x, this.integers(shape)], { dtype: x.dtype, shape });
  }

  /** A reduction (`ReduceSum`, `ReduceMax` …) over the given axes. */
  reduce(op: string, x: Value, axes: readonly number[], keepDims = false): Value {
    const shape = x.shape.flatMap((length, axis) => (axes.includes(axis) ? (keepDims ? [1] : []) : [length]));
    // ReduceSum of nothing is the identity; ONNX reads an empty list of axes as all of them.
    if (axes.length === 0) return x;
    return this.op(op, [x, this.integers(axes)], { dtype: x.dtype, shape }, { keepdims: keepDims ? 1 : 0 });
  }

  gather(x: Value, indices: Value, axis: number): Value {
    const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
    return this.op("Gather", [x, indices], { dtype: x.dtype, shape }, { axis });
  }

  concat(values: readonly Value[], axis: number): Value {
    const first = values[0]!;
    if (values.length === 1) return first;
    const total = values.reduce((sum, value) => sum + value.shape[axis]!, 0);
    return this.op("Concat", values, { dtype: first.dtype, shape: first.shape.with(axis, total) }, { axis });
  }

  /** Pieces of the given lengths along `axis`. */
  split(x: Value, lengths: readonly number[], axis: number): readonly Value[] {
    if (lengths.length === 1) return [x];
    const types = lengths.map((length) => ({ dtype: x.dtype, shape: x.shape.with(axis, length) }));
    return this.node("Split", [x, this.integers(lengths)], types, { axis });
  }

  clip(x: Value, least: number, most: number): Value {
    return this.op("Clip", [x, this.scalar(least, x.dtype), this.scalar(most, x.dtype)], x);
  }

  /** `x[begin : end : step]` on every axis; `end` of a negative step may be -1, meaning "through the first element". */
  slice(x: Value, begin: readonly number[], end: readonly number[], step?: readonly number[]): Value {
    const steps = step ?? begin.map(() => 1);
    const shape = steps.map((s, axis) => Math.max(0, Math.ceil((end[axis]! - begin[axis]!) / s)));
    if (sameShape(shape, x.shape) && steps.every((s) => s === 1)) return x;
    // ONNX counts negative ends from the back.
    const ends = end.map((e, axis) => (steps[axis]! < 0 && e < 0 ? -(2 ** 31) : e));
    const axes = begin.map((_, axis) => axis);
    const operands = [begin, ends, axes, steps].map((values) => this.integers(values));
    return this.op("Slice", [x, ...operands], { dtype: x.dtype, shape });
  }

  pad(x: Value, paddings: readonly (readonly [number, number])[], value = 0): Value {
    if (paddings.every(([before, after]) => before === 0 && after === 0)) return x;
    const pads = this.integers([...paddings.map(([before]) => before), ...paddings.map(([, after]) => after)]);
    const shape = x.shape.map((length, axis) => length + paddings[axis]![0] + paddings[axis]![1]);
    return this.op("Pad", [x, pads, this.scalar(value, x.dtype)], { dtype: x.dtype, shape });
  }

  /** `a · b` of two matrices, either one transposed first. */
  gemm(a: Value, b: Value, transA = false, transB = false): Value {
    const [left, right] = [transA ? a.shape.toReversed() : a.shape, transB ? b.shape.toReversed() : b.shape];
    const shape = productShape(left, right);
    return this.op("Gemm", [a, b], { dtype: a.dtype, shape }, { transA: transA ? 1 : 0, transB: transB ? 1 : 0 });
  }

  /** `a · b` over the last two axes, the leading ones broadcast. */
  matMul(a: Value, b: Value): Value {
    return this.op("MatMul", [a, b], { dtype: a.dtype, shape: productShape(a.shape, b.shape) });
  }
}

function productShape(a: readonly number[], b: readonly number[]): number[] {
  if (a.at(-1) !== b.at(-2)) throw new Error(`Matrices of shapes [${a}] and [${b}] cannot be multiplied.`);
  return [...broadcastShapes(a.slice(0, -2), b.slice(0, -2)), a.at(-2)!, b.at(-1)!];
}

/** ONNX's TensorProto.DataType. */
export const onnxType: Readonly<Record<DType, number>> = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
  float64: 11,
  uint32: 12,
};
