import type * as tf from "@tensorflow/tfjs-core";

const masks = new WeakMap<tf.Tensor, tf.Tensor>();

/** The mask of the values that count in a tensor, if the layer or the loss that made it set one. */
export function maskOf(tensor: tf.Tensor): tf.Tensor | undefined {
  const mask = masks.get(tensor);
  return mask?.isDisposed === true ? undefined : mask;
}

/** Sets the mask of a tensor, and returns the tensor. */
export function rememberMask(tensor: tf.Tensor, mask: tf.Tensor): tf.Tensor {
  masks.set(tensor, mask);
  return tensor;
}
