import * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../options/kinds";
import { checkOptions } from "../options/options";
import { asFloat, asPair, asTensor, binary, ofFloat, type TensorLike, unary } from "./arguments";

/**
 * Whether x1 = x2.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.equal([1, 2], 2); // [false, true]
 * keras.ops.less([1, 2], 2); // [true, false]
 * keras.ops.greaterEqual([1, 2], 2) // [false, true]
 * ```
 */
export const equal = binary(tf.equal);
/** Whether x1 ≠ x2. */
export const notEqual = binary(tf.notEqual);
/** Whether x1 > x2. */
export const greater = binary(tf.greater);
/** Whether x1 ≥ x2. */
export const greaterEqual = binary(tf.greaterEqual);
/** Whether x1 < x2. */
export const less = binary(tf.less);
/** Whether x1 ≤ x2. */
export const lessEqual = binary(tf.lessEqual);

const logical = (op: Parameters<typeof binary>[0]) => binary((a, b) => op(tf.cast(a, "bool"), tf.cast(b, "bool")));

/**
 * And.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.logicalAnd([true, true], [true, false]); // [true, false]
 * keras.ops.logicalXor([true, true], [true, false]); // [false, true]
 * keras.ops.logicalNot([true, false]) // [false, true]
 * ```
 */
export const logicalAnd = logical(tf.logicalAnd);
/** Or. */
export const logicalOr = logical(tf.logicalOr);
/** Either, not both. */
export const logicalXor = logical(tf.logicalXor);

/** Whether a value is neither infinite nor NaN. */
export const isfinite = ofFloat(tf.isFinite);
/** Whether a value is infinite. */
export const isinf = ofFloat(tf.isInf);
/** Whether a value is not a number. */
export const isnan = ofFloat(tf.isNaN);
/** Not, of booleans; numbers count as true unless 0. */
export const logicalNot = unary((x) => tf.logicalNot(tf.cast(x, "bool")));

/** Options of {@link isclose}. */
export interface CloseOptions {
  /** Tolerance relative to the second value. Default 1e-5. */
  readonly rtol?: number;
  /** Absolute tolerance. Default 1e-8. */
  readonly atol?: number;
}

/** What the options of `isclose` and `allclose` may be. */
export const closeKinds: kinds.KindsOf<CloseOptions> = {
  rtol: kinds.number({ min: 0 }),
  atol: kinds.number({ min: 0 }),
};

/** Whether `|x1 - x2| ≤ atol + rtol · |x2|`, element by element. */
export function isclose(x1: TensorLike, x2: TensorLike, options: CloseOptions = {}): tf.Tensor {
  checkOptions("ops.isclose()", options, closeKinds);
  const { rtol = 1e-5, atol = 1e-8 } = options;
  return tf.tidy(() => {
    const [a, b] = [asFloat(x1), asFloat(x2)];
    const near = tf.lessEqual(tf.abs(tf.sub(a, b)), tf.add(tf.mul(tf.abs(b), rtol), atol));
    // An infinity is close only to itself.
    return tf.logicalOr(tf.equal(a, b), tf.logicalAnd(near, tf.isFinite(tf.sub(a, b))));
  });
}

/**
 * `x1` where the condition holds, `x2` elsewhere, broadcast.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * const x = keras.ops.array([-1, 2]);
 * keras.ops.where(keras.ops.greater(x, 0), x, 0) // [0, 2]
 * ```
 */
export function where(condition: TensorLike, x1: TensorLike, x2: TensorLike): tf.Tensor {
  return tf.tidy(() => tf.where(tf.cast(asTensor(condition), "bool"), ...asPair(x1, x2)));
}
