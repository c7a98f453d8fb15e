import type * as tf from "@tensorflow/tfjs-core";

const masks = new WeakMap<tf.Tensor, tf.Tensor>();

/** Which values of a tensor count, as the layer or the loss that made it noted; undefined if all do. */
export function maskOf(tensor: tf.Tensor): tf.Tensor | undefined {
  const mask = masks.get(tensor);
  return mask?.isDisposed === true ? undefined : mask;
}

/** Notes which values of a tensor count, and gives the tensor back. */
export function rememberMask(tensor: tf.Tensor, mask: tf.Tensor): tf.Tensor {
  masks.set(tensor, mask);
  return tensor;
}
