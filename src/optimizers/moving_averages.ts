import * as tf from "@tensorflow/tfjs-core";
import { isDue } from "./gradient_accumulation";
import type { Optimizer } from "./optimizer";

/**
 * Updates the weights' exponential moving averages (EMA), and replaces the weights by them at every
 * `emaOverwriteFrequency`-th update.
 */
export function averageWeights(
  weights: readonly tf.Variable[],
  averages: readonly tf.Variable[],
  { iterations, emaMomentum, emaOverwriteFrequency }: Optimizer,
): void {
  // The first update takes the weights as they are.
  const started = tf.cast(tf.notEqual(iterations, tf.scalar(0, "int32")), "float32");
  const momentum = tf.mul(started, emaMomentum);
  for (const [i, weight] of weights.entries()) {
    const average = averages[i]!;
    average.assign(tf.add(tf.mul(momentum, average), tf.mul(tf.sub(1, momentum), weight)));
  }
  if (emaOverwriteFrequency === null) return;
  const due = isDue(iterations, emaOverwriteFrequency);
  for (const [i, weight] of weights.entries()) weight.assign(tf.where(due, averages[i]!, weight));
}
