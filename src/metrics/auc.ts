import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import type { OwnOptions } from "../losses/configurable";
import { epsilon } from "../losses/shapes";
import * as kinds from "../options/kinds";
import { addCounts, type CountTotals, confusionCounts, countNames } from "./confusion";
import { Metric, type MetricOptions } from "./metric";

const curves = ["ROC", "PR", "PRGAIN"] as const;
const methods = ["interpolation", "minoring", "majoring"] as const;

/** Options of {@link AUC}. */
export interface AUCOptions extends MetricOptions {
  /** How many thresholds to compute the curve at. Default 200. */
  readonly numThresholds?: number;
  /** Receiver operating characteristic, precision-recall, or precision-recall-gain. Default `"ROC"`. */
  readonly curve?: (typeof curves)[number];
  /** Heights of the strips under the curve: the mean, the lower or the higher of both ends. Default `"interpolation"`. */
  readonly summationMethod?: (typeof methods)[number];
  /** The thresholds themselves, instead of `numThresholds`. */
  readonly thresholds?: readonly number[] | null;
  /** Whether to compute a curve for each label (last axis) and average the areas. Default false. */
  readonly multiLabel?: boolean;
  /** Weights of the labels. Default: equal. */
  readonly labelWeights?: readonly number[] | null;
  /** True if the predictions are scores before sigmoid. Default false. */
  readonly fromLogits?: boolean;
}

/** The one of `words` that `word` is in any case. */
const inAnyCase = <T extends string>(words: readonly T[], word: unknown) =>
  words.find((one) => one.toLowerCase() === String(word).toLowerCase());

const wordInAnyCase = (words: readonly string[]): kinds.Kind => ({
  ...kinds.oneOf(...words),
  accepts: (value) => inAnyCase(words, value) !== undefined,
});

class AUCMetric extends Metric {
  static override readonly className = "AUC";
  static override readonly direction = "up";
  static override readonly ownOptions: kinds.Kinds = {
    numThresholds: kinds.number({ min: 2, whole: true }),
    curve: wordInAnyCase(curves),
    summationMethod: wordInAnyCase(methods),
    thresholds: kinds.orNull(kinds.listOf("thresholds from 0 to 1", kinds.share)),
    multiLabel: kinds.boolean,
    labelWeights: kinds.orNull(kinds.numbers),
    fromLogits: kinds.boolean,
  } satisfies kinds.KindsOf<OwnOptions<AUCOptions>>;
  static override readonly defaults = {
    curve: "ROC",
    summationMethod: "interpolation",
    multiLabel: false,
    labelWeights: null,
    fromLogits: false,
  };
  readonly numThresholds: number;
  declare readonly curve: (typeof curves)[number];
  declare readonly summationMethod: (typeof methods)[number];
  readonly thresholds: readonly number[];
  declare readonly multiLabel: boolean;
  declare readonly labelWeights: readonly number[] | null;
  declare readonly fromLogits: boolean;
  readonly #given: readonly number[] | null;
  #counts?: CountTotals;

  constructor(options: AUCOptions = {}) {
    super(options);
    this.curve = inAnyCase(curves, this.curve)!;
    this.summationMethod = inAnyCase(methods, this.summationMethod)!;
    this.#given = options.thresholds ?? null;
    const count = options.numThresholds ?? 200;
    const even = Array.from({ length: count - 2 }, (_, i) => (i + 1) / (count - 1));
    const inner = this.#given === null ? even : [...this.#given].sort((a, b) => a - b);
    this.thresholds = [-epsilon, ...inner, 1 + epsilon];
    this.numThresholds = this.thresholds.length;
    if (!this.multiLabel) this.build([], []);
  }

