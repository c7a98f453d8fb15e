import * as tf from "@tensorflow/tfjs-core";

/** Keras's epsilon: keeps logarithms and divisions finite. */
export const epsilon = 1e-7;

/**
 * Makes `[batch]` and `[batch, 1]` compatible: the lower rank gains a last axis of 1 if it is 1, else the higher rank loses
 * its last axis of 1. Other pairs are returned as they are.
 */
export function matchRanks(a: tf.Tensor, b: tf.Tensor): [tf.Tensor, tf.Tensor] {
  if (a.rank === b.rank + 1 && a.shape.at(-1) === 1) {
    return b.rank === 1 ? [a, tf.expandDims(b, -1)] : [tf.squeeze(a, [-1]), b];
  }
  if (b.rank === a.rank + 1 && b.shape.at(-1) === 1) {
    return a.rank === 1 ? [tf.expandDims(a, -1), b] : [a, tf.squeeze(b, [-1])];
  }
  return [a, b];
}

/** {@link matchRanks} of targets and predictions, the targets cast to the predictions' dtype. */
export function matched(yTrue: tf.Tensor, yPred: tf.Tensor): [tf.Tensor, tf.Tensor] {
  return matchRanks(tf.cast(yTrue, yPred.dtype), yPred);
}

/** Throws if two shapes differ; `fix` suggests what to do. */
export function checkSameShape(where: string, yTrue: tf.Tensor, yPred: tf.Tensor, fix: string): void {
  if (tf.util.arraysEqual(yTrue.shape, yPred.shape)) return;
  throw new Error(
    `${where} expected targets of the predictions' shape [${yPred.shape}] but found [${yTrue.shape}].${fix === "" ? "" : ` ${fix}`}`,
  );
}

/** `x` scaled to length 1 along `axis`. */
export function normalize(x: tf.Tensor, axis: number): tf.Tensor {
  const scale = tf.minimum(tf.rsqrt(tf.sum(tf.square(x), axis, true)), 1 / epsilon);
  return tf.mul(x, scale);
}
