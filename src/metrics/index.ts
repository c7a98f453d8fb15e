import { describe, lookUp } from "../options/options";
import { isSerialized, type Serialized } from "../saving/serialization";
import type { Spelling } from "../utils/naming";
import * as accuracies from "./accuracy_metrics";
import {
  PrecisionAtRecall,
  RecallAtPrecision,
  SensitivityAtSpecificity,
  SpecificityAtSensitivity,
} from "./at_operating_point";
import { AUC } from "./auc";
import * as confusion from "./confusion_metrics";
import { F1Score, FBetaScore } from "./f_scores";
import { BinaryIoU, IoU, MeanIoU, OneHotIoU, OneHotMeanIoU } from "./iou";
import * as fromLosses from "./loss_metrics";
import { Metric, type MetricOptions } from "./metric";
import * as probabilistic from "./probabilistic_metrics";
import { Mean, MeanMetricWrapper, type MetricFunction, Sum } from "./reductions";
import { R2Score, RootMeanSquaredError } from "./regression_metrics";

export {
  binaryCrossentropy,
  categoricalCrossentropy,
  sparseCategoricalCrossentropy,
} from "../losses/crossentropy";
export { categoricalHinge, hinge, squaredHinge } from "../losses/hinge";
export {
  cosineSimilarity,
  huber,
  klDivergence,
  logCosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  poisson,
} from "../losses/regression";
export * from "./accuracy";
export {
  Accuracy,
  BinaryAccuracy,
  type BinaryAccuracyOptions,
  CategoricalAccuracy,
  SparseCategoricalAccuracy,
  SparseTopKCategoricalAccuracy,
  TopKCategoricalAccuracy,
  type TopKOptions,
} from "./accuracy_metrics";
export {
  type OperatingPointOptions,
  PrecisionAtRecall,
  RecallAtPrecision,
  SensitivityAtSpecificity,
  SpecificityAtSensitivity,
} from "./at_operating_point";
export { AUC, type AUCOptions } from "./auc";
export * from "./confusion_matrix";
export {
  FalseNegatives,
  FalsePositives,
  Precision,
  type PrecisionRecallOptions,
  Recall,
  type ThresholdOptions,
  TrueNegatives,
  TruePositives,
} from "./confusion_metrics";
export { F1Score, type F1ScoreOptions, FBetaScore, type FBetaScoreOptions } from "./f_scores";
export {
  BinaryIoU,
  type BinaryIoUOptions,
  IoU,
  type IoUOptions,
  MeanIoU,
  type MeanIoUOptions,
  OneHotIoU,
  type OneHotIoUOptions,
  OneHotMeanIoU,
} from "./iou";
export {
  CategoricalHinge,
  CosineSimilarity,
  type CosineSimilarityMetricOptions,
  Hinge,
  LogCoshError,
  MeanAbsoluteError,
  MeanAbsolutePercentageError,
  MeanSquaredError,
  MeanSquaredLogarithmicError,
  SquaredHinge,
} from "./loss_metrics";
export { Metric, type MetricOptions } from "./metric";
export {
  BinaryCrossentropy,
  CategoricalCrossentropy,
  type CrossentropyMetricOptions,
  KLDivergence,
  Poisson,
  SparseCategoricalCrossentropy,
  type SparseCrossentropyMetricOptions,
} from "./probabilistic_metrics";
export { Mean, MeanMetricWrapper, type MetricFunction, Sum } from "./reductions";
export { R2Score, type R2ScoreOptions, RootMeanSquaredError } from "./regression_metrics";

type MetricClass = new (options?: object) => Metric;
const of = (metric: abstract new (options: never) => Metric) => metric as unknown as MetricClass;

