import * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../options/kinds";
import { checked } from "../options/options";

/**
 * Divides by the norm along an axis; all zeros stay zeros.
 *
 * @param x numbers of any shape
 * @param axis along which the norm is taken. Default -1, the last
 * @param order of the norm: 2 is the Euclidean one, 1 the sum of absolute values. Default 2
 * @returns float32 of the same shape
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * keras.utils.normalize([[3, 4], [0, 0]], -1, 1).arraySync() // [ [ 0.4285714328289032, 0.5714285969734192 ], [ 0, 0 ] ]
 * ```
 * @see https://keras.io/api/utils/python_utils/#normalize-function
 */
export function normalize(x: tf.Tensor | tf.TensorLike, axis = -1, order = 2): tf.Tensor {
  checked("normalize()", "axis", axis, kinds.axis);
  checked("normalize()", "order", order, kinds.number());
  return tf.tidy(() => {
    const numbers = tf.cast(x as tf.Tensor, "float32");
    const norm = tf.norm(numbers, order, axis, true);
    return tf.div(numbers, tf.where(tf.equal(norm, 0), tf.onesLike(norm), norm));
  });
}
