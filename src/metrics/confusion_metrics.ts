import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import * as kinds from "../options/kinds";
import { type Counts, confusionCounts, thresholdList } from "./confusion";
import { accumulate, Metric, type MetricOptions } from "./metric";

/** Options of {@link TruePositives} and its siblings. */
export interface ThresholdOptions extends MetricOptions {
  /** Predictions above it count as positive; a list gives one result for each. Default 0.5. */
  readonly thresholds?: number | readonly number[] | null;
}

/** Options of {@link Precision} and {@link Recall}. */
export interface PrecisionRecallOptions extends ThresholdOptions {
  /** Whether only the `topK` largest predictions of a sample can be positive. Default null: all above the threshold. */
  readonly topK?: number | null;
  /** The only class to count. Default null: all. */
  readonly classId?: number | null;
}

const thresholds = kinds.orNull(kinds.either(kinds.share, kinds.listOf("numbers from 0 to 1", kinds.share)));

/** Counts gathered per threshold. */
abstract class CountingMetric extends Metric {
  static override readonly ownOptions: kinds.Kinds = {
    thresholds,
  };
  readonly thresholds: readonly number[];
  readonly topK: number | null;
  readonly classId: number | null;
  readonly #given: number | readonly number[] | null;
  readonly #counts: readonly { readonly kind: keyof Counts; readonly total: tf.Variable }[];

  constructor(kinds: { readonly [kind in keyof Counts]?: string }, options: PrecisionRecallOptions) {
    super(options);
    this.topK = options.topK ?? null;
    this.classId = options.classId ?? null;
    this.#given = options.thresholds ?? null;
    // With topK all of the largest count, whatever their value.
    this.thresholds = thresholdList(options.thresholds, this.topK === null ? 0.5 : -1e10);
    this.#counts = Object.entries(kinds).map(([kind, name]) => ({
      kind: kind as keyof Counts,
      total: this.addVariable(name, [this.thresholds.length]),
    }));
  }

  override updateState(yTrue: tf.Tensor, yPred: tf.Tensor, sampleWeight?: tf.Tensor): void {
    const { thresholds, topK, classId } = this;
    const counts = confusionCounts(yTrue, yPred, { thresholds, topK, classId, sampleWeight });
    for (const { kind, total } of this.#counts) accumulate(total, counts[kind]);
  }

  /** The totals so far, in the order of the constructor. */
  protected get totals(): readonly tf.Tensor[] {
    return this.#counts.map(({ total }) => total);
  }

  /** A scalar if there is one threshold. */
  protected perThreshold(values: tf.Tensor): tf.Tensor {
    return this.thresholds.length === 1 ? tf.reshape(values, []) : values;
  }

  override getConfig(): { [option: string]: unknown } {
    return { ...super.getConfig(), thresholds: this.#given };
  }
}

/** The share of the first total in both together. */
abstract class ShareMetric extends CountingMetric {
  static override readonly direction = "up";
  static override readonly ownOptions: kinds.Kinds = {
    thresholds,
    topK: kinds.orNull(kinds.count),
    classId: kinds.orNull(kinds.index),
  };

  override result(): tf.Tensor {
    const [part, rest] = this.totals as [tf.Tensor, tf.Tensor];
    return this.perThreshold(tf.divNoNan(part, tf.add(part, rest)));
  }

  override getConfig() {
    return { ...super.getConfig(), topK: this.topK, classId: this.classId };
  }
}

export class PrecisionMetric extends ShareMetric {
  static override readonly className = "Precision";

  constructor(options: PrecisionRecallOptions = {}) {
    super({ tp: "true_positives", fp: "false_positives" }, options);
  }
}

/**
 * How many of the predicted positives are right: `tp / (tp + fp)`.
 * https://keras.io/api/metrics/classification_metrics/#precision-class
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.Precision()(tf.tensor([1, 1, 0]), tf.tensor([0.9, 0.8, 0.1])) // 1
 * ```
 */
export const Precision = callable(PrecisionMetric);
export type Precision = PrecisionMetric;

export class RecallMetric extends ShareMetric {
  static override readonly className = "Recall";

  constructor(options: PrecisionRecallOptions = {}) {
    super({ tp: "true_positives", fn: "false_negatives" }, options);
  }
}

/**
 * How many of the positives were found: `tp / (tp + fn)`.
 * https://keras.io/api/metrics/classification_metrics/#recall-class
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.Recall()(tf.tensor([0, 1, 1, 1]), tf.tensor([1, 0, 1, 1])) // 0.667
 * ```
 */
export const Recall = callable(RecallMetric);
export type Recall = RecallMetric;

/** One of the four counts. */
abstract class CountMetric extends CountingMetric {
  override result(): tf.Tensor {
    return this.perThreshold(this.totals[0] as tf.Tensor);
  }
}

export class TruePositivesMetric extends CountMetric {
  static override readonly className = "TruePositives";

  constructor(options: ThresholdOptions = {}) {
    super({ tp: "accumulator" }, options);
  }
}

/**
 * Positives that were predicted so: a count, or the sum of the sample weights.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.TruePositives()(tf.tensor([0, 1, 1, 1]), tf.tensor([1, 0, 1, 1])) // 2
 * ```
 */
export const TruePositives = callable(TruePositivesMetric);
export type TruePositives = TruePositivesMetric;

export class FalsePositivesMetric extends CountMetric {
  static override readonly className = "FalsePositives";

  constructor(options: ThresholdOptions = {}) {
    super({ fp: "accumulator" }, options);
  }
}

/**
 * Negatives that were predicted positive: a count, or the sum of the sample weights.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.FalsePositives()(tf.tensor([0, 1, 1, 1]), tf.tensor([1, 0, 1, 1])) // 1
 * ```
 */
export const FalsePositives = callable(FalsePositivesMetric);
export type FalsePositives = FalsePositivesMetric;

export class TrueNegativesMetric extends CountMetric {
  static override readonly className = "TrueNegatives";

  constructor(options: ThresholdOptions = {}) {
    super({ tn: "accumulator" }, options);
  }
}

/**
 * Negatives that were predicted so: a count, or the sum of the sample weights.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.TrueNegatives()(tf.tensor([0, 1, 1, 1]), tf.tensor([1, 0, 1, 1])) // 0
 * ```
 */
export const TrueNegatives = callable(TrueNegativesMetric);
export type TrueNegatives = TrueNegativesMetric;

export class FalseNegativesMetric extends CountMetric {
  static override readonly className = "FalseNegatives";

  constructor(options: ThresholdOptions = {}) {
    super({ fn: "accumulator" }, options);
  }
}

/**
 * Positives that were predicted negative: a count, or the sum of the sample weights.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.FalseNegatives()(tf.tensor([0, 1, 1, 1]), tf.tensor([1, 0, 1, 1])) // 1
 * ```
 */
export const FalseNegatives = callable(FalseNegativesMetric);
export type FalseNegatives = FalseNegativesMetric;
