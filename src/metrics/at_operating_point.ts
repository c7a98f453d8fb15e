import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import * as kinds from "../options/kinds";
import { checked } from "../options/options";
import { confusionCounts } from "./confusion";
import { accumulate, Metric, type MetricOptions } from "./metric";

/** Options of {@link PrecisionAtRecall} and its siblings. */
export interface OperatingPointOptions extends MetricOptions {
  /** How many thresholds are tried. Default 200. */
  readonly numThresholds?: number;
  /** The only class to count. Default null: all. */
  readonly classId?: number | null;
}

type Counts = { readonly tp: tf.Tensor; readonly fp: tf.Tensor; readonly tn: tf.Tensor; readonly fn: tf.Tensor };

const rates = {
  precision: ({ tp, fp }: Counts) => tf.divNoNan(tp, tf.add(tp, fp)),
  recall: ({ tp, fn }: Counts) => tf.divNoNan(tp, tf.add(tp, fn)),
  sensitivity: ({ tp, fn }: Counts) => tf.divNoNan(tp, tf.add(tp, fn)),
  specificity: ({ tn, fp }: Counts) => tf.divNoNan(tn, tf.add(tn, fp)),
};

/** The best of one rate over the thresholds at which another is at least `bound`. */
abstract class AtOperatingPoint extends Metric {
  static override readonly direction = "up";
  static override readonly ownOptions: kinds.Kinds = {
    numThresholds: kinds.count,
    classId: kinds.orNull(kinds.index),
  };
  readonly bound: number;
  readonly numThresholds: number;
  readonly classId: number | null;
  readonly #thresholds: readonly number[];
  readonly #counts: { tp: tf.Variable; fp: tf.Variable; tn: tf.Variable; fn: tf.Variable };

  constructor(
    readonly best: keyof typeof rates,
    readonly given: keyof typeof rates,
    bound: number,
    options: OperatingPointOptions,
  ) {
    super(options);
    this.bound = checked(`${new.target.className}()`, given, bound, kinds.share);
    this.classId = options.classId ?? null;
    const count = options.numThresholds ?? 200;
    this.numThresholds = count;
    this.#thresholds = count === 1 ? [0.5] : Array.from({ length: count }, (_, i) => i / (count - 1));
    this.#counts = {
      tp: this.addVariable("true_positives", [count]),
      fp: this.addVariable("false_positives", [count]),
      tn: this.addVariable("true_negatives", [count]),
      fn: this.addVariable("false_negatives", [count]),
    };
  }

  override updateState(yTrue: tf.Tensor, yPred: tf.Tensor, sampleWeight?: tf.Tensor): void {
    const { classId } = this;
    const counts = confusionCounts(yTrue, yPred, { thresholds: this.#thresholds, classId, sampleWeight });
    for (const kind of ["tp", "fp", "tn", "fn"] as const) accumulate(this.#counts[kind], counts[kind]);
  }

  override result(): tf.Tensor {
    const [wanted, held] = [rates[this.best](this.#counts), rates[this.given](this.#counts)];
    return tf.max(tf.where(tf.greaterEqual(held, this.bound), wanted, tf.zerosLike(wanted)));
  }

  override getConfig() {
    const { numThresholds, classId } = this;
    return { ...super.getConfig(), numThresholds, classId, [this.given]: this.bound };
  }
}

export class PrecisionAtRecallMetric extends AtOperatingPoint {
  static override readonly className = "PrecisionAtRecall";

  constructor(recall: number, options: OperatingPointOptions = {}) {
    super("precision", "recall", recall, options);
  }
}

/**
 * The best precision over the thresholds at which recall is at least `recall`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.PrecisionAtRecall(0.5)(tf.tensor([0, 0, 0, 1, 1]), tf.tensor([0, 0.3, 0.8, 0.3, 0.8])) // 0.5
 * ```
 */
export const PrecisionAtRecall = callable(PrecisionAtRecallMetric);
export type PrecisionAtRecall = PrecisionAtRecallMetric;

export class RecallAtPrecisionMetric extends AtOperatingPoint {
  static override readonly className = "RecallAtPrecision";

  constructor(precision: number, options: OperatingPointOptions = {}) {
    super("recall", "precision", precision, options);
  }
}

/**
 * The best recall over the thresholds at which precision is at least `precision`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.RecallAtPrecision(0.8)(tf.tensor([0, 0, 1, 1]), tf.tensor([0, 0.5, 0.3, 0.9])) // 0.5
 * ```
 */
export const RecallAtPrecision = callable(RecallAtPrecisionMetric);
export type RecallAtPrecision = RecallAtPrecisionMetric;

export class SensitivityAtSpecificityMetric extends AtOperatingPoint {
  static override readonly className = "SensitivityAtSpecificity";

  constructor(specificity: number, options: OperatingPointOptions = {}) {
    super("sensitivity", "specificity", specificity, options);
  }
}

/**
 * The best sensitivity over the thresholds at which specificity is at least `specificity`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.SensitivityAtSpecificity(0.5)(tf.tensor([0, 0, 0, 1, 1]), tf.tensor([0, 0.3, 0.8, 0.3, 0.8])) // 0.5
 * ```
 */
export const SensitivityAtSpecificity = callable(SensitivityAtSpecificityMetric);
export type SensitivityAtSpecificity = SensitivityAtSpecificityMetric;

export class SpecificityAtSensitivityMetric extends AtOperatingPoint {
  static override readonly className = "SpecificityAtSensitivity";

  constructor(sensitivity: number, options: OperatingPointOptions = {}) {
    super("specificity", "sensitivity", sensitivity, options);
  }
}

/**
 * The best specificity over the thresholds at which sensitivity is at least `sensitivity`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.SpecificityAtSensitivity(0.5)(tf.tensor([0, 0, 0, 1, 1]), tf.tensor([0, 0.3, 0.8, 0.3, 0.8])) // 0.667
 * ```
 */
export const SpecificityAtSensitivity = callable(SpecificityAtSensitivityMetric);
export type SpecificityAtSensitivity = SpecificityAtSensitivityMetric;
