import * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../options/kinds";
import { checkOptions } from "../options/options";
import { select } from "../tensorflow/selection";
import { asTensor, positiveAxis, type TensorLike } from "./arguments";
import { moveaxis, ravel } from "./shapes";

const asIndices = (x: TensorLike) => asTensor(x, "int32");

/** Negative indices count from the end, as in NumPy. */
const wrapped = (indices: tf.Tensor, length: number): tf.Tensor =>
  tf.where(tf.less(indices, 0), tf.add(indices, tf.scalar(length, "int32")), indices);

/**
 * The entries at `indices` along an axis, or of the flattened tensor.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.take([10, 20, 30], [0, -1]) // [10, 30]
 * ```
 */
export function take(x: TensorLike, indices: TensorLike, axis: number | null = null): tf.Tensor {
  return tf.tidy(() => {
    const value = axis === null ? ravel(x) : asTensor(x);
    const along = positiveAxis("ops.take()", axis ?? 0, value.rank);
    const at = wrapped(asIndices(indices), value.shape[along]!);
    const taken = tf.gather(value, tf.reshape(at, [-1]), along);
    return tf.reshape(taken, [...value.shape.slice(0, along), ...at.shape, ...value.shape.slice(along + 1)]);
  });
}

/** For each index the entry of `x` at that index along the axis, and at the same position on the other axes. */
export function takeAlongAxis(x: TensorLike, indices: TensorLike, axis: number | null = null): tf.Tensor {
  return tf.tidy(() => {
    const value = axis === null ? ravel(x) : asTensor(x);
    const along = positiveAxis("ops.takeAlongAxis()", axis ?? 0, value.rank);
    const length = value.shape[along]!;
    const at = moveaxis(wrapped(axis === null ? ravel(asIndices(indices)) : asIndices(indices), length), along, -1);
    const rows = ravel(moveaxis(value, along, -1));
    const columns = at.shape.at(-1)!;
    const starts = tf.mul(tf.range(0, at.size / columns, 1, "int32"), tf.scalar(length, "int32"));
    const flat = tf.reshape(tf.add(tf.reshape(at, [-1, columns]), tf.reshape(starts, [-1, 1])), [-1]);
    return moveaxis(tf.reshape(tf.gather(rows, flat), at.shape), -1, along);
  });
}

/** The part of `shape` that begins at `startIndices`. */
export const slice = (inputs: TensorLike, startIndices: number[], shape: number[]): tf.Tensor =>
  tf.slice(asTensor(inputs), startIndices, shape);

/** Zeros of a shape with `values` added at `indices` (`[n, axes]`). */
export const scatter = (indices: TensorLike, values: TensorLike, shape: number[]): tf.Tensor =>
  tf.scatterND(asIndices(indices), asTensor(values), shape);

/** `inputs` with the entries at `indices` (`[n, axes]`) replaced by `updates`. */
export const scatterUpdate = (inputs: TensorLike, indices: TensorLike, updates: TensorLike): tf.Tensor =>
  tf.tensorScatterUpdate(asTensor(inputs), asIndices(indices), asTensor(updates));

/**
 * A row of `numClasses` with a one at the class, for each class; zeros for -1. float32.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.oneHot([0, 2], 3) // [[1, 0, 0], [0, 0, 1]]
 * ```
 */
export function oneHot(
  x: TensorLike,
  numClasses: number,
  options: { readonly axis?: number; readonly dtype?: tf.NumericDataType } = {},
): tf.Tensor {
  checkOptions("ops.oneHot()", options, { axis: kinds.axis, dtype: kinds.dtype });
  const { axis = -1, dtype = "float32" } = options;
  return tf.tidy(() => {
    const hot = tf.cast(tf.oneHot(asIndices(x), numClasses), dtype);
    const place = positiveAxis("ops.oneHot()", axis, hot.rank);
    return place === hot.rank - 1 ? hot : moveaxis(hot, -1, place);
  });
}

