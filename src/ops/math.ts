import * as tf from "@tensorflow/tfjs-core";
import { asTensor, binary, ofFloat, ofFloats, type TensorLike, unary } from "./arguments";

/**
 * |x|.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.abs([-1, 2]); // [1, 2]
 * keras.ops.sqrt([4, 9]); // [2, 3]
 * keras.ops.sign([-5, 0, 5]) // [-1, 0, 1]
 * ```
 */
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
/**
 * eˣ.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.exp([0, 1]); // [1, 2.718]
 * keras.ops.log2([1, 8]); // [0, 3]
 * keras.ops.log1p([0]) // [0]
 * ```
 */
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
/**
 * The sine of radians.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.sin([0, Math.PI / 2]); // [0, 1]
 * keras.ops.arctan([1]); // [0.785]
 * keras.ops.arctan2([1], [-1]) // [2.356]
 * ```
 */
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
 * The nearest whole number, halves to the even one; or the nearest number with `decimals` digits after the point.
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
/**
 * x1 / x2, broadcast; floats also of integers.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.divide([1, 7], 2); // [0.5, 3.5]
 * keras.ops.floorDivide([1, -7], 2); // [0, -4]
 * keras.ops.mod([1, -7], 2); // [1, 1]
 * keras.ops.divideNoNan([1, 7], 0) // [0, 0]
 * ```
 */
export const divide = ofFloats(tf.div);
/** {@link divide}. */
export const trueDivide = divide;
/** x1 / x2, and 0 where x2 is 0. */
export const divideNoNan = ofFloats(tf.divNoNan);
/** x1 / x2, rounded down. */
export const floorDivide = binary((a, b) =>
  a.dtype === "int32" && b.dtype === "int32" ? tf.floorDiv(a, b) : tf.floor(tf.div(a, b)),
);
/** The remainder of x1 / x2, with the sign of x2. */
export const mod = binary((a, b) => tf.sub(a, tf.mul(b, floorDivide(a, b))));
/** x1 to the power of x2. */
export const power = binary(tf.pow);
/** The greater of two, element by element. */
export const maximum = binary(tf.maximum);
/** The smaller of two, element by element. */
export const minimum = binary(tf.minimum);
/** The angle of the point (x2, x1), in radians. */
export const arctan2 = ofFloats(tf.atan2);
/** log(eˣ¹ + eˣ²). */
export const logaddexp = ofFloats((a, b) => tf.add(tf.maximum(a, b), tf.log1p(tf.exp(tf.neg(tf.abs(tf.sub(a, b)))))));
/** √(x1² + x2²). */
export const hypot = ofFloats((a, b) => tf.sqrt(tf.add(tf.square(a), tf.square(b))));
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
