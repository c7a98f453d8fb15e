import * as tf from "@tensorflow/tfjs-core";
import { matched, matchRanks } from "../losses/shapes";
import * as kinds from "../options/kinds";
import { meanOf } from "./mean_of_function";
import type { MetricOptions } from "./metric";

/** Options of {@link BinaryAccuracy}. */
export interface BinaryAccuracyOptions extends MetricOptions {
  /** Predictions above the threshold count as 1. Default 0.5. */
  readonly threshold?: number;
}

/** Options of {@link TopKCategoricalAccuracy} and {@link SparseTopKCategoricalAccuracy}. */
export interface TopKOptions extends MetricOptions {
  /** How many of the largest predictions may contain the right one. Default 5. */
  readonly k?: number;
}

const asFloat = (x: tf.Tensor) => tf.cast(x, "float32");

/**
 * 1 where targets and predictions are equal, else 0.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.accuracy(tf.tensor([1, 2]), tf.tensor([1, 3])) // [1, 0]
 * ```
 */
export function accuracy(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  return asFloat(tf.equal(...matched(yTrue, yPred)));
}

/**
 * 1 where `yPred > threshold` agrees with the target, else 0.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.binaryAccuracy(tf.tensor2d([[1], [0]]), tf.tensor2d([[0.6], [0.7]])) // [[1], [0]]
 * ```
 */
export function binaryAccuracy(yTrue: tf.Tensor, yPred: tf.Tensor, threshold = 0.5): tf.Tensor {
  const [t, p] = matchRanks(yTrue, yPred);
  return asFloat(tf.equal(t, tf.cast(tf.greater(p, threshold), t.dtype)));
}

/**
 * 1 where the largest prediction is that of the class of the one-hot target, else 0.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.categoricalAccuracy(tf.tensor2d([[0, 1]]), tf.tensor2d([[0.1, 0.9]])) // [1]
 * ```
 */
export function categoricalAccuracy(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  return asFloat(tf.equal(tf.argMax(yTrue, -1), tf.argMax(yPred, -1)));
}

/** Integer labels without a last axis of 1. */
function labelsOf(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  const squeeze = yTrue.rank === yPred.rank && yTrue.shape.at(-1) === 1;
  return tf.cast(squeeze ? tf.squeeze(yTrue, [-1]) : yTrue, "int32");
}

/**
 * 1 where the largest prediction is that of the integer label, else 0.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.sparseCategoricalAccuracy(tf.tensor1d([1]), tf.tensor2d([[0.1, 0.9]])) // [1]
 * ```
 */
export function sparseCategoricalAccuracy(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  return asFloat(tf.equal(labelsOf(yTrue, yPred), tf.cast(tf.argMax(yPred, -1), "int32")));
}

/**
 * 1 where fewer than `k` predictions are larger than that of the integer label, else 0.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.sparseTopKCategoricalAccuracy(tf.tensor1d([2]), tf.tensor2d([[0.1, 0.5, 0.4]]), 2) // [1]
 * ```
 */
export function sparseTopKCategoricalAccuracy(yTrue: tf.Tensor, yPred: tf.Tensor, k = 5): tf.Tensor {
  const hot = tf.oneHot(labelsOf(yTrue, yPred), yPred.shape.at(-1) ?? 1);
  const own = tf.sum(tf.mul(yPred, tf.cast(hot, yPred.dtype)), -1, true);
  const above = tf.sum(asFloat(tf.greater(yPred, own)), -1);
  return asFloat(tf.less(above, k));
}

/**
 * 1 where fewer than `k` predictions are larger than that of the class of the one-hot target, else 0.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.topKCategoricalAccuracy(tf.tensor2d([[0, 0, 1]]), tf.tensor2d([[0.1, 0.5, 0.4]]), 2) // [1]
 * ```
 */
export function topKCategoricalAccuracy(yTrue: tf.Tensor, yPred: tf.Tensor, k = 5): tf.Tensor {
  return sparseTopKCategoricalAccuracy(tf.argMax(yTrue, -1), yPred, k);
}

/**
 * Share of predictions that equal their targets. As a string in `compile`, `"accuracy"` is the accuracy that fits the shapes.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.Accuracy()(tf.tensor([1, 2]), tf.tensor([1, 3])) // 0.5
 * ```
 * @see https://keras.io/api/metrics/accuracy_metrics/
 */
export const Accuracy = meanOf("Accuracy", accuracy, { direction: "up" });
export type Accuracy = InstanceType<typeof Accuracy>;

/**
 * Share of predictions on the right side of the threshold.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.BinaryAccuracy()(tf.tensor2d([[1], [0]]), tf.tensor2d([[0.6], [0.7]])) // 0.5
 * ```
 */
export const BinaryAccuracy = meanOf<BinaryAccuracyOptions>(
  "BinaryAccuracy",
  (yTrue, yPred, { threshold }) => binaryAccuracy(yTrue, yPred, threshold),
  { direction: "up", ownOptions: { threshold: kinds.number() }, defaults: { threshold: 0.5 } },
);
export type BinaryAccuracy = InstanceType<typeof BinaryAccuracy>;

/**
 * Share of samples whose largest prediction is that of the one-hot target.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.CategoricalAccuracy()(tf.tensor2d([[0, 1]]), tf.tensor2d([[0.1, 0.9]])) // 1
 * ```
 */
export const CategoricalAccuracy = meanOf("CategoricalAccuracy", categoricalAccuracy, { direction: "up" });
export type CategoricalAccuracy = InstanceType<typeof CategoricalAccuracy>;

/**
 * Share of samples whose largest prediction is that of the integer label.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.SparseCategoricalAccuracy()(tf.tensor1d([1]), tf.tensor2d([[0.1, 0.9]])) // 1
 * ```
 */
export const SparseCategoricalAccuracy = meanOf("SparseCategoricalAccuracy", sparseCategoricalAccuracy, {
  direction: "up",
});
export type SparseCategoricalAccuracy = InstanceType<typeof SparseCategoricalAccuracy>;

/**
 * Share of samples whose one-hot target is among the `k` largest predictions.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.TopKCategoricalAccuracy({ k: 2 })(tf.tensor2d([[0, 0, 1]]), tf.tensor2d([[0.1, 0.5, 0.4]])) // 1
 * ```
 */
export const TopKCategoricalAccuracy = meanOf<TopKOptions>(
  "TopKCategoricalAccuracy",
  (yTrue, yPred, { k }) => topKCategoricalAccuracy(yTrue, yPred, k),
  { direction: "up", ownOptions: { k: kinds.count }, defaults: { k: 5 } },
);
export type TopKCategoricalAccuracy = InstanceType<typeof TopKCategoricalAccuracy>;

/**
 * Share of samples whose integer label is among the `k` largest predictions.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.SparseTopKCategoricalAccuracy({ k: 2 })(tf.tensor1d([2]), tf.tensor2d([[0.1, 0.5, 0.4]])) // 1
 * ```
 */
export const SparseTopKCategoricalAccuracy = meanOf<TopKOptions>(
  "SparseTopKCategoricalAccuracy",
  (yTrue, yPred, { k }) => sparseTopKCategoricalAccuracy(yTrue, yPred, k),
  { direction: "up", ownOptions: { k: kinds.count }, defaults: { k: 5 } },
);
export type SparseTopKCategoricalAccuracy = InstanceType<typeof SparseTopKCategoricalAccuracy>;
