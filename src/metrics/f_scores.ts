import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import type { OwnOptions } from "../losses/configurable";
import { epsilon } from "../losses/shapes";
import * as kinds from "../options/kinds";
import { accumulate, Metric, type MetricOptions } from "./metric";

const averages = ["micro", "macro", "weighted"] as const;
type Average = (typeof averages)[number] | null;

/** Options of {@link F1Score}. */
export interface F1ScoreOptions extends MetricOptions {
  /**
   * How the scores of the classes become one: from the counts of all classes, as a mean, or as a mean weighted by support.
   * Null keeps them. Default null.
   */
  readonly average?: Average;
  /** Predictions above the threshold count as positive. Default null: only the largest of each sample. */
  readonly threshold?: number | null;
}

/** Options of {@link FBetaScore}. */
export interface FBetaScoreOptions extends F1ScoreOptions {
  /** How many times more recall counts than precision. Default 1. */
  readonly beta?: number;
}

const stateNames = {
  tp: "true_positives",
  fp: "false_positives",
  fn: "false_negatives",
  support: "intermediate_weights",
};

const f1Kinds: kinds.KindsOf<OwnOptions<F1ScoreOptions>> = {
  average: kinds.orNull(kinds.oneOf(...averages)),
  threshold: kinds.orNull(kinds.number({ above: 0, max: 1 })),
};

class FBetaScoreMetric extends Metric {
  static override readonly className: string = "FBetaScore";
  static override readonly logName: string = "fbeta_score";
  static override readonly direction = "up";
  static override readonly ownOptions: kinds.Kinds = {
    ...f1Kinds,
    beta: kinds.number({ above: 0 }),
  } satisfies kinds.KindsOf<OwnOptions<FBetaScoreOptions>>;
  static override readonly defaults = { average: null, threshold: null, beta: 1 };
  declare readonly average: Average;
  declare readonly threshold: number | null;
  declare readonly beta: number;
  /** One value per class, or one in all for the average `"micro"`. */
  #state?: { readonly [part in keyof typeof stateNames]: tf.Variable };

  constructor(options: FBetaScoreOptions = {}) {
    super(options);
  }

  override build(_yTrueShape: readonly number[], yPredShape: readonly number[]): void {
    if (this.#state !== undefined) return;
    const [, classes] = yPredShape;
    if (yPredShape.length !== 2 || classes === undefined) {
      throw new Error(`${this.name} expected predictions of shape [batch, classes] but found [${yPredShape}].`);
    }
    this.#state = this.addVariables(stateNames, this.average === "micro" ? [] : [classes]);
  }

  override updateState(yTrue: tf.Tensor, yPred: tf.Tensor, sampleWeight?: tf.Tensor): void {
    if (yTrue.rank !== 2) {
      throw new Error(
        `${this.name} expected targets of shape [batch, classes] but found [${yTrue.shape}]. For integer labels use toCategorical() first.`,
      );
    }
    this.build(yTrue.shape, yPred.shape);
    const { tp, fp, fn, support } = this.#state!;
    const positive =
      this.threshold === null
        ? tf.logicalAnd(tf.greaterEqual(yPred, tf.max(yPred, -1, true)), tf.greater(tf.abs(yPred), 1e-9))
        : tf.greater(yPred, this.threshold);
    const [t, p] = [tf.cast(yTrue, "float32"), tf.cast(positive, "float32")];
    const weight = sampleWeight === undefined ? undefined : tf.cast(sampleWeight, "float32");
    const column = weight?.rank === 1 ? tf.expandDims(weight, 1) : weight;
    const sum = (x: tf.Tensor) => {
      const weighted = column === undefined ? x : tf.mul(x, column);
      return this.average === "micro" ? tf.sum(weighted) : tf.sum(weighted, 0);
    };
    accumulate(tp, sum(tf.mul(p, t)));
    accumulate(fp, sum(tf.mul(p, tf.sub(1, t))));
    accumulate(fn, sum(tf.mul(tf.sub(1, p), t)));
    accumulate(support, sum(t));
  }

  override result(): tf.Tensor {
    if (this.#state === undefined) return tf.scalar(0);
    const { tp, fp, fn, support } = this.#state;
    const share = (x: tf.Tensor, of: tf.Tensor) => tf.div(x, tf.add(of, epsilon));
    const [precision, recall] = [share(tp, tf.add(tp, fp)), share(tp, tf.add(tp, fn))];
    const square = this.beta ** 2;
    const mean = share(tf.mul(precision, recall), tf.add(tf.mul(square, precision), recall));
    const scores = tf.mul(mean, 1 + square);
    if (this.average === "weighted") return tf.sum(tf.mul(scores, share(support, tf.sum(support))));
    return this.average === null ? scores : tf.mean(scores);
  }
}

/**
 * Weighted harmonic mean of precision and recall, per class or averaged, for one-hot or multi-label targets `[batch, classes]`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.FBetaScore({ beta: 2, threshold: 0.5, average: "micro" })(
 *   tf.tensor2d([[1, 1, 1], [1, 0, 0], [1, 1, 0]]), tf.tensor2d([[0.2, 0.6, 0.7], [0.2, 0.6, 0.6], [0.6, 0.8, 0]]),
 * ) // 0.667
 * ```
 * @see https://keras.io/api/metrics/classification_metrics/#fbetascore-class
 */
export const FBetaScore = callable(FBetaScoreMetric);
export type FBetaScore = FBetaScoreMetric;

class F1ScoreMetric extends FBetaScoreMetric {
  static override readonly className = "F1Score";
  static override readonly logName = "f1_score";
  static override readonly ownOptions: kinds.Kinds = f1Kinds;

  constructor(options: F1ScoreOptions = {}) {
    super(options);
  }

  override getConfig(): { [option: string]: unknown } {
    const { beta: _, ...config } = super.getConfig();
    return config;
  }
}

/**
 * Harmonic mean of precision and recall, per class or averaged, for one-hot or multi-label targets `[batch, classes]`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.F1Score({ threshold: 0.5 })(
 *   tf.tensor2d([[1, 1, 1], [1, 0, 0], [1, 1, 0]]), tf.tensor2d([[0.2, 0.6, 0.7], [0.2, 0.6, 0.6], [0.6, 0.8, 0]]),
 * ) // [0.5, 0.8, 0.667]
 * ```
 * @see https://keras.io/api/metrics/classification_metrics/#f1score-class
 */
export const F1Score = callable(F1ScoreMetric);
export type F1Score = F1ScoreMetric;
