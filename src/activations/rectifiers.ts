import * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../options/kinds";
import { checkOptions } from "../options/options";

/** Options of {@link relu}. */
export interface ReluOptions {
  /** Slope for values below `threshold`. Default 0. */
  readonly negativeSlope?: number;
  /** Largest value of the output. Default: none. */
  readonly maxValue?: number;
  /** Values below the threshold are damped. Default 0. */
  readonly threshold?: number;
}

const reluKinds: kinds.KindsOf<ReluOptions> = {
  negativeSlope: kinds.number(),
  maxValue: kinds.number(),
  threshold: kinds.number(),
};

/**
 * Rectified linear unit, `max(x, 0)`, any shape.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.relu(tf.tensor([-2, 0, 3])) // [0, 0, 3]
 * ```
 * @see https://keras.io/api/layers/activations/#relu-function
 */
export function relu(x: tf.Tensor, options: ReluOptions = {}): tf.Tensor {
  checkOptions("relu()", options, reluKinds);
  const { negativeSlope = 0, maxValue, threshold = 0 } = options;
  const zero = tf.zerosLike(x);
  const above = threshold === 0 ? tf.relu(x) : tf.where(tf.greater(x, threshold), x, zero);
  const positive = maxValue === undefined ? above : tf.clipByValue(above, 0, maxValue);
  if (negativeSlope === 0) return positive;
  return tf.sub(positive, tf.mul(negativeSlope, tf.relu(tf.sub(threshold, x))));
}

/**
 * `min(max(x, 0), 6)`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.relu6(tf.tensor([-2, 3, 8])) // [0, 3, 6]
 * ```
 */
export function relu6(x: tf.Tensor): tf.Tensor {
  return tf.relu6(x);
}

/**
 * `x` above zero, `negativeSlope · x` below. Keras's default slope is 0.2.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.leakyRelu(tf.tensor([-1, 1])) // [-0.2, 1]
 * ```
 */
export function leakyRelu(x: tf.Tensor, negativeSlope = 0.2): tf.Tensor {
  return tf.leakyRelu(x, negativeSlope);
}

/**
 * Exponential linear unit: `x` above zero, `alpha · (eˣ - 1)` below (Clevert et al., 2016).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.elu(tf.tensor([-1, 2])) // [-0.632, 2]
 * ```
 */
export function elu(x: tf.Tensor, alpha = 1): tf.Tensor {
  if (alpha === 1) return tf.elu(x);
  return tf.add(tf.relu(x), tf.mul(alpha, tf.expm1(tf.minimum(x, 0))));
}

/**
 * Scaled exponential linear unit (Klambauer et al., 2017); use it with `"lecun_normal"` kernels.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.selu(tf.tensor([-1, 1])) // [-1.111, 1.051]
 * ```
 */
export function selu(x: tf.Tensor): tf.Tensor {
  return tf.selu(x);
}

/**
 * Continuously differentiable ELU: `max(x, 0) + alpha · (exp(min(x, 0) / alpha) - 1)` (Barron, 2017).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.celu(tf.tensor([-1, 1])) // [-0.632, 1]
 * ```
 */
export function celu(x: tf.Tensor, alpha = 1): tf.Tensor {
  return tf.add(tf.relu(x), tf.mul(alpha, tf.expm1(tf.div(tf.minimum(x, 0), alpha))));
}

/**
 * Gaussian error linear unit, `x · Φ(x)` (Hendrycks and Gimpel, 2016); with `approximate`, its tanh form.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.gelu(tf.tensor([-1, 1])) // [-0.159, 0.841]
 * ```
 */
export function gelu(x: tf.Tensor, approximate = false): tf.Tensor {
  const cdf = approximate
    ? tf.tanh(tf.mul(Math.sqrt(2 / Math.PI), tf.add(x, tf.mul(0.044715, tf.mul(x, tf.square(x))))))
    : tf.erf(tf.mul(x, Math.SQRT1_2));
  return tf.mul(tf.mul(x, 0.5), tf.add(cdf, 1));
}

/**
 * `x · sigmoid(x)`, also called swish (Ramachandran et al., 2017).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.silu(tf.tensor([-1, 1])) // [-0.269, 0.731]
 * ```
 */
export function silu(x: tf.Tensor): tf.Tensor {
  return tf.mul(x, tf.sigmoid(x));
}

/**
 * `x · relu6(x + 3) / 6`, a cheaper {@link silu} (Howard et al., 2019).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.hardSilu(tf.tensor([-4, 0, 4])) // [0, 0, 4]
 * ```
 */
export function hardSilu(x: tf.Tensor): tf.Tensor {
  return tf.mul(x, tf.div(tf.relu6(tf.add(x, 3)), 6));
}

/**
 * `x · tanh(softplus(x))` (Misra, 2019).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.mish(tf.tensor([-1, 1])) // [-0.303, 0.865]
 * ```
 */
export function mish(x: tf.Tensor): tf.Tensor {
  return tf.mul(x, tf.tanh(tf.softplus(x)));
}

/**
 * Gated linear unit: splits `axis` into halves `a` and `b` and returns `a · sigmoid(b)` (Dauphin et al., 2017).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.glu(tf.tensor([1, 0])) // [0.5]
 * ```
 */
export function glu(x: tf.Tensor, axis = -1): tf.Tensor {
  const size = x.shape.at(axis) ?? 0;
  if (size % 2 !== 0) {
    throw new Error(`glu expected an even number of values along axis ${axis} but found shape [${x.shape}].`);
  }
  const [a, b] = tf.split(x, 2, axis);
  return tf.mul(a!, tf.sigmoid(b!));
}
