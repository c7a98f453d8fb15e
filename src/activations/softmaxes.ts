import * as tf from "@tensorflow/tfjs-core";
import { withoutGradient } from "../backend/nn/without_gradient";
import { rememberLogits } from "./logits";

/** Applies `f`, which works along the last axis, along `axis`. */
function along(x: tf.Tensor, axis: number, f: (x: tf.Tensor) => tf.Tensor): tf.Tensor {
  const last = x.rank - 1;
  const at = axis < 0 ? axis + x.rank : axis;
  if (at < 0 || at > last) throw new Error(`Expected an axis within the rank of [${x.shape}] but found ${axis}.`);
  if (at === last) return f(x);
  const swap = x.shape.map((_, i) => (i === at ? last : i === last ? at : i));
  return tf.transpose(f(tf.transpose(x, swap)), swap);
}

/**
 * `eˣ / sum(eˣ)` along `axis` (default the last). A categorical crossentropy of the result is computed from `x` itself, as
 * Keras does.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.softmax(tf.tensor([1, 1])) // [0.5, 0.5]
 * ```
 */
export function softmax(x: tf.Tensor, axis = -1): tf.Tensor {
  return rememberLogits(
    along(x, axis, (y) => tf.softmax(y)),
    x,
    "softmax",
  );
}

/**
 * `log(softmax(x))` along `axis` (default the last), computed without underflow.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.logSoftmax(tf.tensor([1, 1])) // [-0.693, -0.693]
 * ```
 */
export function logSoftmax(x: tf.Tensor, axis = -1): tf.Tensor {
  return tf.logSoftmax(x, axis);
}

/** For rows `[batch, n]`, the matrices `[batch, n, n]` that sort each in descending order; no gradient. */
function sortingMatrices(rows: tf.Tensor2D): tf.Tensor3D {
  const [batch, n] = rows.shape;
  return withoutGradient((x) => {
    const order = tf.reshape(tf.topk(x, n, true).indices, [batch * n]);
    return tf.reshape(tf.cast(tf.oneHot(tf.cast(order, "int32") as tf.Tensor1D, n), "float32"), [batch, n, n]);
  }, rows) as tf.Tensor3D;
}

/**
 * A softmax whose small probabilities are exactly 0 (Martins and Astudillo, 2016), along `axis` (default the last); with
 * Keras's threshold, so that for more than two values they need not add up to 1.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.sparsemax(tf.tensor([1, 3])) // [0, 1]
 * ```
 */
export function sparsemax(x: tf.Tensor, axis = -1): tf.Tensor {
  return along(x, axis, (logits) => {
    const n = logits.shape.at(-1) ?? 1;
    const rows = tf.reshape(logits, [-1, n]) as tf.Tensor2D;
    const sorted = tf.squeeze(tf.matMul(sortingMatrices(rows), tf.expandDims(rows, -1) as tf.Tensor3D), [-1]);
    const sums = tf.cumsum(sorted, 1);
    const ranks = tf.range(1, n + 1);
    const inSupport = tf.cast(tf.greater(tf.sub(sorted, tf.div(tf.sub(sums, 1), ranks)), 0), "float32");
    const count = tf.sum(inSupport, 1, true);
    const threshold = tf.div(tf.sub(tf.sum(tf.mul(sums, inSupport), 1, true), 1), count);
    return tf.reshape(tf.relu(tf.sub(rows, threshold)), logits.shape);
  });
}
