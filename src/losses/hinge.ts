import * as tf from "@tensorflow/tfjs-core";
import { lossOf } from "./function_loss";
import { matched } from "./shapes";

/** Labels 0 and 1 as -1 and 1; other labels unchanged. As in Keras, the whole batch decides. */
function signed(labels: tf.Tensor): tf.Tensor {
  const isBinary = tf.all(tf.logicalOr(tf.equal(labels, 0), tf.equal(labels, 1)));
  const spread = tf.sub(tf.mul(labels, 2), 1);
  const pick = tf.cast(isBinary, labels.dtype);
  return tf.add(tf.mul(pick, spread), tf.mul(tf.sub(1, pick), labels));
}

/**
 * Mean over the last axis of `max(1 - yTrue · yPred, 0)`; labels are -1 and 1, or 0 and 1.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.hinge(tf.tensor2d([[1, -1]]), tf.tensor2d([[0.5, -2]])) // [0.25]
 * ```
 */
export function hinge(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  const [t, p] = matched(yTrue, yPred);
  return tf.mean(tf.relu(tf.sub(1, tf.mul(signed(t), p))), -1);
}

/**
 * Mean over the last axis of `max(1 - yTrue · yPred, 0)²`; labels are -1 and 1, or 0 and 1.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.squaredHinge(tf.tensor2d([[1, -1]]), tf.tensor2d([[0.5, -2]])) // [0.125]
 * ```
 */
export function squaredHinge(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  const [t, p] = matched(yTrue, yPred);
  return tf.mean(tf.square(tf.relu(tf.sub(1, tf.mul(signed(t), p)))), -1);
}

/**
 * `max(neg - pos + 1, 0)` with `pos` the score of the true class and `neg` the best of the others; targets are one-hot.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.categoricalHinge(tf.tensor2d([[0, 1]]), tf.tensor2d([[0.4, 0.6]])) // [0.8]
 * ```
 */
export function categoricalHinge(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  const [t, p] = matched(yTrue, yPred);
  const pos = tf.sum(tf.mul(t, p), -1);
  const neg = tf.max(tf.mul(tf.sub(1, t), p), -1);
  return tf.relu(tf.add(tf.sub(neg, pos), 1));
}

/**
 * Mean of `max(1 - yTrue · yPred, 0)`; labels are -1 and 1, or 0 and 1.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.Hinge()(tf.tensor2d([[1, -1]]), tf.tensor2d([[0.5, -2]])) // 0.25
 * ```
 * @see https://keras.io/api/losses/hinge_losses/
 */
export const Hinge = lossOf("Hinge", hinge);
export type Hinge = InstanceType<typeof Hinge>;

/**
 * Mean of `max(1 - yTrue · yPred, 0)²`; labels are -1 and 1, or 0 and 1.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.SquaredHinge()(tf.tensor2d([[1, -1]]), tf.tensor2d([[0.5, -2]])) // 0.125
 * ```
 */
export const SquaredHinge = lossOf("SquaredHinge", squaredHinge);
export type SquaredHinge = InstanceType<typeof SquaredHinge>;

/**
 * `max(neg - pos + 1, 0)` for one-hot targets.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.CategoricalHinge()(tf.tensor2d([[0, 1]]), tf.tensor2d([[0.4, 0.6]])) // 0.8
 * ```
 */
export const CategoricalHinge = lossOf("CategoricalHinge", categoricalHinge);
export type CategoricalHinge = InstanceType<typeof CategoricalHinge>;
