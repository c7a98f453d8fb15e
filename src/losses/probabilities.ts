import * as tf from "@tensorflow/tfjs-core";
import { epsilon } from "./shapes";

/** Probabilities kept off 0 and 1, so that logarithms stay finite. */
export const clip = (x: tf.Tensor) => tf.clipByValue(x, epsilon, 1 - epsilon);

/** `x` with `axis`, that of the classes, moved to the end. */
export function toClassesLast(x: tf.Tensor, axis: number): tf.Tensor {
  const last = x.rank - 1;
  const at = axis < 0 ? axis + x.rank : axis;
  if (at === last) return x;
  return tf.transpose(x, [...x.shape.keys()].filter((i) => i !== at).concat(at));
}

/** Targets moved towards equal shares of the classes. */
export function smoothed(targets: tf.Tensor, labelSmoothing: number, classes: number): tf.Tensor {
  if (labelSmoothing === 0) return targets;
  return tf.add(tf.mul(targets, 1 - labelSmoothing), labelSmoothing / classes);
}

/** What to do about integer labels where one-hot targets are expected. */
export const useSparse = "For integer labels use sparse_categorical_crossentropy, or toCategorical().";

/** Binary crossentropies, one for each probability. */
export function valuesOfProbabilities(targets: tf.Tensor, probabilities: tf.Tensor): tf.Tensor {
  const p = clip(probabilities);
  const log1 = tf.mul(targets, tf.log(p));
  return tf.neg(tf.add(log1, tf.mul(tf.sub(1, targets), tf.log(tf.sub(1, p)))));
}
