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
  return tf.avgPool(x, [...window], [...strides], padding);
}
