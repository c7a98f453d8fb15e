import { abbreviations, type ShortName } from "../losses/names";
import { describe, lookUp } from "../options/options";
import { isSerialized, type Serialized } from "../saving/serialization";
import type { Spelling } from "../utils/naming";
import * as accuracies from "./accuracy_metrics";
import * as atOperatingPoint from "./at_operating_point";
import { AUC } from "./auc";
import * as confusion from "./confusion_metrics";
import * as fScores from "./f_scores";
import * as hinges from "./hinge_metrics";
import * as ious from "./iou";
import { MeanMetricWrapper, type MetricFunction } from "./mean_of_function";
import { Metric, type MetricOptions } from "./metric";
import * as probabilistic from "./probabilistic_metrics";
import { R2Score } from "./r2_score";
import { Mean, Sum } from "./reductions";
import * as regressions from "./regression_metrics";

export {
  binaryCrossentropy,
  categoricalCrossentropy,
  sparseCategoricalCrossentropy,
} from "../losses/crossentropy";
export { klDivergence, poisson } from "../losses/divergence";
export { categoricalHinge, hinge, squaredHinge } from "../losses/hinge";
export {
  cosineSimilarity,
  huber,
  logCosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
} from "../losses/regression";
export * from "./accuracy_metrics";
export * from "./at_operating_point";
export * from "./auc";
export * from "./confusion_matrix";
export * from "./confusion_metrics";
export * from "./f_scores";
export * from "./hinge_metrics";
export * from "./iou";
export { MeanMetricWrapper, type MetricFunction } from "./mean_of_function";
export { Metric, type MetricOptions } from "./metric";
export * from "./probabilistic_metrics";
export * from "./r2_score";
export { Mean, Sum } from "./reductions";
export * from "./regression_metrics";

type AnyMetric = { readonly positional: readonly string[] } & (new (...args: never[]) => Metric);

const namesOf = <N extends string>(classes: { readonly [name in N]: AnyMetric }) => classes;

const byName = namesOf({
  accuracy: accuracies.Accuracy,
  binary_accuracy: accuracies.BinaryAccuracy,
  categorical_accuracy: accuracies.CategoricalAccuracy,
  sparse_categorical_accuracy: accuracies.SparseCategoricalAccuracy,
  top_k_categorical_accuracy: accuracies.TopKCategoricalAccuracy,
  sparse_top_k_categorical_accuracy: accuracies.SparseTopKCategoricalAccuracy,
  mean_squared_error: regressions.MeanSquaredError,
  mean_absolute_error: regressions.MeanAbsoluteError,
  mean_absolute_percentage_error: regressions.MeanAbsolutePercentageError,
  mean_squared_logarithmic_error: regressions.MeanSquaredLogarithmicError,
  root_mean_squared_error: regressions.RootMeanSquaredError,
  cosine_similarity: regressions.CosineSimilarity,
  log_cosh_error: regressions.LogCoshError,
  logcosh: regressions.LogCoshError,
  r2_score: R2Score,
  hinge: hinges.Hinge,
  squared_hinge: hinges.SquaredHinge,
  categorical_hinge: hinges.CategoricalHinge,
  kl_divergence: probabilistic.KLDivergence,
  poisson: probabilistic.Poisson,
  binary_crossentropy: probabilistic.BinaryCrossentropy,
  categorical_crossentropy: probabilistic.CategoricalCrossentropy,
  sparse_categorical_crossentropy: probabilistic.SparseCategoricalCrossentropy,
  precision: confusion.Precision,
  recall: confusion.Recall,
  true_positives: confusion.TruePositives,
  false_positives: confusion.FalsePositives,
  true_negatives: confusion.TrueNegatives,
  false_negatives: confusion.FalseNegatives,
  auc: AUC,
  f1_score: fScores.F1Score,
  fbeta_score: fScores.FBetaScore,
  binary_io_u: ious.BinaryIoU,
  mean: Mean,
  sum: Sum,
});

const withAbbreviations: { readonly [name: string]: AnyMetric } = {
  ...byName,
  ...Object.fromEntries(Object.entries(abbreviations).map(([short, name]) => [short, byName[name]])),
};

/** Also the classes that need an argument, so that their names alone are not metrics. */
const byClass: { readonly [name: string]: AnyMetric } = { ...withAbbreviations, ...ious, ...atOperatingPoint };

/** The names that `metrics:` accepts: Keras's in any spelling, and its abbreviations in capitals as well. */
export type MetricName = Spelling<keyof typeof byName> | ShortName | "acc" | "AUC" | "FBetaScore" | "BinaryIoU";

/** What `metrics:` accepts: a name, a metric, or a function of targets and predictions. */
export type MetricIdentifier = MetricName | Metric | MetricFunction;

/**
 * The metric that `identifier` names or describes; a function is returned as it is. Throws on an unknown name, with the nearest
 * known one. `"accuracy"` is {@link Accuracy} here; `compile` uses the accuracy that fits the shapes.
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
    return construct(lookUp("metric", name, withAbbreviations), options);
  }
  if (isSerialized(identifier)) return deserialize(identifier);
  if (typeof identifier === "function") return identifier;
  throw new TypeError(
    'Expected a metric, a name such as "mae", a keras.metrics object or a function (yTrue, yPred) => tensor, but found ' +
      `${describe(identifier)}.`,
  );
}

function deserialize({ className, config }: Serialized): Metric {
  const metricClass = lookUp("metric", className, byClass);
  const options: { [option: string]: unknown } = { ...config };
  const first = metricClass.positional.map((option) => options[option]);
  for (const option of metricClass.positional) delete options[option];
  return construct(metricClass, ...first, options);
}

const construct = (metricClass: AnyMetric, ...args: readonly unknown[]) => new metricClass(...(args as never[]));

/** The metric object for `identifier`: a function is wrapped in the mean of what it returns. */
export function standardize(identifier: MetricIdentifier, options?: MetricOptions): Metric {
  const metric = get(identifier, options);
  return metric instanceof Metric ? metric : MeanMetricWrapper(metric, options);
}
