import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import * as kinds from "../options/kinds";
import { describe, didYouMean } from "../options/options";
import { confusionCounts } from "./confusion";
import { accumulate, Metric, type MetricOptions } from "./metric";

const curves = ["ROC", "PR", "PRGAIN"] as const;
const methods = ["interpolation", "minoring", "majoring"] as const;

/** Options of {@link AUC}. */
export interface AUCOptions extends MetricOptions {
  /** How many thresholds the curve is drawn with. Default 200. */
  readonly numThresholds?: number;
  /** Receiver operating characteristic, precision-recall, or precision-recall-gain. Default `"ROC"`. */
  readonly curve?: (typeof curves)[number];
  /** Heights of the strips under the curve: mean, least or most of both ends. Default `"interpolation"`. */
  readonly summationMethod?: (typeof methods)[number];
  /** The thresholds themselves, instead of `numThresholds`. */
  readonly thresholds?: readonly number[] | null;
  /** Whether each label (last axis) has a curve of its own, and the result is their mean. Default false. */
  readonly multiLabel?: boolean;
  /** Weights of the labels. Default: equal. */
  readonly labelWeights?: readonly number[] | null;
  /** True if the predictions are scores before sigmoid. Default false. */
  readonly fromLogits?: boolean;
}

function oneOf<T extends string>(option: string, value: string, known: readonly T[]): T {
  const found = known.find((name) => name.toLowerCase() === String(value).toLowerCase());
  if (found !== undefined) return found;
  throw new RangeError(
    `AUC() expected ${option} to be one of ${known.join(", ")} but found ${describe(value)}. ${didYouMean(String(value), known)}`.trimEnd(),
  );
}

const EPSILON = 1e-7;

/** The state, one value per threshold. */
interface Totals {
  readonly tp: tf.Variable;
  readonly fp: tf.Variable;
  readonly tn: tf.Variable;
  readonly fn: tf.Variable;
}

export class AUCMetric extends Metric {
  static override readonly className = "AUC";
  static override readonly direction = "up";
  static override readonly ownOptions: kinds.Kinds = {
    numThresholds: kinds.number({ min: 2, whole: true }),
    curve: kinds.readElsewhere,
    summationMethod: kinds.readElsewhere,
    thresholds: kinds.orNull(kinds.listOf("thresholds from 0 to 1", kinds.share)),
    multiLabel: kinds.boolean,
    labelWeights: kinds.orNull(kinds.numbers),
    fromLogits: kinds.boolean,
  };
  readonly numThresholds: number;
  readonly curve: (typeof curves)[number];
  readonly summationMethod: (typeof methods)[number];
  readonly thresholds: readonly number[];
  readonly multiLabel: boolean;
  readonly labelWeights: readonly number[] | null;
  readonly fromLogits: boolean;
  readonly #given: readonly number[] | null;
  #counts?: Totals;

  constructor(options: AUCOptions = {}) {
    super(options);
    this.curve = oneOf("curve", options.curve ?? "ROC", curves);
    this.summationMethod = oneOf("summationMethod", options.summationMethod ?? "interpolation", methods);
    this.multiLabel = options.multiLabel ?? false;
    this.labelWeights = options.labelWeights ?? null;
    this.fromLogits = options.fromLogits ?? false;
    this.#given = options.thresholds ?? null;
    const count = options.numThresholds ?? 200;
    const even = Array.from({ length: count - 2 }, (_, i) => (i + 1) / (count - 1));
    const inner = this.#given === null ? even : [...this.#given].sort((a, b) => a - b);
    this.thresholds = [-EPSILON, ...inner, 1 + EPSILON];
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
    const names = ["true_positives", "false_positives", "true_negatives", "false_negatives"];
    const [tp, fp, tn, fn] = names.map((name) => this.addVariable(name, shape)) as [
      tf.Variable,
      tf.Variable,
      tf.Variable,
      tf.Variable,
    ];
    this.#counts = { tp, fp, tn, fn };
  }

  override updateState(yTrue: tf.Tensor, yPred: tf.Tensor, sampleWeight?: tf.Tensor): void {
    this.build(yTrue.shape, yPred.shape);
    const totals = this.#counts as Totals;
    const { thresholds, multiLabel } = this;
    const labelWeights = multiLabel ? null : this.labelWeights;
    const scores = this.fromLogits ? tf.sigmoid(yPred) : yPred;
    const counts = confusionCounts(yTrue, scores, { thresholds, multiLabel, labelWeights, sampleWeight });
    for (const kind of ["tp", "fp", "tn", "fn"] as const) accumulate(totals[kind], counts[kind]);
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
    const { tp, fp, tn, fn } = this.#counts as Totals;
    if (this.curve === "ROC") return [tf.divNoNan(fp, tf.add(fp, tn)), recall];
    if (this.curve === "PR") return [recall, tf.divNoNan(tp, tf.add(tp, fp))];
    const scale = tf.divNoNan(tf.add(tp, fn), tf.add(tn, fp));
    const gain = (wrong: tf.Tensor) => tf.sub(1, tf.mul(scale, tf.divNoNan(wrong, tp)));
    const none = tf.equal(tp, 0);
    return [tf.relu(tf.where(none, tf.zerosLike(tp), gain(fn))), tf.where(none, tf.onesLike(tp), gain(fp))];
  }

  /** Strips of the precision-recall curve, interpolated between thresholds (Davis and Goadrich, 2006). */
  #interpolated(): tf.Tensor {
    const { tp, fp, fn } = this.#counts as Totals;
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

  /** The area under the curve, the mean over labels if each has its own. */
  #areas(strips: tf.Tensor): tf.Tensor {
    const areas = tf.sum(strips, 0);
    if (!this.multiLabel) return areas;
    if (this.labelWeights === null) return tf.mean(areas);
    const weights = tf.tensor1d([...this.labelWeights]);
    return tf.divNoNan(tf.sum(tf.mul(areas, weights)), tf.sum(weights));
  }

  override getConfig() {
    const { numThresholds, curve, summationMethod, multiLabel, labelWeights, fromLogits } = this;
    const config = { numThresholds, curve, summationMethod, multiLabel, labelWeights, fromLogits };
    return { ...super.getConfig(), ...config, thresholds: this.#given };
  }
}

/**
 * Area under the ROC or precision-recall curve, from counts at `numThresholds` thresholds.
 * https://keras.io/api/metrics/classification_metrics/#auc-class
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.AUC({ numThresholds: 3 })(tf.tensor([0, 0, 1, 1]), tf.tensor([0, 0.5, 0.3, 0.9])) // 0.75
 * ```
 */
export const AUC = callable(AUCMetric);
export type AUC = AUCMetric;
