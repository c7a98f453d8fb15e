import * as tf from "@tensorflow/tfjs-core";
import { stopGradient } from "../backend/nn/stop_gradient";
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

/**
 * A softmax whose small probabilities are exactly 0: the projection of `x` onto the simplex along `axis` (default the last).
 * Martins and Astudillo, 2016.
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
    const sorted = tf.topk(stopGradient(logits), n, true).values;
    const k = tf.range(1, n + 1);
    const inSupport = tf.cast(tf.greater(tf.add(tf.mul(sorted, k), 1), tf.cumsum(sorted, -1)), "float32");
    const smallest = tf.min(tf.where(tf.greater(inSupport, 0), sorted, tf.fill(sorted.shape, Infinity)), -1, true);
    const support = tf.cast(tf.greaterEqual(stopGradient(logits), smallest), "float32");
    const tau = tf.div(tf.sub(tf.sum(tf.mul(logits, support), -1, true), 1), tf.sum(support, -1, true));
    return tf.relu(tf.sub(logits, tau));
  });
}
