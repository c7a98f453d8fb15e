import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import { matchRanks } from "../losses/shapes";
import { accumulate, Metric } from "./metric";

const axesFrom = (first: number, rank: number) =>
  Array.from({ length: Math.max(0, rank - first) }, (_, i) => first + i);

type Reduce = (x: tf.Tensor, axes: number[]) => tf.Tensor;

/** One value per sample, and the samples' weights; `reduce` reduces the other axes. */
function perSample(
  values: tf.Tensor | tf.TensorLike,
  sampleWeight: tf.Tensor | tf.TensorLike | undefined,
  reduce: Reduce,
): [values: tf.Tensor, weights: tf.Tensor | undefined] {
  const over = (x: tf.Tensor, first: number) => (x.rank > first ? reduce(x, axesFrom(first, x.rank)) : x);
  const floats = tf.cast(values, "float32");
  if (sampleWeight === undefined) return [over(floats, 1), undefined];
  const [matchedValues, matchedWeight] = matchRanks(floats, tf.cast(sampleWeight, "float32"));
  const reduced = over(matchedValues, matchedWeight.rank);
  const weights = tf.broadcastTo(matchedWeight, reduced.shape as [number]);
  return [over(tf.mul(reduced, weights), 1), over(weights, 1)];
}

export class SumMetric extends Metric {
  static override readonly className = "Sum";
  static override readonly logName = "sum";
  readonly #total = this.addVariable("total");

  /** Adds values; `sampleWeight` has one for each sample, or broadcasts to the values. */
  override updateState(values: tf.Tensor | tf.TensorLike, sampleWeight?: tf.Tensor | tf.TensorLike): void {
    const [weighted] = perSample(values, sampleWeight, (x, axes) => tf.sum(x, axes));
    accumulate(this.#total, tf.sum(weighted));
  }

  override result(): tf.Tensor {
    return this.#total;
  }
}

/**
 * The sum of all values seen: `metric.updateState(values, sampleWeight)`, the weights 1 by default.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * const sum = keras.metrics.Sum();
 * sum.updateState(tf.tensor([1, 3, 5, 7]));
 * sum.result() // 16
 * ```
 */
export const Sum = callable(SumMetric);
export type Sum = SumMetric;

/** Base of the metrics that are a mean over samples. */
export abstract class MeanBase extends Metric {
  readonly #total = this.addVariable("total");
  readonly #count = this.addVariable("count");

  /** Adds the values of a batch, one or more for each sample. */
  protected add(values: tf.Tensor | tf.TensorLike, sampleWeight?: tf.Tensor | tf.TensorLike): void {
    const [weighted, weights] = perSample(values, sampleWeight, (x, axes) => tf.mean(x, axes));
    accumulate(this.#total, tf.sum(weighted));
    accumulate(this.#count, weights === undefined ? tf.scalar(weighted.shape[0] ?? 1) : tf.sum(weights));
  }

  override result(): tf.Tensor {
    return tf.divNoNan(this.#total, this.#count);
  }
}

export class MeanMetric extends MeanBase {
  static override readonly className = "Mean";
  static override readonly logName = "mean";

  /** Takes values in; `sampleWeight` has one for each sample, or broadcasts to the values. */
  override updateState(values: tf.Tensor | tf.TensorLike, sampleWeight?: tf.Tensor | tf.TensorLike): void {
    this.add(values, sampleWeight);
  }
}

/**
 * The mean of all values seen: `metric.updateState(values, sampleWeight)`, the weights 1 by default.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * const mean = keras.metrics.Mean();
 * mean.updateState(tf.tensor([1, 3, 5, 7]));
 * mean.result() // 4
 * ```
 */
export const Mean = callable(MeanMetric);
export type Mean = MeanMetric;
