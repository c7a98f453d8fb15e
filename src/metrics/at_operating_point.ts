import * as tf from "@tensorflow/tfjs-core";
import { type Callable, callable } from "../callable";
import { type OwnOptions, subclass } from "../losses/configurable";
import * as kinds from "../options/kinds";
import { checked } from "../options/options";
import { addCounts, type Counts, type CountTotals, confusionCounts, countNames } from "./confusion";
import { Metric, type MetricOptions } from "./metric";

/** Options of {@link PrecisionAtRecall} and its siblings. */
export interface OperatingPointOptions extends MetricOptions {
  /** How many thresholds to try. Default 200. */
  readonly numThresholds?: number;
  /** The only class to count. Default null: all. */
  readonly classId?: number | null;
}

const rates = {
  precision: ({ tp, fp }: Counts) => tf.divNoNan(tp, tf.add(tp, fp)),
  recall: ({ tp, fn }: Counts) => tf.divNoNan(tp, tf.add(tp, fn)),
  sensitivity: ({ tp, fn }: Counts) => tf.divNoNan(tp, tf.add(tp, fn)),
  specificity: ({ tn, fp }: Counts) => tf.divNoNan(tn, tf.add(tn, fp)),
};

type Rate = keyof typeof rates;

/** The best of one rate over the thresholds at which another is at least `bound`. */
class AtOperatingPoint extends Metric {
  static override readonly direction = "up";
  static override readonly ownOptions: kinds.Kinds = {
    numThresholds: kinds.count,
    classId: kinds.orNull(kinds.index),
  } satisfies kinds.KindsOf<OwnOptions<OperatingPointOptions>>;
  static override readonly defaults = { numThresholds: 200, classId: null };
  static readonly best: Rate;
  static readonly given: Rate;
  readonly best: Rate;
  readonly given: Rate;
  readonly bound: number;
  declare readonly numThresholds: number;
  declare readonly classId: number | null;
  readonly #thresholds: readonly number[];
  readonly #totals: CountTotals;

  constructor(bound: number, options: OperatingPointOptions = {}) {
    super(options);
    this.best = new.target.best;
    this.given = new.target.given;
    this.bound = checked(`${new.target.className}()`, this.given, bound, kinds.share);
    const count = this.numThresholds;
    this.#thresholds = count === 1 ? [0.5] : Array.from({ length: count }, (_, i) => i / (count - 1));
    this.#totals = this.addVariables(countNames, [count]);
  }

  override updateState(yTrue: tf.Tensor, yPred: tf.Tensor, sampleWeight?: tf.Tensor): void {
    const { classId } = this;
    addCounts(this.#totals, confusionCounts(yTrue, yPred, { thresholds: this.#thresholds, classId, sampleWeight }));
  }

  override result(): tf.Tensor {
    const [best, given] = [rates[this.best](this.#totals), rates[this.given](this.#totals)];
    return tf.max(tf.where(tf.greaterEqual(given, this.bound), best, tf.zerosLike(best)));
  }

  override getConfig() {
    return { ...super.getConfig(), [this.given]: this.bound };
  }
}

/** {@link AtOperatingPoint} with the name of its first argument in `B`. */
type OperatingPointClass<B extends readonly [bound: number]> = Omit<typeof AtOperatingPoint, "prototype"> &
  (new (
    ...args: [...B, options?: OperatingPointOptions]
  ) => AtOperatingPoint);

const bestOf = <B extends readonly [bound: number]>(className: string, best: Rate, given: Rate) =>
  callable(
    subclass(AtOperatingPoint, { className, best, given, positional: [given] }) as unknown as OperatingPointClass<B>,
  ) as Callable<OperatingPointClass<B>>;

/**
 * The best precision over the thresholds at which recall is at least `recall`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.PrecisionAtRecall(0.5)(tf.tensor([0, 0, 0, 1, 1]), tf.tensor([0, 0.3, 0.8, 0.3, 0.8])) // 0.5
 * ```
 */
export const PrecisionAtRecall = bestOf<[recall: number]>("PrecisionAtRecall", "precision", "recall");
export type PrecisionAtRecall = InstanceType<typeof PrecisionAtRecall>;

/**
 * The best recall over the thresholds at which precision is at least `precision`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.RecallAtPrecision(0.8)(tf.tensor([0, 0, 1, 1]), tf.tensor([0, 0.5, 0.3, 0.9])) // 0.5
 * ```
 */
export const RecallAtPrecision = bestOf<[precision: number]>("RecallAtPrecision", "recall", "precision");
export type RecallAtPrecision = InstanceType<typeof RecallAtPrecision>;

/**
 * The best sensitivity over the thresholds at which specificity is at least `specificity`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.SensitivityAtSpecificity(0.5)(tf.tensor([0, 0, 0, 1, 1]), tf.tensor([0, 0.3, 0.8, 0.3, 0.8])) // 0.5
 * ```
 */
export const SensitivityAtSpecificity = bestOf<[specificity: number]>(
  "SensitivityAtSpecificity",
  "sensitivity",
  "specificity",
);
export type SensitivityAtSpecificity = InstanceType<typeof SensitivityAtSpecificity>;

/**
 * The best specificity over the thresholds at which sensitivity is at least `sensitivity`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.SpecificityAtSensitivity(0.5)(tf.tensor([0, 0, 0, 1, 1]), tf.tensor([0, 0.3, 0.8, 0.3, 0.8])) // 0.667
 * ```
 */
export const SpecificityAtSensitivity = bestOf<[sensitivity: number]>(
  "SpecificityAtSensitivity",
  "specificity",
  "sensitivity",
);
export type SpecificityAtSensitivity = InstanceType<typeof SpecificityAtSensitivity>;
