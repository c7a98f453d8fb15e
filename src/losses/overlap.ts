import * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../options/kinds";
import { checkCallOptions } from "../options/options";
import type { OptionTable } from "./configurable";
import { lossOf } from "./function_loss";
import type { LossOptions } from "./loss";
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

/** Options of {@link Dice}. */
export interface DiceOptions extends LossOptions {
  /** The axes to sum over. Default: all, which gives one value for the batch. */
  readonly axis?: number | number[] | undefined;
}

/** Options of {@link Tversky}. */
export interface TverskyLossOptions extends TverskyOptions, LossOptions {}

const axis = kinds.orNull(kinds.axes);

const tverskyTable: OptionTable<TverskyOptions> = {
  ownOptions: { alpha: kinds.number(), beta: kinds.number(), axis },
  defaults: { alpha: 0.5, beta: 0.5, axis: undefined },
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
 * {@link dice} with weights for false positives and false negatives (Salehi et al., 2017). As in Keras 3.16: 3.15 had the two
 * weights swapped.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.tversky(tf.tensor2d([[1, 0]]), tf.tensor2d([[1, 1]]), { alpha: 1 }) // 0.5
 * ```
 */
export function tversky(yTrue: tf.Tensor, yPred: tf.Tensor, options: TverskyOptions = {}): tf.Tensor {
  checkCallOptions("tversky()", options, tverskyTable.ownOptions);
  const { alpha = 0.5, beta = 0.5, axis } = options;
  const t = tf.cast(yTrue, yPred.dtype);
  const hits = tf.sum(tf.mul(t, yPred), axis);
  const wrong = tf.sum(tf.mul(tf.sub(1, t), yPred), axis);
  const missed = tf.sum(tf.mul(t, tf.sub(1, yPred)), axis);
  const total = tf.add(tf.add(hits, tf.mul(wrong, alpha)), tf.add(tf.mul(missed, beta), epsilon));
  return tf.sub(1, tf.div(hits, total));
}

/**
 * `1 - 2 · |A ∩ B| / (|A| + |B|)`, for segmentation masks; over all values unless `axis` says which.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.Dice()(tf.tensor2d([[1, 0]]), tf.tensor2d([[1, 1]])) // 0.333
 * ```
 */
export const Dice = lossOf<DiceOptions>("Dice", (yTrue, yPred, options) => dice(yTrue, yPred, options.axis), {
  ownOptions: { axis },
  defaults: { axis: undefined },
});
export type Dice = InstanceType<typeof Dice>;

/**
 * {@link Dice} with weights for false positives (`alpha`) and false negatives (`beta`).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.Tversky({ alpha: 1 })(tf.tensor2d([[1, 0]]), tf.tensor2d([[1, 1]])) // 0.5
 * ```
 */
export const Tversky = lossOf<TverskyLossOptions>("Tversky", tversky, tverskyTable);
export type Tversky = InstanceType<typeof Tversky>;
