import * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../options/kinds";
import { checkOptions, describe } from "../options/options";

/** A tensor, a number, or nested arrays of numbers. */
export type TensorLike = tf.Tensor | tf.TensorLike;

/** One axis, several, or null for all. Negative ones count from the end. */
export type Axes = number | readonly number[] | null;

/** What the reductions take after the tensor. */
export interface ReduceOptions {
  /** Default null: all axes. */
  readonly axis?: Axes;
  /** Whether the reduced axes stay, with size 1. Default false. */
  readonly keepdims?: boolean;
}

/** Python's `mean(x, 0)` and `mean(x, axis=0, keepdims=True)`: the axis, or the options. */
export type Reduce = Axes | ReduceOptions;

/** `x` as a tensor: numbers become float32, as `tf.tensor` has it. */
export const asTensor = (x: TensorLike, dtype?: tf.DataType): tf.Tensor =>
  x instanceof tf.Tensor
    ? dtype === undefined || x.dtype === dtype
      ? x
      : tf.cast(x, dtype)
    : tf.tensor(x, undefined, dtype);

/** `x` as floats: Keras computes roots, exponentials and means of integers as floats. */
export const asFloat = (x: TensorLike): tf.Tensor => asTensor(asTensor(x), "float32");

/** Both as tensors of one type: a whole number beside integers stays an integer, as in NumPy. */
export function asPair(a: TensorLike, b: TensorLike): [tf.Tensor, tf.Tensor] {
  const beside = (x: TensorLike, other: TensorLike): tf.Tensor => {
    const integer = typeof x === "number" && Number.isInteger(x);
    return integer && other instanceof tf.Tensor && other.dtype === "int32" ? tf.scalar(x, "int32") : asTensor(x);
  };
  return [beside(a, b), beside(b, a)];
}

/**
 * An axis counted from the start.
 *
 * @throws RangeError if `x` has no such axis
 */
export function positiveAxis(where: string, axis: number, rank: number): number {
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank) {
    throw new RangeError(`${where} expected an axis from ${-rank} to ${rank - 1} but found ${describe(axis)}.`);
  }
  return axis < 0 ? axis + rank : axis;
}

/** What the tolerances of `isclose` and `allclose` may be. */
export const closeKinds = { rtol: kinds.number({ min: 0 }), atol: kinds.number({ min: 0 }) };

/** The axes, counted from the start, and whether they stay. */
export function reduceOptions(
  where: string,
  argument: Reduce | undefined,
  rank: number,
): { readonly axes: number[]; readonly keepdims: boolean } {
  const isAxes = argument === null || typeof argument === "number" || Array.isArray(argument);
  const options: ReduceOptions = isAxes ? { axis: argument as Axes } : ((argument ?? {}) as ReduceOptions);
  checkOptions(where, options, { axis: kinds.orNull(kinds.axes), keepdims: kinds.boolean });
  const { axis = null, keepdims = false } = options;
  const given = axis === null ? Array.from({ length: rank }, (_, i) => i) : [axis].flat();
  return { axes: given.map((one) => positiveAxis(where, one, rank)), keepdims };
}
