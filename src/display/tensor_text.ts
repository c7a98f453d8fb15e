import * as tf from "@tensorflow/tfjs-core";
import { arrayText, edge, threshold } from "./array_text";

/** What a tensor is, in a line: `tf.Tensor shape=[60000,28,28] dtype=int32`. */
export function tensorKind(tensor: tf.Tensor): string {
  const kind = tensor instanceof tf.Variable ? "tf.Variable" : "tf.Tensor";
  return `${kind} shape=[${tensor.shape.join(",")}] dtype=${tensor.dtype}${tensor.isDisposed ? " (disposed)" : ""}`;
}

/**
 * A tensor's values as Python prints them. Of more than 1000 only the corners are read and shown.
 *
 * @param tensor any but a complex one
 */
export function tensorText(tensor: tf.Tensor): string {
  const { shape, dtype, size } = tensor;
  const shortened = shape.map((length) => size > threshold && length > 2 * edge);
  const corners = tf.tidy(() => {
    let corner = tensor;
    shape.forEach((length, axis) => {
      if (!shortened[axis]) return;
      const ends = [0, 1, 2, length - 3, length - 2, length - 1];
      corner = tf.gather(corner, tf.tensor1d(ends, "int32"), axis);
    });
    return { shape: corner.shape, values: size === 0 ? [] : corner.dataSync() };
  });
  return arrayText({ ...corners, dtype, shortened });
}
