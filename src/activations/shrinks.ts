import * as tf from "@tensorflow/tfjs-core";

/**
 * `x` where `|x| > threshold`, else 0.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.hardShrink(tf.tensor([-0.2, 1])) // [0, 1]
 * ```
 */
export function hardShrink(x: tf.Tensor, threshold = 0.5): tf.Tensor {
  return tf.where(tf.greater(tf.abs(x), threshold), x, tf.zerosLike(x));
}

/**
 * `x` moved towards zero by `threshold`, 0 within it.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.softShrink(tf.tensor([-1, 0.2, 2])) // [-0.5, 0, 1.5]
 * ```
 */
export function softShrink(x: tf.Tensor, threshold = 0.5): tf.Tensor {
  return tf.sub(tf.relu(tf.sub(x, threshold)), tf.relu(tf.sub(tf.neg(x), threshold)));
}

/**
 * `x - tanh(x)`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.tanhShrink(tf.tensor([0, 1])) // [0, 0.238]
 * ```
 */
export function tanhShrink(x: tf.Tensor): tf.Tensor {
  return tf.sub(x, tf.tanh(x));
}

/**
 * `x` where it is above `limit`, else `defaultValue`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.threshold(tf.tensor([1, 5]), 2, 0) // [0, 5]
 * ```
 */
export function threshold(x: tf.Tensor, limit: number, defaultValue: number): tf.Tensor {
  return tf.where(tf.greater(x, limit), x, tf.fill(x.shape, defaultValue));
}

/**
 * 0 up to -1, `(x + 1)² / 4` up to 1, then `x`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.sparsePlus(tf.tensor([-2, 0, 2])) // [0, 0.25, 2]
 * ```
 */
export function sparsePlus(x: tf.Tensor): tf.Tensor {
  const curve = tf.div(tf.square(tf.add(x, 1)), 4);
  return tf.where(tf.lessEqual(x, -1), tf.zerosLike(x), tf.where(tf.less(x, 1), curve, x));
}

/**
 * `clip((x + 1) / 2, 0, 1)`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.sparseSigmoid(tf.tensor([-2, 0, 2])) // [0, 0.5, 1]
 * ```
 */
export function sparseSigmoid(x: tf.Tensor): tf.Tensor {
  return tf.clipByValue(tf.mul(tf.add(x, 1), 0.5), 0, 1);
}

/**
 * `(x + sqrt(x² + b)) / 2`, a softplus without exponentials (Barron, 2021).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.squareplus(tf.tensor([0])) // [1]
 * ```
 */
export function squareplus(x: tf.Tensor, b = 4): tf.Tensor {
  return tf.div(tf.add(x, tf.sqrt(tf.add(tf.square(x), b))), 2);
}
