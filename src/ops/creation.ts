import * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../options/kinds";
import { checkOptions, describe } from "../options/options";
import { asTensor, type TensorLike } from "./arguments";

/**
 * A tensor of the values. Numbers are float32 unless `dtype` is given: JavaScript does not distinguish 1 from 1.0.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.array([1, 2], "int32").dtype // "int32"
 * ```
 */
export const array = (x: TensorLike, dtype?: tf.DataType): tf.Tensor => asTensor(x, dtype);
/** {@link array}. */
export const convertToTensor = array;
/** The values as a typed array, row by row. */
export const convertToNumpy = (x: TensorLike) => asTensor(x).dataSync();
/** Whether `x` is a tensor. */
export const isTensor = (x: unknown): x is tf.Tensor => x instanceof tf.Tensor;
/** `x` in another type. */
export const cast = (x: TensorLike, dtype: tf.DataType): tf.Tensor => tf.cast(asTensor(x), dtype);
/** A copy. */
export const copy = (x: TensorLike): tf.Tensor => tf.clone(asTensor(x));
/**
 * Zeros of a shape.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.zeros([2]); // [0, 0]
 * keras.ops.full([2], 7); // [7, 7]
 * keras.ops.onesLike([[5, 6]]); // [[1, 1]]
 * keras.ops.identity(2) // [[1, 0], [0, 1]]
 * ```
 */
export const zeros = (shape: number[], dtype?: tf.NumericDataType): tf.Tensor => tf.zeros(shape, dtype);
/** Ones of a shape. */
export const ones = (shape: number[], dtype?: tf.NumericDataType): tf.Tensor => tf.ones(shape, dtype);
/** Zeros of the shape and type of `x`. */
export const zerosLike = (x: TensorLike, dtype?: tf.DataType): tf.Tensor => tf.zerosLike(asTensor(asTensor(x), dtype));
/** Ones of the shape and type of `x`. */
export const onesLike = (x: TensorLike, dtype?: tf.DataType): tf.Tensor => tf.onesLike(asTensor(asTensor(x), dtype));
/** A shape full of one value. */
export const full = (shape: number[], fillValue: number, dtype?: tf.NumericDataType): tf.Tensor =>
  tf.fill(shape, fillValue, dtype ?? "float32");
/** The shape and type of `x`, full of one value. */
export const fullLike = (x: TensorLike, fillValue: number): tf.Tensor => {
  const { shape, dtype } = asTensor(x);
  return full(shape, fillValue, dtype as tf.NumericDataType);
};
/** The identity matrix. */
export const identity = (n: number, dtype?: tf.NumericDataType): tf.Tensor =>
  tf.eye(n, n, undefined, dtype as "float32");

/**
 * Ones on the diagonal.
 *
 * @param N the number of rows
 * @param M the number of columns. Default `N`
 */
export const eye = (N: number, M: number = N): tf.Tensor => tf.eye(N, M);

/**
 * Numbers from `start` to before `stop`; `arange(stop)` starts at 0. Whole numbers are int32, as in NumPy.
 *
 * @throws RangeError for a step of 0
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.arange(3); // [0, 1, 2]
 * keras.ops.arange(1, 2, 0.5) // [1, 1.5]
 * ```
 */
export function arange(start: number, stop?: number, step = 1, dtype?: tf.NumericDataType): tf.Tensor1D {
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  if (step === 0 || ![from, to, step].every(Number.isFinite)) {
    throw new RangeError(
      `ops.arange() expected finite numbers and a step other than 0 but found the step ${describe(step)}.`,
    );
  }
  const whole = [from, to, step].every(Number.isInteger);
  const values = Array.from({ length: Math.max(0, Math.ceil((to - from) / step)) }, (_, i) => from + i * step);
  return tf.tensor1d(values, dtype ?? (whole ? "int32" : "float32"));
}

/**
 * Evenly spaced numbers.
 *
 * @param num the number of values. Default 50
 * @param options `endpoint`: whether `stop` is the last. Default true
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.linspace(0, 1, 5) // [0, 0.25, 0.5, 0.75, 1]
 * ```
 */
export function linspace(
  start: number,
  stop: number,
  num = 50,
  options: { readonly endpoint?: boolean } = {},
): tf.Tensor1D {
  checkOptions("ops.linspace()", options, { endpoint: kinds.boolean });
  const { endpoint = true } = options;
  const gaps = endpoint ? num - 1 : num;
  return tf.tensor1d(Array.from({ length: num }, (_, i) => (gaps === 0 ? start : start + ((stop - start) * i) / gaps)));
}

/** Coordinate grids of shape `[rows, columns]` from two axes. `indexing` is `"xy"` (default) or `"ij"`. */
export function meshgrid(x: TensorLike, y: TensorLike, options: { readonly indexing?: "xy" | "ij" } = {}): tf.Tensor[] {
  checkOptions("ops.meshgrid()", options, { indexing: kinds.oneOf("xy", "ij") });
  const { indexing = "xy" } = options;
  return tf.meshgrid(asTensor(x), asTensor(y), { indexing });
}

/** The entries on and below the `k`th diagonal; the others become 0. */
export const tril = (x: TensorLike, k = 0): tf.Tensor => tf.tidy(() => banded(x, (gap) => tf.lessEqual(gap, k)));
/** The entries on and above the `k`th diagonal; the others become 0. */
export const triu = (x: TensorLike, k = 0): tf.Tensor => tf.tidy(() => banded(x, (gap) => tf.greaterEqual(gap, k)));

function banded(x: TensorLike, keep: (gap: tf.Tensor) => tf.Tensor): tf.Tensor {
  const value = asTensor(x);
  const [rows = 1, columns = 1] = value.shape.slice(-2);
  const gap = tf.sub(tf.reshape(tf.range(0, columns), [1, -1]), tf.reshape(tf.range(0, rows), [-1, 1]));
  return tf.mul(value, tf.cast(keep(gap), value.dtype));
}
