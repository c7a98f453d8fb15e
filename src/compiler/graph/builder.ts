import { sizeFromShape } from "../../backend/shapes";
import { Graph } from "./graph";
import { type Attribute, broadcastShapes, type DType, sameShape, type Value } from "./value";

const comparisons = new Set(["Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual"]);

/** A graph with the operations that the kernels are written in: NumPy's manners, shapes worked out. */
export class Builder extends Graph {
  /** @param anyBatch whether the graph is to be written for batches of any size: then no constant may depend on the batch */
  constructor(readonly anyBatch = false) {
    super();
  }

  /** An element-wise operation of one operand. */
  unary(op: string, x: Value, attributes?: Record<string, Attribute>): Value {
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
    const shape = x.shape.map((length, axis) => {
      const [before, after] = paddings[axis] as readonly [number, number];
      return length + before + after;
    });
    return this.op("Pad", [x, pads, this.scalar(value, x.dtype)], { dtype: x.dtype, shape });
  }

  /** `a · b` of two matrices, either one transposed first. */
  gemm(a: Value, b: Value, transA = false, transB = false): Value {
    if (a.shape[transA ? 0 : 1] !== b.shape[transB ? 1 : 0]) {
      const shown = (x: Value, turned: boolean) => `[${turned ? x.shape.toReversed() : x.shape}]`;
      throw new Error(`Matrices of shapes ${shown(a, transA)} and ${shown(b, transB)} cannot be multiplied.`);
    }
    const shape = [a.shape[transA ? 1 : 0]!, b.shape[transB ? 0 : 1]!];
    return this.op("Gemm", [a, b], { dtype: a.dtype, shape }, { transA: transA ? 1 : 0, transB: transB ? 1 : 0 });
  }

  /** `a · b` over the last two axes, the leading ones broadcast. */
  matMul(a: Value, b: Value): Value {
    if (a.shape.at(-1) !== b.shape.at(-2)) {
      throw new Error(`Matrices of shapes [${a.shape}] and [${b.shape}] cannot be multiplied.`);
    }
    const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2));
    const shape = [...batch, a.shape.at(-2)!, b.shape.at(-1)!];
    return this.op("MatMul", [a, b], { dtype: a.dtype, shape });
  }
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
