import * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../options/kinds";
import { checkOptions, describe } from "../options/options";
import { type Axes, asTensor, asTensors, positiveAxis, reduceOptions, type TensorLike } from "./arguments";

/** The sizes of the axes. */
export const shape = (x: TensorLike): number[] => [...asTensor(x).shape];
/** The number of values. */
export const size = (x: TensorLike): number => asTensor(x).size;
/** The number of axes. */
export const ndim = (x: TensorLike): number => asTensor(x).rank;
/**
 * The same values in another shape; one size may be -1.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.reshape([1, 2, 3, 4], [2, -1]) // [[1, 2], [3, 4]]
 * ```
 */
export const reshape = (x: TensorLike, newshape: number[]): tf.Tensor => tf.reshape(asTensor(x), newshape);
/** All values along one axis. */
export const ravel = (x: TensorLike): tf.Tensor => tf.reshape(asTensor(x), [-1]);
/**
 * The axes in another order; default reversed.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.transpose([[1, 2], [3, 4]]); // [[1, 3], [2, 4]]
 * keras.ops.expandDims([1, 2], -1); // [[1], [2]]
 * keras.ops.squeeze([[1, 2]]) // [1, 2]
 * ```
 */
export const transpose = (x: TensorLike, axes?: number[]): tf.Tensor => tf.transpose(asTensor(x), axes);
/** New axes of size 1, at these positions of the result. */
export function expandDims(x: TensorLike, axis: number | readonly number[]): tf.Tensor {
  const value = asTensor(x);
  const list = [axis].flat();
  const places = list
    .map((one) => positiveAxis("ops.expandDims()", one, value.rank + list.length))
    .sort((a, b) => a - b);
  const sizes = [...value.shape];
  for (const place of places) sizes.splice(place, 0, 1);
  return tf.reshape(value, sizes);
}
/** Without axes of size 1: those given, or all. */
export function squeeze(x: TensorLike, axis: Axes = null): tf.Tensor {
  const value = asTensor(x);
  return axis === null ? tf.squeeze(value) : tf.squeeze(value, reduceOptions("ops.squeeze()", axis, value.rank).axes);
}
/** Two axes exchanged. */
export function swapaxes(x: TensorLike, axis1: number, axis2: number): tf.Tensor {
  const value = asTensor(x);
  const order = [...value.shape.keys()];
  const [a, b] = [axis1, axis2].map((axis) => positiveAxis("ops.swapaxes()", axis, value.rank)) as [number, number];
  order[a] = b;
  order[b] = a;
  return tf.transpose(value, order);
}
/** One axis moved to another position. */
export function moveaxis(x: TensorLike, source: number, destination: number): tf.Tensor {
  const value = asTensor(x);
  const from = positiveAxis("ops.moveaxis()", source, value.rank);
  const order = [...value.shape.keys()].filter((i) => i !== from);
  order.splice(positiveAxis("ops.moveaxis()", destination, value.rank), 0, from);
  return tf.transpose(value, order);
}
/** `x` repeated to a larger shape. */
export const broadcastTo = (x: TensorLike, to: number[]): tf.Tensor => tf.broadcastTo(asTensor(x), to);

/**
 * Tensors joined along an axis.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.concatenate([[[1]], [[2]]], -1) // [[1, 2]]
 * ```
 */
export const concatenate = (xs: readonly TensorLike[], axis = 0): tf.Tensor => tf.concat(asTensors(xs), axis);
/**
 * Tensors joined along a new axis.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.stack([[1, 2], [3, 4]], 1); // [[1, 3], [2, 4]]
 * keras.ops.vstack([[1, 2], [3, 4]]); // [[1, 2], [3, 4]]
 * keras.ops.hstack([[1, 2], [3, 4]]) // [1, 2, 3, 4]
 * ```
 */
export const stack = (xs: readonly TensorLike[], axis = 0): tf.Tensor => {
  const tensors = asTensors(xs);
  return tf.stack(tensors, positiveAxis("ops.stack()", axis, (tensors[0]?.rank ?? 0) + 1));
};
/** Tensors joined as rows. */
export const vstack = (xs: readonly TensorLike[]): tf.Tensor => {
  const rows = asTensors(xs).map((x) => (x.rank < 2 ? tf.reshape(x, [1, -1]) : x));
  return tf.concat(rows, 0);
};
/** Tensors joined as columns. */
export const hstack = (xs: readonly TensorLike[]): tf.Tensor => {
  const tensors = asTensors(xs);
  return tf.concat(tensors, tensors[0]?.rank === 1 ? 0 : 1);
};
/** The values of one tensor after those of another, along an axis or flattened. */
export const append = (x1: TensorLike, x2: TensorLike, axis: number | null = null): tf.Tensor =>
  axis === null ? concatenate([ravel(x1), ravel(x2)]) : concatenate([x1, x2], axis);

