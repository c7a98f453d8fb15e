import * as tf from "@tensorflow/tfjs-core";
import type { Padding, Pair } from "./convolution";

/**
 * The largest value in each window. The gradient goes to the first of equal values.
 *
 * @param x `[batch, height, width, channels]`
 */
export function maxPool2d(x: tf.Tensor4D, window: Pair, strides: Pair, padding: Padding): tf.Tensor4D {
  return tf.maxPool(x, [...window], [...strides], padding);
}

/**
 * The mean of each window; padding does not count.
 *
 * @param x `[batch, height, width, channels]`
 */
export function averagePool2d(x: tf.Tensor4D, window: Pair, strides: Pair, padding: Padding): tf.Tensor4D {
  const pads = padding === "same" ? ([0, 1] as const).map((axis) => padsOf(x, window, strides, axis)) : [];
  if (pads.flat().every((pad) => pad === 0)) return tf.avgPool(x, [...window], [...strides], "valid");
  // TensorFlow.js's gradient counts its own padding. So the image is padded first, and the means are divided by the share of
  // each window that is not padding.
  const mean = (image: tf.Tensor4D) =>
    tf.avgPool(tf.pad(image, [[0, 0], ...pads, [0, 0]]) as tf.Tensor4D, [...window], [...strides], "valid");
  return tf.div(mean(x), mean(tf.ones([1, x.shape[1], x.shape[2], 1])));
}

/** The padding before and after an axis of the image. */
function padsOf(x: tf.Tensor4D, window: Pair, strides: Pair, axis: 0 | 1): [number, number] {
  const size = x.shape[axis + 1]!;
  const reach = (Math.ceil(size / strides[axis]) - 1) * strides[axis] + window[axis];
  const total = Math.max(reach - size, 0);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}
