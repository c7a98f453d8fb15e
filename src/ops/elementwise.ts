import * as tf from "@tensorflow/tfjs-core";
import { checkOptions } from "../options/options";
import { asFloat, asPair, asTensor, closeKinds, type TensorLike } from "./arguments";

type Unary = (x: TensorLike) => tf.Tensor;
type Binary = (x1: TensorLike, x2: TensorLike) => tf.Tensor;

const unary =
  (op: (x: tf.Tensor) => tf.Tensor): Unary =>
  (x) =>
    tf.tidy(() => op(asTensor(x)));
const ofFloat =
  (op: (x: tf.Tensor) => tf.Tensor): Unary =>
  (x) =>
    tf.tidy(() => op(asFloat(x)));
const binary =
  (op: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): Binary =>
  (x1, x2) =>
    tf.tidy(() => op(...asPair(x1, x2)));
const ofFloats =
  (op: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): Binary =>
  (x1, x2) =>
    tf.tidy(() => op(asFloat(x1), asFloat(x2)));

/** |x|. */
export const abs = unary(tf.abs);
/** |x|: {@link abs}. */
export const absolute = abs;
/** -x. */
export const negative = unary((x) => (x.dtype === "int32" ? tf.sub(tf.scalar(0, "int32"), x) : tf.neg(x)));
/** -1, 0 or 1. */
export const sign = unary(tf.sign);
/** x². */
export const square = unary((x) => tf.mul(x, x));
/** √x. */
export const sqrt = ofFloat(tf.sqrt);
/** 1/√x. */
export const rsqrt = ofFloat(tf.rsqrt);
/** 1/x. */
export const reciprocal = ofFloat(tf.reciprocal);
/** eˣ. */
export const exp = ofFloat(tf.exp);
/** 2ˣ. */
export const exp2 = ofFloat((x) => tf.pow(2, x));
/** eˣ - 1, exact near 0. */
export const expm1 = ofFloat(tf.expm1);
/** The natural logarithm. */
export const log = ofFloat(tf.log);
/** log(1 + x), exact near 0. */
export const log1p = ofFloat(tf.log1p);
/** The logarithm to the base 2. */
export const log2 = ofFloat((x) => tf.div(tf.log(x), Math.LN2));
/** The logarithm to the base 10. */
export const log10 = ofFloat((x) => tf.div(tf.log(x), Math.LN10));
/** The sine of radians. */
export const sin = ofFloat(tf.sin);
/** The cosine of radians. */
export const cos = ofFloat(tf.cos);
/** The tangent of radians. */
export const tan = ofFloat(tf.tan);
/** The hyperbolic sine. */
export const sinh = ofFloat(tf.sinh);
/** The hyperbolic cosine. */
export const cosh = ofFloat(tf.cosh);
/** The angle whose sine is x, in radians. */
export const arcsin = ofFloat(tf.asin);
/** The angle whose cosine is x, in radians. */
export const arccos = ofFloat(tf.acos);
/** The angle whose tangent is x, in radians. */
export const arctan = ofFloat(tf.atan);
/** The inverse of {@link sinh}. */
export const arcsinh = ofFloat(tf.asinh);
/** The inverse of {@link cosh}. */
export const arccosh = ofFloat(tf.acosh);
/** The inverse of the hyperbolic tangent. */
export const arctanh = ofFloat(tf.atanh);
/** The error function. */
export const erf = ofFloat(tf.erf);
/** The next whole number below. */
export const floor = ofFloat(tf.floor);
/** The next whole number above. */
export const ceil = ofFloat(tf.ceil);
/**
 * The nearest whole number, halves to the even one; with `decimals` the nearest with so many digits after the point.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.round([0.126, 2.5], 2) // [0.13, 2.5]
 * ```
 */
