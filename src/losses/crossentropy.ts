import * as tf from "@tensorflow/tfjs-core";
import { logitsOf } from "../activations/logits";
import { rememberMask } from "../backend/mask";
import { sigmoidCrossentropy, softmaxCrossentropy } from "../backend/nn/crossentropy";
import * as kinds from "../options/kinds";
import { checkCallOptions } from "../options/options";
import {
  type CrossentropyOptions,
  crossentropyTable,
  type SparseCrossentropyOptions,
  sparseCrossentropyTable,
} from "./crossentropy_options";
import { lossOf } from "./function_loss";
import type { LossOptions } from "./loss";
import { clip, smoothed, toClassesLast, useSparse, valuesOfProbabilities } from "./probabilities";
import { checkSameShape, matched } from "./shapes";

export type { CrossentropyOptions, SparseCrossentropyOptions } from "./crossentropy_options";

/** Options of {@link BinaryCrossentropy} and {@link CategoricalCrossentropy}. */
export interface CrossentropyLossOptions extends CrossentropyOptions, LossOptions {}

/** Options of {@link SparseCategoricalCrossentropy}. */
export interface SparseCrossentropyLossOptions extends SparseCrossentropyOptions, LossOptions {}

/** Options of {@link CategoricalGeneralizedCrossEntropy}. */
export interface GeneralizedLossOptions extends LossOptions {
  /** Between 0 (crossentropy) and 1 (mean absolute error), both excluded. Default 0.5. */
  readonly q?: number;
}

/**
 * `-sum(yTrue · log(yPred))` for one-hot targets; one value per sample.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.categoricalCrossentropy(tf.tensor2d([[0, 1]]), tf.tensor2d([[0.5, 0.5]])) // [0.693]
 * ```
 * @see https://keras.io/api/losses/probabilistic_losses/#categorical_crossentropy-function
 */
export function categoricalCrossentropy(
  yTrue: tf.Tensor,
  yPred: tf.Tensor,
  options: CrossentropyOptions = {},
): tf.Tensor {
  checkCallOptions("categoricalCrossentropy()", options, crossentropyTable.ownOptions);
  const { fromLogits = false, labelSmoothing = 0, axis = -1 } = options;
  checkSameShape("categorical_crossentropy", yTrue, yPred, useSparse);
  const logits = fromLogits ? yPred : logitsOf(yPred, "softmax");
  const classes = yPred.shape.at(axis) ?? 1;
  const targets = toClassesLast(smoothed(tf.cast(yTrue, yPred.dtype), labelSmoothing, classes), axis);
  if (logits !== undefined) return softmaxCrossentropy(targets, toClassesLast(logits, axis));
  const shares = toClassesLast(yPred, axis);
  const probabilities = clip(tf.div(shares, tf.sum(shares, -1, true)));
  return tf.neg(tf.sum(tf.mul(targets, tf.log(probabilities)), -1));
}

/**
 * `-log(yPred[yTrue])` for integer labels; one value per sample.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.sparseCategoricalCrossentropy(tf.tensor1d([1]), tf.tensor2d([[0.5, 0.5]])) // [0.693]
 * ```
 * @see https://keras.io/api/losses/probabilistic_losses/#sparse_categorical_crossentropy-function
 */
export function sparseCategoricalCrossentropy(
  yTrue: tf.Tensor,
  yPred: tf.Tensor,
  options: SparseCrossentropyOptions = {},
): tf.Tensor {
  checkCallOptions("sparseCategoricalCrossentropy()", options, sparseCrossentropyTable.ownOptions);
  const { fromLogits = false, ignoreClass, axis = -1 } = options;
  if (axis !== -1 && axis !== yPred.rank - 1) {
    throw new RangeError(`sparse_categorical_crossentropy supports only axis -1, as Keras does, but found ${axis}.`);
  }
  let labels = yTrue.rank === yPred.rank && yTrue.shape.at(-1) === 1 ? tf.squeeze(yTrue, [-1]) : yTrue;
  const expected = yPred.shape.slice(0, -1);
  if (!tf.util.arraysEqual(labels.shape, expected)) {
    const fix =
      yTrue.rank === yPred.rank ? " For one-hot targets use categorical_crossentropy, or argMax(-1) of them." : "";
    throw new Error(
      `sparse_categorical_crossentropy expected integer labels of shape [${expected}] for predictions of shape [${yPred.shape}] but found [${yTrue.shape}].${fix}`,
    );
  }
  const valid = typeof ignoreClass === "number" ? tf.notEqual(labels, ignoreClass) : undefined;
  if (valid !== undefined) labels = tf.mul(labels, tf.cast(valid, labels.dtype));
  const logits = (fromLogits ? yPred : logitsOf(yPred, "softmax")) ?? tf.log(clip(yPred));
  const oneHot = tf.oneHot(tf.cast(labels, "int32"), yPred.shape.at(-1) ?? 1);
  const values = softmaxCrossentropy(tf.cast(oneHot, logits.dtype), logits);
  return valid === undefined ? values : rememberMask(tf.where(valid, values, tf.zerosLike(values)), valid);
}

