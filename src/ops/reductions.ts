import * as tf from "@tensorflow/tfjs-core";
import { sizeFromShape } from "../backend/shapes";
import * as kinds from "../options/kinds";
import { checkOptions } from "../options/options";
import { asFloat, asTensor, positiveAxis, type Reduce, reduceOptions, type TensorLike } from "./arguments";
import { type CloseOptions, closeKinds, isclose } from "./logic";

type Reduction = (x: TensorLike, axis?: Reduce) => tf.Tensor;
type Reducer = (x: tf.Tensor, axes: number[], keepdims: boolean) => tf.Tensor;

const reduction =
  (name: string, op: Reducer, prepare: (x: TensorLike) => tf.Tensor = asTensor): Reduction =>
  (x, axis) =>
    tf.tidy(() => {
      const value = prepare(x);
      const { axes, keepdims } = reduceOptions(`ops.${name}()`, axis, value.rank);
      return op(value, axes, keepdims);
    });

const asCondition = (x: TensorLike) => tf.cast(asTensor(x), "bool");
const variance: Reducer = (x, axes, keepdims) => tf.mean(tf.square(tf.sub(x, tf.mean(x, axes, true))), axes, keepdims);

/**
 * The sum over axes.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.sum([[1, 2], [3, 4]], 0); // [4, 6]
 * keras.ops.sum([[1, 2], [3, 4]], { axis: -1, keepdims: true }) // [[3], [7]]
 * ```
 */
export const sum = reduction("sum", tf.sum);
/** The product over axes. */
export const prod = reduction("prod", tf.prod);
/** The greatest over axes. */
export const max = reduction("max", tf.max);
/** {@link max}. */
export const amax = max;
/** The least over axes. */
export const min = reduction("min", tf.min);
/** {@link min}. */
export const amin = min;
/** The difference between the greatest and the least. */
export const ptp = reduction("ptp", (x, axes, keepdims) =>
  tf.sub(tf.max(x, axes, keepdims), tf.min(x, axes, keepdims)),
);
/**
 * The mean over axes.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.mean([1, 2, 6]); // 3
 * keras.ops.median([1, 2, 6]); // 2
 * keras.ops.std([1, 3]); // 1
 * keras.ops.average([1, 2], { weights: [3, 1] }) // 1.25
 * ```
 */
export const mean = reduction("mean", tf.mean, asFloat);
/** The variance over axes, divided by the number of values. */
export const var_ = reduction("var", variance, asFloat);
export { var_ as var };
/** The standard deviation over axes, divided by the number of values. */
export const std = reduction("std", (x, axes, keepdims) => tf.sqrt(variance(x, axes, keepdims)), asFloat);
/**
 * Whether all are true.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.all([true, false]); // false
 * keras.ops.any([true, false]); // true
 * keras.ops.countNonzero([0, 5, 7]) // 2
 * ```
 */
export const all = reduction("all", tf.all, asCondition);
/** Whether any is true. */
export const any = reduction("any", tf.any, asCondition);
/** log Σ eˣ, without overflow. */
export const logsumexp = reduction("logsumexp", tf.logSumExp, asFloat);
/** The number of values that are not 0. */
export const countNonzero = reduction(
  "countNonzero",
  (x, axes, keepdims) => tf.sum(tf.cast(x, "int32"), axes, keepdims),
  (x) => tf.notEqual(asTensor(x), 0),
);
/** The median over axes: for an even number of values, the mean of the two in the middle. */
export const median = reduction(
  "median",
  (x, axes, keepdims) => {
    const [sorted, length] = sortedRows(x, axes);
    const [low, high] = [Math.floor((length - 1) / 2), Math.ceil((length - 1) / 2)];
    const middle = tf.mean(tf.gather(sorted, tf.tensor1d([low, high], "int32"), sorted.rank - 1), -1);
    return keepdims ? withAxes(middle, x, axes) : middle;
  },
  asFloat,
);