export function round(x: TensorLike, decimals = 0): tf.Tensor {
  return tf.tidy(() => {
    const value = asTensor(x);
    if (value.dtype !== "float32") return tf.clone(value);
    return decimals === 0 ? tf.round(value) : tf.div(tf.round(tf.mul(value, 10 ** decimals)), 10 ** decimals);
  });
}
/** The whole part. */
export const trunc = unary((x) => (x.dtype === "float32" ? tf.mul(tf.sign(x), tf.floor(tf.abs(x))) : tf.clone(x)));
/** Radians from degrees. */
export const deg2rad = ofFloat((x) => tf.mul(x, Math.PI / 180));
/** Degrees from radians. */
export const rad2deg = ofFloat((x) => tf.mul(x, 180 / Math.PI));
/** Whether a value is neither infinite nor NaN. */
export const isfinite = ofFloat(tf.isFinite);
/** Whether a value is infinite. */
export const isinf = ofFloat(tf.isInf);
/** Whether a value is not a number. */
export const isnan = ofFloat(tf.isNaN);
/** Not, of booleans; numbers count as true unless 0. */
export const logicalNot = unary((x) => tf.logicalNot(tf.cast(x, "bool")));

/**
 * x1 + x2, broadcast.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.add([[1], [2]], [10, 20]) // [[11, 21], [12, 22]]
 * ```
 */
export const add = binary(tf.add);
/** x1 - x2, broadcast. */
export const subtract = binary(tf.sub);
/** x1 · x2, broadcast. */
export const multiply = binary(tf.mul);
/** x1 / x2, broadcast; floats also of integers. */
export const divide = ofFloats(tf.div);
/** {@link divide}. */
export const trueDivide = divide;
/** x1 / x2, and 0 where x2 is 0. */
export const divideNoNan = ofFloats(tf.divNoNan);
/** The whole number below x1 / x2. */
export const floorDivide = binary((a, b) =>
  a.dtype === "int32" && b.dtype === "int32" ? tf.floorDiv(a, b) : tf.floor(tf.div(a, b)),
);
/** What is left of x1 / x2, with the sign of x2. */
export const mod = binary((a, b) => tf.sub(a, tf.mul(b, floorDivide(a, b))));
/** x1 to the power of x2. */
export const power = binary(tf.pow);
/** The greater of two, element by element. */
export const maximum = binary(tf.maximum);
/** The less of two, element by element. */
export const minimum = binary(tf.minimum);
/** The angle of the point (x2, x1), in radians. */
export const arctan2 = ofFloats(tf.atan2);
/** log(eˣ¹ + eˣ²). */
export const logaddexp = ofFloats((a, b) => tf.add(tf.maximum(a, b), tf.log1p(tf.exp(tf.neg(tf.abs(tf.sub(a, b)))))));
/** √(x1² + x2²). */
export const hypot = ofFloats((a, b) => tf.sqrt(tf.add(tf.square(a), tf.square(b))));
/** Whether x1 = x2. */
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

const logical =
  (op: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): Binary =>
  (x1, x2) =>
    tf.tidy(() => op(tf.cast(asTensor(x1), "bool"), tf.cast(asTensor(x2), "bool")));

/** And. */
export const logicalAnd = logical(tf.logicalAnd);
/** Or. */
export const logicalOr = logical(tf.logicalOr);
/** Either, not both. */
export const logicalXor = logical(tf.logicalXor);

/**
 * Values below `xMin` become `xMin`, those above `xMax` become `xMax`.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.clip([-2, 0.5, 7], 0, 1) // [0, 0.5, 1]
 * ```
 */
export function clip(x: TensorLike, xMin: TensorLike, xMax: TensorLike): tf.Tensor {
  return minimum(maximum(x, xMin), xMax);
}

/** How near two values must be for {@link isclose}. */
export interface CloseOptions {
  /** Relative to the second. Default 1e-5. */
  readonly rtol?: number;
  /** Default 1e-8. */
  readonly atol?: number;
}

/** Whether `|x1 - x2| ≤ atol + rtol · |x2|`, element by element. */
export function isclose(x1: TensorLike, x2: TensorLike, options: CloseOptions = {}): tf.Tensor {
  checkOptions("ops.isclose()", options, closeKinds);
  const { rtol = 1e-5, atol = 1e-8 } = options;
  return tf.tidy(() => {
    const [a, b] = [asFloat(x1), asFloat(x2)];
    const near = tf.lessEqual(tf.abs(tf.sub(a, b)), tf.add(tf.mul(tf.abs(b), rtol), atol));
    // Infinities are near themselves, and only themselves.
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
