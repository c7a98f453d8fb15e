import * as tf from "@tensorflow/tfjs-core";
import { lossOf } from "./function_loss";
import { epsilon, matched } from "./shapes";

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

/**
 * Kullback-Leibler divergence, `"kld"`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.KLDivergence()(tf.tensor2d([[0.5, 0.5]]), tf.tensor2d([[0.5, 0.5]])) // 0
 * ```
 */
export const KLDivergence = lossOf("KLDivergence", klDivergence);
export type KLDivergence = InstanceType<typeof KLDivergence>;

/**
 * Negative log likelihood of counts.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.Poisson()(tf.tensor2d([[2]]), tf.tensor2d([[1]])) // 1
 * ```
 */
export const Poisson = lossOf("Poisson", poisson);
export type Poisson = InstanceType<typeof Poisson>;
