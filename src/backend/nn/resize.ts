import * as tf from "@tensorflow/tfjs-core";

/** What a pixel of the result is: the nearest one, or the mean of those around it, weighted by distance. */
export type Interpolation = "nearest" | "bilinear";

/** `[target, size]`: the share of each value in each new one, pixels taken at their centers. */
function shares(size: number, target: number, interpolation: Interpolation): tf.Tensor2D {
  const matrix = new Float32Array(target * size);
  for (let i = 0; i < target; i++) {
    const center = ((i + 0.5) * size) / target;
    if (interpolation === "nearest") {
      matrix[i * size + Math.min(Math.floor(center), size - 1)] = 1;
      continue;
    }
    const at = Math.min(Math.max(center - 0.5, 0), size - 1);
    const below = Math.floor(at);
    const above = Math.min(below + 1, size - 1);
    matrix[i * size + below] = matrix[i * size + below]! + 1 - (at - below);
    matrix[i * size + above] = matrix[i * size + above]! + (at - below);
  }
  return tf.tensor2d(matrix, [target, size]);
}

const tile = (matrix: tf.Tensor2D, count: number) => tf.tile(tf.expandDims(matrix, 0), [count, 1, 1]) as tf.Tensor3D;

/**
 * Images `[batch, height, width, channels]` in another size.
 *
 * Two matrix products, so that it has a gradient.
 */
export function resize(x: tf.Tensor, [tall, wide]: readonly [number, number], interpolation: Interpolation): tf.Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const rows = tf.reshape(x, [batch, height, width * channels]);
  const stretched = tf.matMul(tile(shares(height, tall, interpolation), batch), rows);
  const columns = tf.reshape(stretched, [batch * tall, width, channels]);
  const widened = tf.matMul(tile(shares(width, wide, interpolation), batch * tall), columns);
  return tf.reshape(widened, [batch, tall, wide, channels]);
}