/** A reduced `x` with the axes that are gone, of size 1. */
const withAxes = (reduced: tf.Tensor, { shape }: tf.Tensor, axes: readonly number[]): tf.Tensor => {
  const sizes = shape.map((size, i) => (axes.includes(i) ? 1 : size));
  return tf.reshape(reduced, sizes);
};

/** The values along `axes` in a last axis, ascending, and their number. */
function sortedRows(x: tf.Tensor, axes: readonly number[]): [tf.Tensor, number] {
  const kept = [...x.shape.keys()].filter((i) => !axes.includes(i));
  const length = sizeFromShape(axes.map((axis) => x.shape[axis]!));
  const shape = [...kept.map((i) => x.shape[i]!), length];
  const rows = tf.reshape(tf.transpose(x, [...kept, ...axes]), shape);
  return [tf.reverse(tf.topk(rows, length).values, -1), length];
}

const position =
  (name: string, op: (x: tf.Tensor, axis: number) => tf.Tensor): Reduction =>
  (x, axis) =>
    tf.tidy(() => {
      const value = asTensor(x);
      const { axes, keepdims } = reduceOptions(`ops.${name}()`, axis, value.rank);
      const one = axes.length === 1 ? axes[0] : undefined;
      const found = one === undefined ? op(tf.reshape(value, [-1]), 0) : op(value, one);
      return keepdims ? withAxes(found, value, axes) : found;
    });

/**
 * Where the greatest value is, along an axis, or in the flattened tensor.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.argmax([[0.1, 0.9], [0.8, 0.2]], -1) // [1, 0]
 * ```
 */
export const argmax = position("argmax", tf.argMax);
/** Where the least value is, along an axis, or in the flattened tensor. */
export const argmin = position("argmin", tf.argMin);

const cumulative =
  (name: string, op: (x: tf.Tensor, axis: number) => tf.Tensor) =>
  (x: TensorLike, axis: number | null = null): tf.Tensor =>
    tf.tidy(() => {
      const value = asTensor(x);
      return axis === null
        ? op(tf.reshape(value, [-1]), 0)
        : op(value, positiveAxis(`ops.${name}()`, axis, value.rank));
    });

/** Running sums along an axis, or of the flattened tensor. */
export const cumsum = cumulative("cumsum", tf.cumsum);
/** Running products along an axis, or of the flattened tensor. */
export const cumprod = cumulative("cumprod", tf.cumprod);

/** Options of {@link average}. */
export interface AverageOptions {
  /** Default null: all axes. */
  readonly axis?: number | null;
  /** One for each value, or for each position on the axis. Default: all 1. */
  readonly weights?: TensorLike | null;
}

const averageKinds: kinds.KindsOf<AverageOptions> = {
  axis: kinds.orNull(kinds.axis),
  weights: kinds.orNull(kinds.tensorLike),
};

/** The weighted mean. */
export function average(x: TensorLike, options: AverageOptions = {}): tf.Tensor {
  checkOptions("ops.average()", options, averageKinds);
  const { axis = null, weights = null } = options;
  return tf.tidy(() => {
    const value = asFloat(x);
    if (weights === null) return mean(value, axis);
    const given = asFloat(weights);
    const along = value.shape.map((_, i) =>
      axis !== null && i === positiveAxis("ops.average()", axis, value.rank) ? -1 : 1,
    );
    const spread = given.rank === value.rank ? given : tf.reshape(given, along);
    const full = tf.mul(spread, tf.onesLike(value));
    return tf.div(sum(tf.mul(value, full), axis), sum(full, axis));
  });
}

/** Mean and variance over axes. */
export function moments(x: TensorLike, axes: Reduce): [mean: tf.Tensor, variance: tf.Tensor] {
  return [mean(x, axes), var_(x, axes)];
}

/** Whether all of `x1` are close to `x2`: see `isclose`. */
export function allclose(x1: TensorLike, x2: TensorLike, options: CloseOptions = {}): tf.Tensor {
  checkOptions("ops.allclose()", options, closeKinds);
  return all(isclose(x1, x2, options));
}
