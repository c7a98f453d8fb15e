import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import { type OwnOptions, subclass } from "../losses/configurable";
import * as kinds from "../options/kinds";
import { addCounts, type CountName, type CountTotals, confusionCounts, countNames } from "./confusion";
import { Metric, type MetricOptions } from "./metric";

/** Options of {@link TruePositives} and its siblings. */
export interface ThresholdOptions extends MetricOptions {
  /** Predictions above the threshold count as positive; a list gives one result for each. Default 0.5. */
  readonly thresholds?: number | readonly number[] | null;
}

/** Options of {@link Precision} and {@link Recall}. */
export interface PrecisionRecallOptions extends ThresholdOptions {
  /** Whether only the `topK` largest predictions of a sample can be positive. Default null: all above the threshold. */
  readonly topK?: number | null;
  /** The only class to count. Default null: all. */
  readonly classId?: number | null;
}

const thresholdKinds: kinds.KindsOf<OwnOptions<ThresholdOptions>> = {
  thresholds: kinds.orNull(kinds.either(kinds.share, kinds.listOf("numbers from 0 to 1", kinds.share))),
};

/** Counts gathered per threshold. */
abstract class CountingMetric extends Metric {
  static override readonly ownOptions: kinds.Kinds = thresholdKinds;
  /** The counts that the metric needs, and the names of their variables. */
  static readonly counted: { readonly [name in CountName]?: string } = {};
  readonly thresholds: readonly number[];
  readonly topK: number | null;
  readonly classId: number | null;
  readonly #given: number | readonly number[] | null;
  readonly #totals: Partial<CountTotals>;

  constructor(options: PrecisionRecallOptions) {
    super(options);
    this.topK = options.topK ?? null;
    this.classId = options.classId ?? null;
    this.#given = options.thresholds ?? null;
    // With topK, the largest predictions count whatever their values.
    this.thresholds = this.#given === null ? [this.topK === null ? 0.5 : -1e10] : [this.#given].flat();
    this.#totals = this.addVariables(new.target.counted as typeof countNames, [this.thresholds.length]);
  }

  override updateState(yTrue: tf.Tensor, yPred: tf.Tensor, sampleWeight?: tf.Tensor): void {
    const { thresholds, topK, classId } = this;
    addCounts(this.#totals, confusionCounts(yTrue, yPred, { thresholds, topK, classId, sampleWeight }));
  }

  /** The totals so far, in the order of `counted`. */
  protected get totals(): readonly tf.Tensor[] {
    return Object.values(this.#totals);
  }

  /** A scalar if there is one threshold. */
  protected perThreshold(values: tf.Tensor): tf.Tensor {
    return this.thresholds.length === 1 ? tf.reshape(values, []) : values;
  }

  override getConfig(): { [option: string]: unknown } {
    return { ...super.getConfig(), thresholds: this.#given };
  }
}

/** The first total as a share of both. */
class ShareMetric extends CountingMetric {
  static override readonly direction = "up";
  static override readonly ownOptions: kinds.Kinds = {
    ...thresholdKinds,
    topK: kinds.orNull(kinds.count),
    classId: kinds.orNull(kinds.index),
  } satisfies kinds.KindsOf<OwnOptions<PrecisionRecallOptions>>;

  constructor(options: PrecisionRecallOptions = {}) {
    super(options);
  }

  override result(): tf.Tensor {
    const [part, rest] = this.totals;
    return this.perThreshold(tf.divNoNan(part!, tf.add(part!, rest!)));
  }

  override getConfig() {
    return { ...super.getConfig(), topK: this.topK, classId: this.classId };
  }
}

/** One of the four counts. */
class CountMetric extends CountingMetric {
  constructor(options: ThresholdOptions = {}) {
    super(options);
  }

  override result(): tf.Tensor {
    return this.perThreshold(this.totals[0]!);
  }
}

const shareOf = (className: string, part: CountName, rest: CountName) =>
  callable(subclass(ShareMetric, { className, counted: { [part]: countNames[part], [rest]: countNames[rest] } }));

const countOf = (className: string, name: CountName) =>
  callable(subclass(CountMetric, { className, counted: { [name]: "accumulator" } }));

/**
 * How many of the predicted positives are right: `tp / (tp + fp)`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.Precision()(tf.tensor([1, 1, 0]), tf.tensor([0.9, 0.8, 0.1])) // 1
 * ```
 * @see https://keras.io/api/metrics/classification_metrics/#precision-class
 */
export const Precision = shareOf("Precision", "tp", "fp");
export type Precision = InstanceType<typeof Precision>;

/**
 * How many of the positives were found: `tp / (tp + fn)`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.Recall()(tf.tensor([0, 1, 1, 1]), tf.tensor([1, 0, 1, 1])) // 0.667
 * ```
 * @see https://keras.io/api/metrics/classification_metrics/#recall-class
 */
export const Recall = shareOf("Recall", "tp", "fn");
export type Recall = InstanceType<typeof Recall>;

/**
 * Positives that were predicted positive: a count, or the sum of the sample weights.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.TruePositives()(tf.tensor([0, 1, 1, 1]), tf.tensor([1, 0, 1, 1])) // 2
 * ```
 */
export const TruePositives = countOf("TruePositives", "tp");
export type TruePositives = InstanceType<typeof TruePositives>;

/**
 * Negatives that were predicted positive: a count, or the sum of the sample weights.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.FalsePositives()(tf.tensor([0, 1, 1, 1]), tf.tensor([1, 0, 1, 1])) // 1
 * ```
 */
export const FalsePositives = countOf("FalsePositives", "fp");
export type FalsePositives = InstanceType<typeof FalsePositives>;

/**
 * Negatives that were predicted negative: a count, or the sum of the sample weights.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.TrueNegatives()(tf.tensor([0, 1, 1, 1]), tf.tensor([1, 0, 1, 1])) // 0
 * ```
 */
export const TrueNegatives = countOf("TrueNegatives", "tn");
export type TrueNegatives = InstanceType<typeof TrueNegatives>;

/**
 * Positives that were predicted negative: a count, or the sum of the sample weights.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.FalseNegatives()(tf.tensor([0, 1, 1, 1]), tf.tensor([1, 0, 1, 1])) // 1
 * ```
 */
export const FalseNegatives = countOf("FalseNegatives", "fn");
export type FalseNegatives = InstanceType<typeof FalseNegatives>;
