import * as tf from "@tensorflow/tfjs-core";

/** `x`, treated as a constant when gradients are taken. */
export function stopGradient(x: tf.Tensor): tf.Tensor {
  return tf.customGrad((value) => ({
    value: tf.clone(value as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => tf.zerosLike(dy),
  }))(x);
}