/**
 * Parts along an axis: a number of equal ones, or cut at these positions.
 *
 * @throws RangeError if the axis does not divide into equal parts
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.split([1, 2, 3, 4], 2); // [[1, 2], [3, 4]]
 * keras.ops.split([1, 2, 3, 4], [1]) // [[1], [2, 3, 4]]
 * ```
 */
export function split(x: TensorLike, indicesOrSections: number | readonly number[], axis = 0): tf.Tensor[] {
  const value = asTensor(x);
  const along = positiveAxis("ops.split()", axis, value.rank);
  const length = value.shape[along]!;
  if (typeof indicesOrSections === "number") {
    if (length % indicesOrSections === 0) return tf.split(value, indicesOrSections, along);
    throw new RangeError(`ops.split() cannot divide an axis of ${length} into ${indicesOrSections} equal parts.`);
  }
  const cuts = [0, ...indicesOrSections, length];
  const lengths = cuts.slice(1).map((cut, i) => cut - cuts[i]!);
  return tf.split(value, lengths, along);
}
/** The parts of size 1 along an axis, without that axis; `num`, their number, is known from `x`. */
export const unstack = (x: TensorLike, _num?: number | null, axis = 0): tf.Tensor[] => {
  const value = asTensor(x);
  return tf.unstack(value, positiveAxis("ops.unstack()", axis, value.rank));
};
/**
 * The whole tensor repeated along each axis.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.tile([1, 2], 2); // [1, 2, 1, 2]
 * keras.ops.repeat([1, 2], 2) // [1, 1, 2, 2]
 * ```
 */
export function tile(x: TensorLike, repeats: number | readonly number[]): tf.Tensor {
  const value = asTensor(x);
  const times = [repeats].flat();
  const rank = Math.max(value.rank, times.length);
  const padded = (list: readonly number[]) => [...Array.from({ length: rank - list.length }, () => 1), ...list];
  return tf.tile(tf.reshape(value, padded(value.shape)), padded(times));
}
/** Each value repeated, along an axis or flattened. */
export function repeat(x: TensorLike, repeats: number, axis: number | null = null): tf.Tensor {
  const value = axis === null ? ravel(x) : asTensor(x);
  const along = positiveAxis("ops.repeat()", axis ?? 0, value.rank);
  const indices = Array.from({ length: value.shape[along]! * repeats }, (_, i) => Math.floor(i / repeats));
  return tf.gather(value, tf.tensor1d(indices, "int32"), along);
}
/**
 * The order reversed along axes; default all.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.flip([1, 2, 3]); // [3, 2, 1]
 * keras.ops.roll([1, 2, 3], 1) // [3, 1, 2]
 * ```
 */
export function flip(x: TensorLike, axis: Axes = null): tf.Tensor {
  const value = asTensor(x);
  return tf.reverse(value, reduceOptions("ops.flip()", axis, value.rank).axes);
}
/** Values moved by `shift` places along an axis, from the end to the start; default flattened. */
export function roll(x: TensorLike, shift: number, axis: number | null = null): tf.Tensor {
  const value = asTensor(x);
  if (axis === null) return tf.reshape(roll(ravel(value), shift, 0), value.shape);
  const along = positiveAxis("ops.roll()", axis, value.rank);
  const length = value.shape[along]!;
  const indices = Array.from({ length }, (_, i) => (((i - shift) % length) + length) % length);
  return tf.gather(value, tf.tensor1d(indices, "int32"), along);
}

/** Options of {@link pad}. */
export interface PadOptions {
  /** Default `"constant"`. */
  readonly mode?: "constant" | "reflect" | "symmetric";
  /** Default 0. */
  readonly constantValues?: number;
}

const padKinds: kinds.KindsOf<PadOptions> = {
  mode: kinds.oneOf("constant", "reflect", "symmetric"),
  constantValues: kinds.number(),
};

/** The tensor with values added around it: `[before, after]` for each axis. */
export function pad(
  x: TensorLike,
  padWidth: readonly (readonly [number, number])[],
  options: PadOptions = {},
): tf.Tensor {
  checkOptions("ops.pad()", options, padKinds);
  const { mode = "constant", constantValues = 0 } = options;
  const value = asTensor(x);
  if (padWidth.length !== value.rank) {
    throw new RangeError(
      `ops.pad() expected [before, after] for each of ${value.rank} axes but found ${describe(padWidth)}.`,
    );
  }
  const widths = padWidth as [number, number][];
  return mode === "constant" ? tf.pad(value, widths, constantValues) : tf.mirrorPad(value, widths, mode);
}
