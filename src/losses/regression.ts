import * as tf from "@tensorflow/tfjs-core";
import { epsilon, matched, normalize } from "./shapes";

/**
 * Mean over the last axis of `(yTrue - yPred)²`. One value per sample. https://keras.io/api/losses/regression_losses/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.meanSquaredError(tf.tensor2d([[0, 1]]), tf.tensor2d([[1, 1]])) // [0.5]
 * ```
 */
export function meanSquaredError(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  const [t, p] = matched(yTrue, yPred);
  return tf.mean(tf.square(tf.sub(t, p)), -1);
}

/**
 * Mean over the last axis of `|yTrue - yPred|`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.meanAbsoluteError(tf.tensor2d([[0, 1]]), tf.tensor2d([[1, 1]])) // [0.5]
 * ```
 */
export function meanAbsoluteError(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  const [t, p] = matched(yTrue, yPred);
  return tf.mean(tf.abs(tf.sub(t, p)), -1);
}

/**
 * Mean over the last axis of `100 · |(yTrue - yPred) / yTrue|`, in percent.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.meanAbsolutePercentageError(tf.tensor2d([[2]]), tf.tensor2d([[1]])) // [50]
 * ```
 */
export function meanAbsolutePercentageError(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  const [t, p] = matched(yTrue, yPred);
  return tf.mul(100, tf.mean(tf.abs(tf.div(tf.sub(t, p), tf.maximum(tf.abs(t), epsilon))), -1));
}

/**
 * Mean over the last axis of `(log(yTrue + 1) - log(yPred + 1))²`; values below 1e-7 count as that.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.meanSquaredLogarithmicError(tf.tensor2d([[0]]), tf.tensor2d([[Math.E - 1]])) // [1]
 * ```
 */
export function meanSquaredLogarithmicError(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  const [t, p] = matched(yTrue, yPred);
  const log = (x: tf.Tensor) => tf.log(tf.add(tf.maximum(x, epsilon), 1));
  return tf.mean(tf.square(tf.sub(log(p), log(t))), -1);
}

/**
 * Minus the cosine of the angle between targets and predictions along `axis`: -1 is the same direction.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.cosineSimilarity(tf.tensor2d([[0, 2]]), tf.tensor2d([[0, 1]])) // [-1]
 * ```
 */
export function cosineSimilarity(yTrue: tf.Tensor, yPred: tf.Tensor, axis = -1): tf.Tensor {
  const [t, p] = matched(yTrue, yPred);
  return tf.neg(tf.sum(tf.mul(normalize(t, axis), normalize(p, axis)), axis));
}

/**
 * Mean over the last axis of half the squared error up to `delta`, linear beyond (Huber, 1964).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.huber(tf.tensor2d([[0, 0]]), tf.tensor2d([[1, 3]])) // [1.5]
 * ```
 */
export function huber(yTrue: tf.Tensor, yPred: tf.Tensor, delta = 1): tf.Tensor {
  const [t, p] = matched(yTrue, yPred);
  const size = tf.abs(tf.sub(p, t));
  const near = tf.mul(0.5, tf.square(size));
  const far = tf.sub(tf.mul(delta, size), 0.5 * delta * delta);
  return tf.mean(tf.where(tf.lessEqual(size, delta), near, far), -1);
}

/**
 * Mean over the last axis of `log(cosh(yPred - yTrue))`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.logCosh(tf.tensor2d([[0]]), tf.tensor2d([[1]])) // [0.434]
 * ```
 */
export function logCosh(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  const [t, p] = matched(yTrue, yPred);
  const error = tf.sub(p, t);
  return tf.mean(tf.sub(tf.add(error, tf.softplus(tf.mul(error, -2))), Math.LN2), -1);
}

/**
 * Mean over the last axis of `yPred - yTrue · log(yPred)`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.poisson(tf.tensor2d([[2]]), tf.tensor2d([[1]])) // [1]
 * ```
 */
export function poisson(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  const [t, p] = matched(yTrue, yPred);
  return tf.mean(tf.sub(p, tf.mul(t, tf.log(tf.add(p, epsilon)))), -1);
}

/**
 * Sum over the last axis of `yTrue · log(yTrue / yPred)`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.klDivergence(tf.tensor2d([[0.5, 0.5]]), tf.tensor2d([[0.5, 0.5]])) // [0]
 * ```
 */
export function klDivergence(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  const [trueValues, predicted] = matched(yTrue, yPred);
  const t = tf.clipByValue(trueValues, epsilon, 1);
  const p = tf.clipByValue(predicted, epsilon, 1);
  return tf.sum(tf.mul(t, tf.log(tf.div(t, p))), -1);
}
