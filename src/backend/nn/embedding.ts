import * as tf from "@tensorflow/tfjs-core";

/**
 * The rows of `table` that `ids` name: `[...ids, width]`.
 *
 * @param table `[rows, width]`
 * @param ids whole numbers from 0 to rows - 1, of any shape
 */
export function embeddingLookup(table: tf.Tensor2D, ids: tf.Tensor): tf.Tensor {
  // TensorFlow.js has the gradient of a gather for a single row of ids only.
  const flat = tf.cast(tf.reshape(ids, [-1]), "int32");
  return tf.reshape(tf.gather(table, flat as tf.Tensor1D), [...ids.shape, table.shape[1]]);
}
