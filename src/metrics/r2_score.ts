import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import type { OwnOptions } from "../losses/configurable";
import { matched } from "../losses/shapes";
import * as kinds from "../options/kinds";
import { accumulate, Metric, type MetricOptions } from "./metric";

const aggregations = ["uniform_average", "variance_weighted_average"] as const;
type Aggregation = (typeof aggregations)[number] | null;

/** Options of {@link R2Score}. */
export interface R2ScoreOptions extends MetricOptions {
  /** How the scores of several outputs become one; null keeps them. Default `"uniform_average"`. */
  readonly classAggregation?: Aggregation;
  /** How many inputs the model has, for the adjusted score. Default 0: the plain one. */
  readonly numRegressors?: number;
}

const stateNames = { squares: "squared_sum", sum: "sum", errors: "residual", count: "count" };

class R2ScoreMetric extends Metric {
  static override readonly className = "R2Score";
  static override readonly logName = "r2_score";
  static override readonly direction = "up";
  static override readonly ownOptions: kinds.Kinds = {
    classAggregation: kinds.orNull(kinds.oneOf(...aggregations)),
    numRegressors: kinds.index,
  } satisfies kinds.KindsOf<OwnOptions<R2ScoreOptions>>;
  static override readonly defaults = { classAggregation: "uniform_average", numRegressors: 0 };
  declare readonly classAggregation: Aggregation;
  declare readonly numRegressors: number;
  readonly #samples = this.addVariable("num_samples");
  /** One value per output. */
  #state?: { readonly [part in keyof typeof stateNames]: tf.Variable };

  constructor(options: R2ScoreOptions = {}) {
    super(options);
  }

  override build(_yTrueShape: readonly number[], yPredShape: readonly number[]): void {
    if (this.#state !== undefined) return;
    const [, outputs] = yPredShape;
    if (yPredShape.length !== 2 || outputs === undefined) {
      throw new Error(`R2Score expected predictions of shape [batch, outputs] but found [${yPredShape}].`);
    }
    this.#state = this.addVariables(stateNames, [outputs]);
  }

  override updateState(yTrue: tf.Tensor, yPred: tf.Tensor, sampleWeight?: tf.Tensor): void {
    const [t, p] = matched(yTrue, tf.cast(yPred, "float32"));
    this.build(t.shape, p.shape);
    const state = this.#state!;
    let weight: tf.Tensor = tf.cast(sampleWeight ?? tf.scalar(1), "float32");
    if (weight.rank === 1) weight = tf.expandDims(weight, 1);
    weight = tf.broadcastTo(weight, t.shape as [number, number]);
    const weighted = tf.mul(t, weight);
    accumulate(state.sum, tf.sum(weighted, 0));
    accumulate(state.squares, tf.sum(tf.mul(t, weighted), 0));
    accumulate(state.errors, tf.sum(tf.mul(tf.square(tf.sub(t, p)), weight), 0));
    accumulate(state.count, tf.sum(weight, 0));
    accumulate(this.#samples, tf.sum(tf.cast(tf.any(tf.notEqual(weight, 0), -1), "float32")));
  }

  override result(): tf.Tensor {
    if (this.#state === undefined) return tf.scalar(0);
    const { squares, sum, errors, count } = this.#state;
    const total = tf.sub(squares, tf.mul(sum, tf.div(sum, count)));
    const raw = tf.sub(1, tf.div(errors, total));
    const scores = tf.where(tf.isInf(raw), tf.zerosLike(raw), raw);
    let score = scores;
    if (this.classAggregation === "uniform_average") score = tf.mean(scores);
    if (this.classAggregation === "variance_weighted_average") {
      score = tf.div(tf.sum(tf.mul(total, scores)), tf.sum(total));
    }
    if (this.numRegressors === 0) return score;
    const rest = tf.sub(tf.sub(this.#samples, this.numRegressors), 1);
    const adjusted = tf.sub(1, tf.div(tf.mul(tf.sub(1, score), tf.sub(this.#samples, 1)), tf.maximum(rest, 1)));
    // With fewer samples than inputs, Keras falls back to the plain score as well.
    return tf.where(tf.greater(rest, 0), adjusted, score);
  }
}

/**
 * Coefficient of determination of predictions `[batch, outputs]`: 1 is perfect, 0 is as good as the mean.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.R2Score()(tf.tensor2d([[1], [4], [3]]), tf.tensor2d([[2], [4], [4]])) // 0.571
 * ```
 */
export const R2Score = callable(R2ScoreMetric);
export type R2Score = R2ScoreMetric;
