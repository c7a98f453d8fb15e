import * as tf from "@tensorflow/tfjs-core";

/**
 * How often each class was predicted as each: `[numClasses, numClasses]`, true classes down, predicted ones across.
 *
 * @param labels integer classes of any shape; those outside 0 … numClasses - 1 do not count
 * @param predictions integer classes, as many as labels
 * @param weights one for each label. Default 1
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.confusionMatrix(tf.tensor1d([0, 1, 1]), tf.tensor1d([0, 1, 0]), 2) // [[1, 0], [1, 1]]
 * ```
 */
export function confusionMatrix(
  labels: tf.Tensor,
  predictions: tf.Tensor,
  numClasses: number,
  weights?: tf.Tensor,
): tf.Tensor2D {
  if (labels.size !== predictions.size) {
    throw new Error(
      `confusionMatrix() expected as many predictions as labels but found shapes [${predictions.shape}] and [${labels.shape}]. For probabilities use argMax(-1) first.`,
    );
  }
  return tf.tidy(() => {
    const hot = (x: tf.Tensor) => tf.cast(tf.oneHot(tf.cast(tf.reshape(x, [-1]), "int32"), numClasses), "float32");
    const rows = weights === undefined ? hot(labels) : tf.mul(hot(labels), tf.reshape(weights, [-1, 1]));
    return tf.matMul(rows as tf.Tensor2D, hot(predictions) as tf.Tensor2D, true, false);
  });
}