/**
 * Values in ascending order along an axis, or of the flattened tensor for null. Default the last axis.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.sort([3, 1, 2]); // [1, 2, 3]
 * keras.ops.argsort([3, 1, 2]); // [1, 2, 0]
 * keras.ops.searchsorted([1, 3], [2]) // [1]
 * ```
 */
export function sort(x: TensorLike, axis: number | null = -1): tf.Tensor {
  return tf.tidy(() => {
    const value = axis === null ? ravel(x) : asTensor(x);
    return takeAlongAxis(value, argsort(value, axis ?? 0), axis ?? 0);
  });
}

/** The indices that sort the values in ascending order along an axis; equal values keep their order. */
export function argsort(x: TensorLike, axis: number | null = -1): tf.Tensor {
  return tf.tidy(() => {
    const value = axis === null ? ravel(x) : asTensor(x);
    const along = positiveAxis("ops.argsort()", axis ?? 0, value.rank);
    const moved = moveaxis(tf.cast(value, value.dtype === "bool" ? "int32" : value.dtype), along, -1);
    // topk is descending and stable: of the negative values, it gives the ascending order.
    const { indices } = tf.topk(tf.neg(moved), value.shape[along]!);
    return moveaxis(indices, -1, along);
  });
}

/**
 * A part of a tensor as Python writes it in brackets: `x[:, 1:]` is `getItem(x, ":, 1:")`.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.getItem([[1, 2, 3], [4, 5, 6]], ":, -1") // [3, 6]
 * ```
 */
export const getItem = (x: TensorLike, key: string): tf.Tensor => select(asTensor(x), key);

/**
 * The `k` greatest of the last axis, greatest first.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * const { values, indices } = keras.ops.topK([3, 1, 2], 2); // [3, 2] at [0, 2]
 * ```
 */
export const topK = (x: TensorLike, k: number): { values: tf.Tensor; indices: tf.Tensor } => tf.topk(asTensor(x), k);

/** Whether the target class is among the `k` greatest predictions, for each row. */
export function inTopK(targets: TensorLike, predictions: TensorLike, k: number): tf.Tensor {
  return tf.tidy(() => {
    const rows = asTensor(predictions);
    const chosen = takeAlongAxis(rows, tf.expandDims(asIndices(targets), -1), -1);
    return tf.less(tf.sum(tf.cast(tf.greater(rows, chosen), "int32"), -1), k);
  });
}

/** The number of times that each whole number from 0 on occurs, or the sum of its weights. */
export function bincount(
  x: TensorLike,
  options: { readonly weights?: TensorLike; readonly minlength?: number } = {},
): tf.Tensor {
  checkOptions("ops.bincount()", options, { weights: kinds.tensorLike, minlength: kinds.index });
  const { weights, minlength = 0 } = options;
  return tf.tidy(() => {
    const values = asIndices(x);
    const largest = values.size === 0 ? -1 : tf.max(values).dataSync()[0]!;
    const given = weights === undefined ? tf.ones(values.shape, "int32") : asTensor(weights);
    return tf.cast(
      tf.unsortedSegmentSum(ravel(given), ravel(values) as tf.Tensor1D, Math.max(minlength, largest + 1)),
      given.dtype,
    );
  });
}

/** For each segment the sum of the rows with its number. */
export const segmentSum = (data: TensorLike, segmentIds: TensorLike, numSegments: number): tf.Tensor =>
  tf.unsortedSegmentSum(asTensor(data), asIndices(segmentIds) as tf.Tensor1D, numSegments);

/**
 * The index in a sorted sequence at which each value can be inserted.
 *
 * @param side before equal values (`"left"`, default) or after them
 */
export function searchsorted(
  sortedSequence: TensorLike,
  values: TensorLike,
  side: "left" | "right" = "left",
): tf.Tensor {
  const sought = asTensor(values);
  return tf.reshape(tf.searchSorted(asTensor(sortedSequence), ravel(sought), side), sought.shape);
}
