import * as tf from "@tensorflow/tfjs-core";
import { logitsOf } from "../activations/logits";
import { rememberMask } from "../backend/mask";
import { sigmoidCrossentropy, softmaxCrossentropy } from "../backend/nn/crossentropy";
import { checkCallOptions } from "../options/options";
import {
  type BinaryFocalOptions,
  binaryFocalKinds,
  type CategoricalFocalOptions,
  type CrossentropyOptions,
  categoricalFocalKinds,
  crossentropyKinds,
  type SparseCrossentropyOptions,
  sparseKinds,
} from "./crossentropy_options";
import { checkSameShape, epsilon } from "./shapes";

export type {
  BinaryFocalOptions,
  CategoricalFocalOptions,
  CrossentropyOptions,
  SparseCrossentropyOptions,
} from "./crossentropy_options";

const clip = (x: tf.Tensor) => tf.clipByValue(x, epsilon, 1 - epsilon);

function classesLast(x: tf.Tensor, axis: number): tf.Tensor {
  const last = x.rank - 1;
  const at = axis < 0 ? axis + x.rank : axis;
  if (at === last) return x;
  return tf.transpose(x, [...x.shape.keys()].filter((i) => i !== at).concat(at));
}

function smoothed(targets: tf.Tensor, labelSmoothing: number, classes: number): tf.Tensor {
  if (labelSmoothing === 0) return targets;
  return tf.add(tf.mul(targets, 1 - labelSmoothing), labelSmoothing / classes);
}

const useSparse = "For integer labels use sparse_categorical_crossentropy, or toCategorical().";

/**
 * `-sum(yTrue · log(yPred))` for one-hot targets; one value per sample.
 * https://keras.io/api/losses/probabilistic_losses/#categorical_crossentropy-function
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.categoricalCrossentropy(tf.tensor2d([[0, 1]]), tf.tensor2d([[0.5, 0.5]])) // [0.693]
 * ```
 */
export function categoricalCrossentropy(
  yTrue: tf.Tensor,
  yPred: tf.Tensor,
  options: CrossentropyOptions = {},
): tf.Tensor {
  checkCallOptions("categoricalCrossentropy()", options, crossentropyKinds);
  const { fromLogits = false, labelSmoothing = 0, axis = -1 } = options;
  checkSameShape("categorical_crossentropy", yTrue, yPred, useSparse);
  const logits = fromLogits ? yPred : logitsOf(yPred, "softmax");
  const classes = yPred.shape.at(axis) ?? 1;
  const targets = classesLast(smoothed(tf.cast(yTrue, yPred.dtype), labelSmoothing, classes), axis);
  if (logits !== undefined) return softmaxCrossentropy(targets, classesLast(logits, axis));
  const shares = classesLast(yPred, axis);
  const probabilities = clip(tf.div(shares, tf.sum(shares, -1, true)));
  return tf.neg(tf.sum(tf.mul(targets, tf.log(probabilities)), -1));
}

/**
 * `-log(yPred[yTrue])` for integer labels; one value per sample.
 * https://keras.io/api/losses/probabilistic_losses/#sparse_categorical_crossentropy-function
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.sparseCategoricalCrossentropy(tf.tensor1d([1]), tf.tensor2d([[0.5, 0.5]])) // [0.693]
 * ```
 */
export function sparseCategoricalCrossentropy(
  yTrue: tf.Tensor,
  yPred: tf.Tensor,
  options: SparseCrossentropyOptions = {},
): tf.Tensor {
  checkCallOptions("sparseCategoricalCrossentropy()", options, sparseKinds);
  const { fromLogits = false, ignoreClass, axis = -1 } = options;
  if (axis !== -1 && axis !== yPred.rank - 1) {
    throw new RangeError(`sparse_categorical_crossentropy supports only axis -1, as Keras does, but found ${axis}.`);
  }
  let labels = yTrue.rank === yPred.rank && yTrue.shape.at(-1) === 1 ? tf.squeeze(yTrue, [-1]) : yTrue;
  const expected = yPred.shape.slice(0, -1);
  if (labels.rank !== expected.length || labels.shape.some((size, i) => size !== expected[i])) {
    const fix =
      yTrue.rank === yPred.rank ? " For one-hot targets use categorical_crossentropy, or argMax(-1) of them." : "";
    throw new Error(
      `sparse_categorical_crossentropy expected integer labels of shape [${expected}] for predictions of shape [${yPred.shape}] but found [${yTrue.shape}].${fix}`,
    );
  }
  const valid = ignoreClass === undefined || ignoreClass === null ? undefined : tf.notEqual(labels, ignoreClass);
  if (valid !== undefined) labels = tf.mul(labels, tf.cast(valid, labels.dtype));
  const logits = (fromLogits ? yPred : logitsOf(yPred, "softmax")) ?? tf.log(clip(yPred));
  const oneHot = tf.oneHot(tf.cast(labels, "int32"), yPred.shape.at(-1) ?? 1);
  const values = softmaxCrossentropy(tf.cast(oneHot, logits.dtype), logits);
  return valid === undefined ? values : rememberMask(tf.where(valid, values, tf.zerosLike(values)), valid);
}

