import * as tf from "@tensorflow/tfjs-core";
import { rememberLogits } from "./logits";

/**
 * `1 / (1 + e⁻ˣ)`. A binary crossentropy of the result is computed from `x` itself, as Keras does.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.sigmoid(tf.tensor([0, 2])) // [0.5, 0.881]
 * ```
 */
export function sigmoid(x: tf.Tensor): tf.Tensor {
  return rememberLogits(tf.sigmoid(x), x, "sigmoid");
}

/**
 * `relu6(x + 3) / 6`, a cheaper {@link sigmoid}.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.hardSigmoid(tf.tensor([-3, 0, 3])) // [0, 0.5, 1]
 * ```
 */
export function hardSigmoid(x: tf.Tensor): tf.Tensor {
  return tf.div(tf.relu6(tf.add(x, 3)), 6);
}

/**
 * `log(sigmoid(x))`, computed without underflow.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.logSigmoid(tf.tensor([0])) // [-0.693]
 * ```
 */
export function logSigmoid(x: tf.Tensor): tf.Tensor {
  return tf.neg(tf.softplus(tf.neg(x)));
}

/**
 * Hyperbolic tangent.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.tanh(tf.tensor([0, 1])) // [0, 0.762]
 * ```
 */
export function tanh(x: tf.Tensor): tf.Tensor {
  return tf.tanh(x);
}

/**
 * `x` clipped to -1 and 1.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.hardTanh(tf.tensor([-2, 0.5])) // [-1, 0.5]
 * ```
 */
export function hardTanh(x: tf.Tensor): tf.Tensor {
  return tf.clipByValue(x, -1, 1);
}

/**
 * `log(1 + eˣ)`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.softplus(tf.tensor([0])) // [0.693]
 * ```
 */
export function softplus(x: tf.Tensor): tf.Tensor {
  return tf.softplus(x);
}

/**
 * `x / (1 + |x|)`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.softsign(tf.tensor([-1, 1])) // [-0.5, 0.5]
 * ```
 */
export function softsign(x: tf.Tensor): tf.Tensor {
  return tf.div(x, tf.add(tf.abs(x), 1));
}

/**
 * `eˣ`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.exponential(tf.tensor([0, 1])) // [1, 2.718]
 * ```
 */
export function exponential(x: tf.Tensor): tf.Tensor {
  return tf.exp(x);
}

/**
 * `x` itself.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.linear(tf.tensor([1, 2])) // [1, 2]
 * ```
 */
export function linear(x: tf.Tensor): tf.Tensor {
  return x;
}
