import * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../options/kinds";
import { checkOptions, describe } from "../options/options";

/** A tensor, a number, or nested arrays of numbers. */
export type TensorLike = tf.Tensor | tf.TensorLike;

/** One axis, several, or null for all. Negative ones count from the end. */
export type Axes = number | readonly number[] | null;

/** Options of the reductions. */
export interface ReduceOptions {
  /** Default null: all axes. */
  readonly axis?: Axes;
  /** Whether to keep the reduced axes, with size 1. Default false. */
  readonly keepdims?: boolean;
}

/** Python's `mean(x, 0)` and `mean(x, axis=0, keepdims=True)`: the axis, or the options. */
export type Reduce = Axes | ReduceOptions;

/** `x` as a tensor: numbers become float32, as with `tf.tensor`. */
export function asTensor(x: TensorLike, dtype?: tf.DataType): tf.Tensor {
  if (!(x instanceof tf.Tensor)) return tf.tensor(x, undefined, dtype);
  return dtype === undefined || x.dtype === dtype ? x : tf.cast(x, dtype);
}

/** {@link asTensor} for each. */
export const asTensors = (xs: readonly TensorLike[]): tf.Tensor[] => xs.map((x) => asTensor(x));

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

type Op1 = (x: tf.Tensor) => tf.Tensor;
type Op2 = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

/** The function of a tensor, a number or an array that `op` computes. */
export const unary = (op: Op1) => (x: TensorLike) => tf.tidy(() => op(asTensor(x)));

/** {@link unary} of floats. */
export const ofFloat = (op: Op1) => (x: TensorLike) => tf.tidy(() => op(asFloat(x)));

/** {@link unary}, but of two values, as tensors of one type. */
export const binary = (op: Op2) => (x1: TensorLike, x2: TensorLike) => tf.tidy(() => op(...asPair(x1, x2)));

/** {@link binary} of floats. */
export const ofFloats = (op: Op2) => (x1: TensorLike, x2: TensorLike) => tf.tidy(() => op(asFloat(x1), asFloat(x2)));

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

const reduceKinds: kinds.KindsOf<ReduceOptions> = { axis: kinds.orNull(kinds.axes), keepdims: kinds.boolean };

/** The axes, counted from the start, and whether to keep them. */
export function reduceOptions(
  where: string,
  argument: Reduce | undefined,
  rank: number,
): { readonly axes: number[]; readonly keepdims: boolean } {
  const isAxes = argument === null || typeof argument === "number" || Array.isArray(argument);
  const options: ReduceOptions = isAxes ? { axis: argument as Axes } : ((argument ?? {}) as ReduceOptions);
  checkOptions(where, options, reduceKinds);
  const { axis = null, keepdims = false } = options;
  const axes = axis === null ? [...Array(rank).keys()] : [axis].flat();
  return { axes: axes.map((one) => positiveAxis(where, one, rank)), keepdims };
}