/**
 * Mean over the last axis of `-(yTrue · log(yPred) + (1 - yTrue) · log(1 - yPred))`.
 * https://keras.io/api/losses/probabilistic_losses/#binary_crossentropy-function
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.binaryCrossentropy(tf.tensor2d([[1]]), tf.tensor2d([[0.5]])) // [0.693]
 * ```
 */
export function binaryCrossentropy(yTrue: tf.Tensor, yPred: tf.Tensor, options: CrossentropyOptions = {}): tf.Tensor {
  checkCallOptions("binaryCrossentropy()", options, crossentropyKinds);
  const { fromLogits = false, labelSmoothing = 0, axis = -1 } = options;
  checkSameShape("binary_crossentropy", yTrue, yPred, "");
  const logits = fromLogits ? yPred : logitsOf(yPred, "sigmoid");
  const targets = smoothed(tf.cast(yTrue, yPred.dtype), labelSmoothing, 2);
  return tf.mean(logits === undefined ? ofProbabilities(targets, yPred) : sigmoidCrossentropy(targets, logits), axis);
}

function ofProbabilities(targets: tf.Tensor, probabilities: tf.Tensor): tf.Tensor {
  const p = clip(probabilities);
  const log1 = tf.mul(targets, tf.log(p));
  return tf.neg(tf.add(log1, tf.mul(tf.sub(1, targets), tf.log(tf.sub(1, p)))));
}

/**
 * Binary crossentropy with samples that are already right played down by `(1 - p)^gamma` (Lin et al., 2018).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.binaryFocalCrossentropy(tf.tensor2d([[1]]), tf.tensor2d([[0.5]])) // [0.173]
 * ```
 */
export function binaryFocalCrossentropy(
  yTrue: tf.Tensor,
  yPred: tf.Tensor,
  options: BinaryFocalOptions = {},
): tf.Tensor {
  checkCallOptions("binaryFocalCrossentropy()", options, binaryFocalKinds);
  const { applyClassBalancing = false, alpha = 0.25, gamma = 2 } = options;
  const { fromLogits = false, labelSmoothing = 0, axis = -1 } = options;
  checkSameShape("binary_focal_crossentropy", yTrue, yPred, "");
  const targets = smoothed(tf.cast(yTrue, yPred.dtype), labelSmoothing, 2);
  const p = fromLogits ? tf.sigmoid(yPred) : yPred;
  const others = tf.sub(1, targets);
  const right = tf.add(tf.mul(targets, p), tf.mul(others, tf.sub(1, p)));
  let focal = tf.mul(tf.pow(tf.sub(1, right), gamma), ofProbabilities(targets, p));
  if (applyClassBalancing) focal = tf.mul(focal, tf.add(tf.mul(targets, alpha), tf.mul(others, 1 - alpha)));
  return tf.mean(focal, axis);
}

/**
 * Categorical crossentropy with samples that are already right played down by `(1 - p)^gamma` (Lin et al., 2018).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.categoricalFocalCrossentropy(tf.tensor2d([[0, 1]]), tf.tensor2d([[0.5, 0.5]])) // [0.043]
 * ```
 */
export function categoricalFocalCrossentropy(
  yTrue: tf.Tensor,
  yPred: tf.Tensor,
  options: CategoricalFocalOptions = {},
): tf.Tensor {
  checkCallOptions("categoricalFocalCrossentropy()", options, categoricalFocalKinds);
  const { alpha = 0.25, gamma = 2, fromLogits = false, labelSmoothing = 0, axis = -1 } = options;
  checkSameShape("categorical_focal_crossentropy", yTrue, yPred, useSparse);
  const targets = classesLast(smoothed(tf.cast(yTrue, yPred.dtype), labelSmoothing, yPred.shape.at(axis) ?? 1), axis);
  const scores = classesLast(yPred, axis);
  const shares = fromLogits ? tf.softmax(scores) : scores;
  const p = clip(tf.div(shares, tf.sum(shares, -1, true)));
  const factor = tf.mul(tf.pow(tf.sub(1, p), gamma), typeof alpha === "number" ? alpha : tf.tensor1d([...alpha]));
  return tf.neg(tf.sum(tf.mul(factor, tf.mul(targets, tf.log(p))), -1));
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
