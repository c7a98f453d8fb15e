import * as tf from "@tensorflow/tfjs-core";

/** `gradient`, scaled to the norm `limit` if its norm is greater. */
export function clipByNorm(gradient: tf.Tensor, limit: number): tf.Tensor {
  const norm = tf.sqrt(tf.sum(tf.square(gradient)));
  return tf.div(tf.mul(gradient, limit), tf.maximum(norm, limit));
}

/** All gradients, scaled by one factor so that their common norm is at most `limit`; NaN if one is not finite. */
export function clipByGlobalNorm(gradients: readonly tf.Tensor[], limit: number): tf.Tensor[] {
  const squares = gradients.map((gradient) => tf.sum(tf.square(gradient)));
  const norm = tf.sqrt(tf.addN(squares));
  const scale = tf.mul(limit, tf.minimum(tf.div(1, norm), 1 / limit));
  const finite = tf.add(scale, tf.sub(norm, norm));
  return gradients.map((gradient) => tf.mul(gradient, finite));
}