/**
 * Mean over the last axis of `-(yTrue · log(yPred) + (1 - yTrue) · log(1 - yPred))`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.binaryCrossentropy(tf.tensor2d([[1]]), tf.tensor2d([[0.5]])) // [0.693]
 * ```
 * @see https://keras.io/api/losses/probabilistic_losses/#binary_crossentropy-function
 */
export function binaryCrossentropy(yTrue: tf.Tensor, yPred: tf.Tensor, options: CrossentropyOptions = {}): tf.Tensor {
  checkCallOptions("binaryCrossentropy()", options, crossentropyTable.ownOptions);
  const { fromLogits = false, labelSmoothing = 0, axis = -1 } = options;
  checkSameShape("binary_crossentropy", yTrue, yPred, "");
  const logits = fromLogits ? yPred : logitsOf(yPred, "sigmoid");
  const targets = smoothed(tf.cast(yTrue, yPred.dtype), labelSmoothing, 2);
  return tf.mean(
    logits === undefined ? valuesOfProbabilities(targets, yPred) : sigmoidCrossentropy(targets, logits),
    axis,
  );
}

/**
 * `(1 - p^q) / q` with `p` the probability of the true class: between crossentropy (q → 0) and mean absolute error (q = 1),
 * robust to wrong labels (Zhang and Sabuncu, 2018).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.categoricalGeneralizedCrossEntropy(tf.tensor1d([1]), tf.tensor2d([[0.75, 0.25]]), 0.5) // [1]
 * ```
 */
export function categoricalGeneralizedCrossEntropy(yTrue: tf.Tensor, yPred: tf.Tensor, q: number): tf.Tensor {
  const oneHot = tf.oneHot(tf.cast(yTrue, "int32"), yPred.shape.at(-1) ?? 1);
  const p = tf.sum(tf.mul(yPred, tf.cast(oneHot, yPred.dtype)), -1);
  return tf.div(tf.sub(1, tf.pow(p, q)), q);
}

/**
 * Crossentropy of targets from 0 to 1, `"binary_crossentropy"`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.BinaryCrossentropy()(tf.tensor2d([[1]]), tf.tensor2d([[0.5]])) // 0.693
 * ```
 * @see https://keras.io/api/losses/probabilistic_losses/#binarycrossentropy-class
 */
export const BinaryCrossentropy = lossOf<CrossentropyLossOptions>(
  "BinaryCrossentropy",
  (yTrue, yPred, options) => binaryCrossentropy(...matched(yTrue, yPred), options),
  crossentropyTable,
);
export type BinaryCrossentropy = InstanceType<typeof BinaryCrossentropy>;

/**
 * Crossentropy of one-hot targets, `"categorical_crossentropy"`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.CategoricalCrossentropy()(tf.tensor2d([[0, 1]]), tf.tensor2d([[0.5, 0.5]])) // 0.693
 * ```
 * @see https://keras.io/api/losses/probabilistic_losses/#categoricalcrossentropy-class
 */
export const CategoricalCrossentropy = lossOf<CrossentropyLossOptions>(
  "CategoricalCrossentropy",
  categoricalCrossentropy,
  crossentropyTable,
);
export type CategoricalCrossentropy = InstanceType<typeof CategoricalCrossentropy>;

/**
 * Crossentropy of integer labels, `"sparse_categorical_crossentropy"`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.SparseCategoricalCrossentropy({ fromLogits: true })(tf.tensor1d([1]), tf.tensor2d([[3, 3]])) // 0.693
 * ```
 * @see https://keras.io/api/losses/probabilistic_losses/#sparsecategoricalcrossentropy-class
 */
export const SparseCategoricalCrossentropy = lossOf<SparseCrossentropyLossOptions>(
  "SparseCategoricalCrossentropy",
  sparseCategoricalCrossentropy,
  sparseCrossentropyTable,
);
export type SparseCategoricalCrossentropy = InstanceType<typeof SparseCategoricalCrossentropy>;

/**
 * Between crossentropy and mean absolute error, robust to wrong labels (Zhang and Sabuncu, 2018).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.CategoricalGeneralizedCrossEntropy()(tf.tensor1d([1]), tf.tensor2d([[0.75, 0.25]])) // 1
 * ```
 */
export const CategoricalGeneralizedCrossEntropy = lossOf<GeneralizedLossOptions>(
  "CategoricalGeneralizedCrossEntropy",
  (yTrue, yPred, { q }) => categoricalGeneralizedCrossEntropy(yTrue, yPred, q),
  { ownOptions: { q: kinds.number({ above: 0, below: 1 }) }, defaults: { q: 0.5 } },
);
export type CategoricalGeneralizedCrossEntropy = InstanceType<typeof CategoricalGeneralizedCrossEntropy>;
