import * as tf from "@tensorflow/tfjs-core";
import { select } from "./selection";
import { defineMethods, type TensorMethods } from "./tensor_methods";

// The methods of NumPy's arrays that TensorFlow.js does not have.
declare module "@tensorflow/tfjs-core/dist/tensor" {
  interface Tensor<R extends tf.Rank = tf.Rank> {
    /**
     * A part of the tensor as Python writes it between brackets: `x.slice("1:10, ::2")`, `x.slice("..., 0")`. A single index
     * removes its axis; negative ones count from the end.
     *
     * @throws SyntaxError, RangeError with what was expected
     * @example
     * ```ts
     * import { tf } from "tskeras";
     * tf.tensor2d([[1, 2, 3], [4, 5, 6]]).slice(":, ::2") // [[1, 3], [4, 6]]
     * ```
     */
    slice(selection: string): Tensor;
    /** One entry, an index for each axis from the first; negative ones count from the end: `x.at(-1)` is the last row. */
    at(...indices: [number, ...number[]]): Tensor;
    /**
     * Several entries of the first axis: those at whole numbers, or those where booleans are true, `x.at(x.greater(5))`, as
     * NumPy's `x[[2, 0]]` and `x[x > 5]`. Booleans are read at once, so `fit` cannot compile them.
     */
    at(which: readonly number[] | Tensor): Tensor;
    /** The standard deviation over axes (default all), divided by the number of values. */
    std(axis?: number | number[], keepDims?: boolean): Tensor;
    /** The variance over axes (default all), divided by the number of values. */
    variance(axis?: number | number[], keepDims?: boolean): Tensor;
    /** Where the greatest value is: along an axis, or in the flattened tensor. */
    argmax(axis?: number): Tensor;
    /** Where the least value is: along an axis, or in the flattened tensor. */
    argmin(axis?: number): Tensor;
    /** The values in another type: NumPy's spelling of `asType`. */
    astype(dtype: tf.DataType): Tensor<R>;
    /** A copy of the values. That of a variable does not change with it. */
    numpy(): Tensor<R>;
    /**
     * The different values in ascending order, and how often each occurs.
     *
     * @example
     * ```ts
     * import { tf } from "tskeras";
     * const { values, counts } = tf.tensor1d([3, 1, 3]).uniqueCounts(); // [1, 3] and [1, 2]
     * ```
     */
    uniqueCounts(): { readonly values: Tensor1D; readonly counts: Tensor1D };
    /** The number of axes: NumPy's spelling of `rank`. */
    readonly ndim: number;
  }
}

type Axis = number | number[] | undefined;

const variance = (x: tf.Tensor, axis: Axis, keepDims?: boolean) => tf.moments(x, axis, keepDims).variance;

const position = (op: (x: tf.Tensor, axis: number) => tf.Tensor) => (x: tf.Tensor, axis?: number) =>
  axis === undefined ? op(tf.reshape(x, [-1]), 0) : op(x, axis);

function uniqueCounts(x: tf.Tensor) {
  const counts = new Map<number, number>();
  for (const value of x.dataSync()) counts.set(value, (counts.get(value) ?? 0) + 1);
  const sorted = [...counts].sort(([a], [b]) => a - b);
  const column = (i: 0 | 1) => sorted.map((entry) => entry[i]);
  return { values: tf.tensor1d(column(0), x.dtype as tf.NumericDataType), counts: tf.tensor1d(column(1), "int32") };
}

/** Entries at whole numbers, negative ones counted from the end, or where booleans are true. */
function entries(x: tf.Tensor, which: readonly number[] | tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const index = which instanceof tf.Tensor ? which : tf.tensor([...which], [which.length], "int32");
    if (index.dtype === "bool") {
      if (index.rank > x.rank || index.shape.some((size, axis) => size !== x.shape[axis])) {
        throw new RangeError(
          `at() expected booleans for the first axes of a tensor of shape [${x.shape}], but found shape [${index.shape}].`,
        );
      }
      const rows = [...index.dataSync()].flatMap((counts, i) => (counts ? [i] : []));
      const flat = tf.reshape(x, [index.size, ...x.shape.slice(index.rank)]);
      return tf.gather(flat, tf.tensor1d(rows, "int32"));
    }
    const size = x.shape[0] ?? 0;
    const places = tf.cast(index, "int32");
    const [least, most] = places.size === 0 ? [0, -1] : [tf.min(places).dataSync()[0]!, tf.max(places).dataSync()[0]!];
    if (least < -size || most >= size) {
      throw new RangeError(`at() expected indices from ${-size} to ${size - 1}, but found ${least} to ${most}.`);
    }
    return tf.gather(x, tf.where(tf.less(places, 0), tf.add(places, tf.scalar(size, "int32")), places));
  });
}

const methods: TensorMethods = {
  slice: (x, begin: string | number | number[], size?: number | number[]) =>
    typeof begin === "string" ? select(x, begin) : tf.slice(x, begin, size),
  at: (x, ...indices: number[] | [readonly number[] | tf.Tensor]) =>
    typeof indices[0] === "object" ? entries(x, indices[0]) : select(x, indices.join(",")),
  std: (x, axis?: Axis, keepDims?: boolean) => tf.tidy(() => tf.sqrt(variance(x, axis, keepDims))),
  variance,
  argmax: position(tf.argMax),
  argmin: position(tf.argMin),
  astype: (x, dtype: tf.DataType) => tf.cast(x, dtype),
  numpy: (x) => tf.clone(x),
  uniqueCounts,
};

/** Gives tensors the methods of NumPy's arrays. */
export function installNumpyMethods(): void {
  defineMethods(methods);
  const ndim = function (this: tf.Tensor) {
    return this.rank;
  };
  Object.defineProperty(tf.Tensor.prototype, "ndim", { get: ndim, configurable: true });
}