  override build(_yTrueShape: readonly number[], yPredShape: readonly number[]): void {
    if (this.#counts !== undefined) return;
    if (this.multiLabel && yPredShape.length !== 2) {
      throw new Error(
        `AUC({ multiLabel: true }) expected predictions of shape [batch, labels] but found [${yPredShape}].`,
      );
    }
    const shape = this.multiLabel ? [this.numThresholds, yPredShape[1]!] : [this.numThresholds];
    this.#counts = this.addVariables(countNames, shape);
  }

  override updateState(yTrue: tf.Tensor, yPred: tf.Tensor, sampleWeight?: tf.Tensor): void {
    this.build(yTrue.shape, yPred.shape);
    const { thresholds, multiLabel } = this;
    const labelWeights = multiLabel ? null : this.labelWeights;
    const scores = this.fromLogits ? tf.sigmoid(yPred) : yPred;
    const counts = confusionCounts(yTrue, scores, { thresholds, multiLabel, labelWeights, sampleWeight });
    addCounts(this.#counts!, counts);
  }

  override result(): tf.Tensor {
    if (this.#counts === undefined) return tf.scalar(0);
    const { tp, fn } = this.#counts;
    if (this.curve === "PR" && this.summationMethod === "interpolation") return this.#areas(this.#interpolated());
    const [x, y] = this.#points(tf.divNoNan(tp, tf.add(tp, fn)));
    const [left, right] = [this.#head(y), this.#tail(y)];
    const heights = {
      interpolation: () => tf.div(tf.add(left, right), 2),
      minoring: () => tf.minimum(left, right),
      majoring: () => tf.maximum(left, right),
    }[this.summationMethod]();
    return this.#areas(tf.mul(tf.sub(this.#head(x), this.#tail(x)), heights));
  }

  #head(values: tf.Tensor): tf.Tensor {
    return tf.slice(values, 0, this.numThresholds - 1);
  }

  #tail(values: tf.Tensor): tf.Tensor {
    return tf.slice(values, 1, this.numThresholds - 1);
  }

  /** The curve's x and y at each threshold. */
  #points(recall: tf.Tensor): [tf.Tensor, tf.Tensor] {
    const { tp, fp, tn, fn } = this.#counts!;
    if (this.curve === "ROC") return [tf.divNoNan(fp, tf.add(fp, tn)), recall];
    if (this.curve === "PR") return [recall, tf.divNoNan(tp, tf.add(tp, fp))];
    const scale = tf.divNoNan(tf.add(tp, fn), tf.add(tn, fp));
    const gain = (wrong: tf.Tensor) => tf.sub(1, tf.mul(scale, tf.divNoNan(wrong, tp)));
    const none = tf.equal(tp, 0);
    return [tf.relu(tf.where(none, tf.zerosLike(tp), gain(fn))), tf.where(none, tf.onesLike(tp), gain(fp))];
  }

  /** Strips of the precision-recall curve, interpolated between thresholds (Davis and Goadrich, 2006). */
  #interpolated(): tf.Tensor {
    const { tp, fp, fn } = this.#counts!;
    const positives = tf.add(tp, fp);
    const [before, after] = [this.#head(positives), this.#tail(positives)];
    const gained = tf.sub(this.#head(tp), this.#tail(tp));
    const slope = tf.divNoNan(gained, tf.relu(tf.sub(before, after)));
    const intercept = tf.sub(this.#tail(tp), tf.mul(slope, after));
    const both = tf.logicalAnd(tf.greater(before, 0), tf.greater(after, 0));
    const ratio = tf.where(both, tf.divNoNan(before, tf.relu(after)), tf.onesLike(after));
    const area = tf.mul(slope, tf.add(gained, tf.mul(intercept, tf.log(ratio))));
    return tf.divNoNan(area, tf.relu(tf.add(this.#tail(tp), this.#tail(fn))));
  }

  /** The area under the curve, averaged over labels if each has its own. */
  #areas(strips: tf.Tensor): tf.Tensor {
    const areas = tf.sum(strips, 0);
    if (!this.multiLabel) return areas;
    if (this.labelWeights === null) return tf.mean(areas);
    const weights = tf.tensor1d([...this.labelWeights]);
    return tf.divNoNan(tf.sum(tf.mul(areas, weights)), tf.sum(weights));
  }

  override getConfig() {
    return { ...super.getConfig(), numThresholds: this.numThresholds, thresholds: this.#given };
  }
}

/**
 * Area under the ROC or precision-recall curve, from counts at `numThresholds` thresholds.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.AUC({ numThresholds: 3 })(tf.tensor([0, 0, 1, 1]), tf.tensor([0, 0.5, 0.3, 0.9])) // 0.75
 * ```
 * @see https://keras.io/api/metrics/classification_metrics/#auc-class
 */
export const AUC = callable(AUCMetric);
export type AUC = AUCMetric;
