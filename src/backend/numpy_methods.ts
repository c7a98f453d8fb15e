import * as tf from "@tensorflow/tfjs-core";
import { select } from "./selection";

// The methods of NumPy's arrays that read naturally on tensors, beside TensorFlow.js's own.
declare module "@tensorflow/tfjs-core/dist/tensor" {
  interface Tensor<R extends tf.Rank = tf.Rank> {
    /**
     * A part of the tensor as Python writes it between brackets: `x.slice("1:10, ::2")`, `x.slice("..., 0")`. An index alone
     * takes its axis away; negative ones count from the end.
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
    /** A copy of the values, also of a variable's: they stay when it changes. */
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
  const values = [...counts.keys()].sort((a, b) => a - b);
  return {
    values: tf.tensor1d(values, x.dtype as tf.NumericDataType),
    counts: tf.tensor1d(
      values.map((value) => counts.get(value) ?? 0),
      "int32",
    ),
  };
}

const methods: { readonly [name: string]: (x: tf.Tensor, ...args: never[]) => unknown } = {
  slice: (x, begin: string | number | number[], size?: number | number[]) =>
    typeof begin === "string" ? select(x, begin) : tf.slice(x, begin, size),
  at: (x, ...indices: number[]) => select(x, indices.join(",")),
  std: (x, axis?: Axis, keepDims?: boolean) => tf.tidy(() => tf.sqrt(variance(x, axis, keepDims))),
  variance,
  argmax: position(tf.argMax),
  argmin: position(tf.argMin),
  astype: (x, dtype: tf.DataType) => tf.cast(x, dtype),
  numpy: (x) => tf.clone(x),
  uniqueCounts,
};

/** Gives tensors these methods. */
export function installNumpyMethods(): void {
  for (const [name, method] of Object.entries(methods)) {
    const value = function (this: tf.Tensor, ...args: never[]) {
      return method(this, ...args);
    };
    Object.defineProperty(tf.Tensor.prototype, name, { value, configurable: true, writable: true });
  }
  const ndim = function (this: tf.Tensor) {
    return this.rank;
  };
  Object.defineProperty(tf.Tensor.prototype, "ndim", { get: ndim, configurable: true });
}
