import type * as tf from "@tensorflow/tfjs-core";

/** Which crossentropy can be computed from the logits. */
export type LogitsKind = "sigmoid" | "softmax";

const known = new WeakMap<tf.Tensor, { readonly logits: tf.Tensor; readonly kind: LogitsKind }>();

/**
 * Notes what a sigmoid or softmax was computed from, so that a crossentropy can use it instead of the logarithm of a rounded
 * probability, with which the gradient of a saturated output vanishes. Keras keeps the same note in `_keras_logits`.
 */
export function rememberLogits(output: tf.Tensor, logits: tf.Tensor, kind: LogitsKind): tf.Tensor {
  known.set(output, { logits, kind });
  return output;
}

/** The logits that `output` was computed from, if they still exist. */
export function logitsOf(output: tf.Tensor, kind: LogitsKind): tf.Tensor | undefined {
  const note = known.get(output);
  return note?.kind === kind && !note.logits.isDisposed ? note.logits : undefined;
}