const byName = {
  accuracy: of(accuracies.Accuracy),
  binary_accuracy: of(accuracies.BinaryAccuracy),
  categorical_accuracy: of(accuracies.CategoricalAccuracy),
  sparse_categorical_accuracy: of(accuracies.SparseCategoricalAccuracy),
  top_k_categorical_accuracy: of(accuracies.TopKCategoricalAccuracy),
  sparse_top_k_categorical_accuracy: of(accuracies.SparseTopKCategoricalAccuracy),
  mean_squared_error: of(fromLosses.MeanSquaredError),
  mse: of(fromLosses.MeanSquaredError),
  mean_absolute_error: of(fromLosses.MeanAbsoluteError),
  mae: of(fromLosses.MeanAbsoluteError),
  mean_absolute_percentage_error: of(fromLosses.MeanAbsolutePercentageError),
  mape: of(fromLosses.MeanAbsolutePercentageError),
  mean_squared_logarithmic_error: of(fromLosses.MeanSquaredLogarithmicError),
  msle: of(fromLosses.MeanSquaredLogarithmicError),
  root_mean_squared_error: of(RootMeanSquaredError),
  cosine_similarity: of(fromLosses.CosineSimilarity),
  log_cosh_error: of(fromLosses.LogCoshError),
  logcosh: of(fromLosses.LogCoshError),
  r2_score: of(R2Score),
  hinge: of(fromLosses.Hinge),
  squared_hinge: of(fromLosses.SquaredHinge),
  categorical_hinge: of(fromLosses.CategoricalHinge),
  kl_divergence: of(probabilistic.KLDivergence),
  kld: of(probabilistic.KLDivergence),
  poisson: of(probabilistic.Poisson),
  binary_crossentropy: of(probabilistic.BinaryCrossentropy),
  bce: of(probabilistic.BinaryCrossentropy),
  categorical_crossentropy: of(probabilistic.CategoricalCrossentropy),
  sparse_categorical_crossentropy: of(probabilistic.SparseCategoricalCrossentropy),
  precision: of(confusion.Precision),
  recall: of(confusion.Recall),
  true_positives: of(confusion.TruePositives),
  false_positives: of(confusion.FalsePositives),
  true_negatives: of(confusion.TrueNegatives),
  false_negatives: of(confusion.FalseNegatives),
  auc: of(AUC),
  f1_score: of(F1Score),
  fbeta_score: of(FBetaScore),
  binary_io_u: of(BinaryIoU),
  mean: of(Mean),
  sum: of(Sum),
};

/** Classes that need an argument, so that their names alone are no metric; for `fromConfig`. */
const others = {
  IoU: of(IoU),
  MeanIoU: of(MeanIoU),
  OneHotIoU: of(OneHotIoU),
  OneHotMeanIoU: of(OneHotMeanIoU),
};

type Config = { readonly [option: string]: unknown };

/** The metrics whose first argument is the bound, named as in their configuration. */
const atOperatingPoint = {
  PrecisionAtRecall: ({ recall, ...options }: Config) => PrecisionAtRecall(recall as number, options),
  RecallAtPrecision: ({ precision, ...options }: Config) => RecallAtPrecision(precision as number, options),
  SensitivityAtSpecificity: ({ specificity, ...options }: Config) =>
    SensitivityAtSpecificity(specificity as number, options),
  SpecificityAtSensitivity: ({ sensitivity, ...options }: Config) =>
    SpecificityAtSensitivity(sensitivity as number, options),
};

/** The names that `metrics:` accepts: Keras's in any spelling, and its abbreviations in capitals as well. */
export type MetricName =
  | Spelling<keyof typeof byName>
  | "acc"
  | "AUC"
  | "KLDivergence"
  | "FBetaScore"
  | "BinaryIoU"
  | "MSE"
  | "MAE"
  | "MAPE"
  | "MSLE"
  | "BCE"
  | "KLD";

/** What `metrics:` accepts: a name, a metric, or a function of targets and predictions. */
export type MetricIdentifier = MetricName | Metric | MetricFunction;

/**
 * The metric that `identifier` stands for; a function is returned as it is. Throws on an unknown name, with the nearest known
 * one. `"accuracy"` is {@link Accuracy} here; `compile` takes the accuracy that fits the shapes.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.metrics.get("mae").name // "mean_absolute_error"
 * ```
 */
export function get(identifier: MetricIdentifier | Serialized, options?: MetricOptions): Metric | MetricFunction {
  if (typeof identifier === "string") {
    const name = /^acc$/i.test(identifier) ? "accuracy" : identifier;
    return new (lookUp<MetricClass>("metric", name, byName))(options);
  }
  if (isSerialized(identifier)) return deserialize(identifier);
  if (typeof identifier === "function") return identifier;
  throw new TypeError(
    'A metric is a name such as "mae", a keras.metrics object or a function (yTrue, yPred) => tensor; found ' +
      `${describe(identifier)}.`,
  );
}

function deserialize({ className, config }: Serialized): Metric {
  const make = atOperatingPoint[className as keyof typeof atOperatingPoint];
  if (make !== undefined) return make(config);
  return new (lookUp<MetricClass>("metric", className, { ...byName, ...others }))(config);
}

/** The metric object that `identifier` stands for: a function is wrapped in the mean of what it returns. */
export function standardize(identifier: MetricIdentifier, options?: MetricOptions): Metric {
  const metric = get(identifier, options);
  return metric instanceof Metric ? metric : MeanMetricWrapper(metric, options);
}
