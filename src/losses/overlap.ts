import * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../options/kinds";
import { checkCallOptions } from "../options/options";
import { epsilon } from "./shapes";

/** Options of {@link tversky}. */
export interface TverskyOptions {
  /** Weight of false positives. Default 0.5. */
  readonly alpha?: number;
  /** Weight of false negatives. Default 0.5. */
  readonly beta?: number;
  /** The axes to sum over. Default: all, which gives one value for the batch. */
  readonly axis?: number | number[] | undefined;
}

const tverskyKinds: kinds.KindsOf<TverskyOptions> = {
  alpha: kinds.number(),
  beta: kinds.number(),
  axis: kinds.orNull(kinds.axes),
};

/**
 * `1 - 2 · |A ∩ B| / (|A| + |B|)`, for segmentation masks, over all values or along `axis`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.dice(tf.tensor2d([[1, 0]]), tf.tensor2d([[1, 1]])) // 0.333
 * ```
 */
export function dice(yTrue: tf.Tensor, yPred: tf.Tensor, axis?: number | number[]): tf.Tensor {
  const t = tf.cast(yTrue, yPred.dtype);
  const sizes = tf.add(tf.sum(t, axis), tf.sum(yPred, axis));
  return tf.sub(1, tf.div(tf.mul(2, tf.sum(tf.mul(t, yPred), axis)), tf.add(sizes, epsilon)));
}

/**
 * {@link dice} with weights for false positives and false negatives (Salehi et al., 2017); as in Keras 3.16, where 3.15 had
 * the two weights the wrong way round.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.tversky(tf.tensor2d([[1, 0]]), tf.tensor2d([[1, 1]]), { alpha: 1 }) // 0.5
 * ```
 */
export function tversky(yTrue: tf.Tensor, yPred: tf.Tensor, options: TverskyOptions = {}): tf.Tensor {
  checkCallOptions("tversky()", options, tverskyKinds);
  const { alpha = 0.5, beta = 0.5, axis } = options;
  const t = tf.cast(yTrue, yPred.dtype);
  const hits = tf.sum(tf.mul(t, yPred), axis);
  const wrong = tf.sum(tf.mul(tf.sub(1, t), yPred), axis);
  const missed = tf.sum(tf.mul(t, tf.sub(1, yPred)), axis);
  const total = tf.add(tf.add(hits, tf.mul(wrong, alpha)), tf.add(tf.mul(missed, beta), epsilon));
  return tf.sub(1, tf.div(hits, total));
}
