import * as tf from "@tensorflow/tfjs-core";

/** A size per axis: `[height, width]`. */
export type Pair = readonly [number, number];

/** What happens at borders: `"valid"` uses whole windows only, `"same"` pads with zeros to `ceil(size / stride)` outputs. */
export type Padding = "valid" | "same";

const padEnd = (x: tf.Tensor, axis: number, zeros: number) =>
  tf.pad(
    x,
    x.shape.map((_, i) => [0, i === axis ? zeros : 0]),
  );

/**
 * Puts `dilation - 1` zeros between the entries of a kernel `[height, width, …]`. TensorFlow.js has no gradient of a dilated
 * convolution, but of one whose kernel has zeros in the gaps.
 */
function dilated(kernel: tf.Tensor4D, [dy, dx]: Pair): tf.Tensor4D {
  if (dy === 1 && dx === 1) return kernel;
  const [height, width, a, b] = kernel.shape;
  const spread = padEnd(tf.reshape(kernel, [height, 1, width, a * b]), 1, dy - 1);
  const columns = padEnd(tf.reshape(spread, [height * dy, width, 1, a * b]), 2, dx - 1);
  const full = tf.reshape(columns, [height * dy, width * dx, a, b]) as tf.Tensor4D;
  return tf.slice(full, [0, 0, 0, 0], [(height - 1) * dy + 1, (width - 1) * dx + 1, a, b]);
}

type Convolution = (
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  strides: Pair,
  padding: Padding,
  dilation: Pair,
) => tf.Tensor4D;

/**
 * 2-D convolution.
 *
 * @param x `[batch, height, width, channels]`
 * @param kernel `[height, width, channels, filters]`
 */
export const conv2d: Convolution = (x, kernel, strides, padding, dilation) =>
  tf.conv2d(x, dilated(kernel, dilation), [...strides], padding);

/**
 * 2-D convolution of each channel with its own kernels.
 *
 * @param x `[batch, height, width, channels]`
 * @param kernel `[height, width, channels, multiplier]`; output channel `channel · multiplier + i`
 */
export const depthwiseConv2d: Convolution = (x, kernel, strides, padding, dilation) => {
  const spread = dilated(kernel, dilation);
  if (strides[0] === strides[1]) return tf.depthwiseConv2d(x, spread, [...strides], padding);
  // TensorFlow.js needs equal strides here; a dense kernel that is zero across channels does the same.
  const [channels, multiplier] = [kernel.shape[2], kernel.shape[3]];
  const eye = tf.reshape(tf.eye(channels), [1, 1, channels, channels, 1]);
  const dense = tf.mul(tf.expandDims(spread, 2), eye);
  const shape = [spread.shape[0], spread.shape[1], channels, channels * multiplier] as const;
  return tf.conv2d(x, tf.reshape(dense, [...shape]), [...strides], padding);
};

/**
 * Transposed 2-D convolution: the gradient of {@link conv2d} with respect to its input.
 *
 * @param x `[batch, height, width, channels]`
 * @param kernel `[height, width, filters, channels]`
 * @param size height and width of the output
 */
export function conv2dTranspose(
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  size: Pair,
  strides: Pair,
  padding: Padding,
  dilation: Pair,
): tf.Tensor4D {
  const shape: [number, number, number, number] = [x.shape[0], ...size, kernel.shape[2]];
  return tf.conv2dTranspose(x, dilated(kernel, dilation), shape, [...strides], padding);
}

/** The size of a convolution's or pooling's output along one axis; null for an unknown size. */
export function outputLength(
  size: number | null,
  window: number,
  padding: Padding | "causal",
  stride: number,
  dilation = 1,
): number | null {
  if (size === null) return null;
  const reach = (window - 1) * dilation + 1;
  return padding === "valid" ? Math.floor((size - reach) / stride) + 1 : Math.ceil(size / stride);
}
