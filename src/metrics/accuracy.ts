import * as tf from "@tensorflow/tfjs-core";
import { matched, matchRanks } from "../losses/shapes";

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
