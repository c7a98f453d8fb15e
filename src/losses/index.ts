import type * as tf from "@tensorflow/tfjs-core";
import { lookUp } from "../options/options";
import type { Spelling } from "../utils/naming";
import * as crossentropies from "./crossentropy";
import * as hinges from "./hinge";
import { CategoricalHinge, Hinge, SquaredHinge } from "./hinge_losses";
import { Loss, LossFunctionWrapper, type LossOptions } from "./loss";
import * as overlaps from "./overlap";
import { Dice, Tversky } from "./overlap_losses";
import * as probabilistic from "./probabilistic_losses";
import * as regressions from "./regression";
import * as regressionLosses from "./regression_losses";

export * from "./crossentropy";
export * from "./hinge";
export { CategoricalHinge, Hinge, SquaredHinge } from "./hinge_losses";
export { Loss, type LossOptions, type Reduction } from "./loss";
export * from "./overlap";
export { Dice, type DiceOptions, Tversky, type TverskyLossOptions } from "./overlap_losses";
export {
  BinaryCrossentropy,
  BinaryFocalCrossentropy,
  type BinaryFocalLossOptions,
  CategoricalCrossentropy,
  CategoricalFocalCrossentropy,
  type CategoricalFocalLossOptions,
  CategoricalGeneralizedCrossEntropy,
  type CrossentropyLossOptions,
  type GeneralizedLossOptions,
  KLDivergence,
  Poisson,
  SparseCategoricalCrossentropy,
  type SparseCrossentropyLossOptions,
} from "./probabilistic_losses";
export * from "./regression";
export {
  CosineSimilarity,
  type CosineSimilarityOptions,
  Huber,
  type HuberOptions,
  LogCosh,
  MeanAbsoluteError,
  MeanAbsolutePercentageError,
  MeanSquaredError,
  MeanSquaredLogarithmicError,
} from "./regression_losses";

/** A function of targets and predictions; what it returns is averaged over the batch. */
export type LossFunction = (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.Tensor;

const functions = {
  binary_crossentropy: crossentropies.binaryCrossentropy,
  bce: crossentropies.binaryCrossentropy,
  binary_focal_crossentropy: crossentropies.binaryFocalCrossentropy,
  categorical_crossentropy: crossentropies.categoricalCrossentropy,
  categorical_focal_crossentropy: crossentropies.categoricalFocalCrossentropy,
  sparse_categorical_crossentropy: crossentropies.sparseCategoricalCrossentropy,
  kl_divergence: regressions.klDivergence,
  kld: regressions.klDivergence,
  kullback_leibler_divergence: regressions.klDivergence,
  poisson: regressions.poisson,
  mean_squared_error: regressions.meanSquaredError,
  mse: regressions.meanSquaredError,
  mean_absolute_error: regressions.meanAbsoluteError,
  mae: regressions.meanAbsoluteError,
  mean_absolute_percentage_error: regressions.meanAbsolutePercentageError,
  mape: regressions.meanAbsolutePercentageError,
  mean_squared_logarithmic_error: regressions.meanSquaredLogarithmicError,
  msle: regressions.meanSquaredLogarithmicError,
  cosine_similarity: regressions.cosineSimilarity,
  log_cosh: regressions.logCosh,
  huber: regressions.huber,
  hinge: hinges.hinge,
  squared_hinge: hinges.squaredHinge,
  categorical_hinge: hinges.categoricalHinge,
  dice: overlaps.dice,
  tversky: overlaps.tversky,
} satisfies { readonly [name: string]: LossFunction };

/** The losses as classes, by Keras's class names. */
export const classes: { readonly [className: string]: new (options?: LossOptions) => Loss } = {
  BinaryCrossentropy: probabilistic.BinaryCrossentropy,
  BinaryFocalCrossentropy: probabilistic.BinaryFocalCrossentropy,
  CategoricalCrossentropy: probabilistic.CategoricalCrossentropy,
  CategoricalFocalCrossentropy: probabilistic.CategoricalFocalCrossentropy,
  CategoricalGeneralizedCrossEntropy: probabilistic.CategoricalGeneralizedCrossEntropy,
  SparseCategoricalCrossentropy: probabilistic.SparseCategoricalCrossentropy,
  KLDivergence: probabilistic.KLDivergence,
  Poisson: probabilistic.Poisson,
  MeanSquaredError: regressionLosses.MeanSquaredError,
  MeanAbsoluteError: regressionLosses.MeanAbsoluteError,
  MeanAbsolutePercentageError: regressionLosses.MeanAbsolutePercentageError,
  MeanSquaredLogarithmicError: regressionLosses.MeanSquaredLogarithmicError,
  CosineSimilarity: regressionLosses.CosineSimilarity,
  LogCosh: regressionLosses.LogCosh,
  Huber: regressionLosses.Huber,
  Hinge,
  SquaredHinge,
  CategoricalHinge,
  Dice,
  Tversky,
};

/** The names that `loss:` accepts: Keras's in any spelling, and its abbreviations in capitals as well. */
export type LossName =
  | Spelling<keyof typeof functions>
  | "KLDivergence"
  | "MSE"
  | "MAE"
  | "MAPE"
  | "MSLE"
  | "BCE"
  | "KLD";

/** What `loss:` accepts: a name, a loss object, or a function of targets and predictions. */
export type LossIdentifier = LossName | Loss | LossFunction;

/**
 * The loss that `identifier` names, as a function of targets and predictions with Keras's default options; a function or a
 * loss object is returned as it is. Throws on an unknown name, with the nearest known one.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.get("mse")(tf.tensor2d([[0, 1]]), tf.tensor2d([[1, 1]])) // [0.5]
 * ```
 */
export function get(identifier: LossIdentifier): Loss | LossFunction {
  if (typeof identifier === "string") return lookUp<LossFunction>("loss", identifier, functions);
  if (typeof identifier === "function") return identifier;
  throw new TypeError(
    'A loss is a name such as "mse", a keras.losses object or a function (yTrue, yPred) => tensor; found ' +
      `${identifier === null ? "null" : typeof identifier}.`,
  );
}

/** Keras's name of a loss: `"mean_squared_error"` for `"mse"` and the function; the own name of any other. */
export function nameOf(loss: Loss | LossFunction): string {
  if (loss instanceof Loss) return loss.name;
  return Object.entries(functions).find(([, f]) => f === loss)?.[0] ?? (loss.name === "" ? "loss" : loss.name);
}

/** The loss object that `identifier` stands for: a function is wrapped in one that averages over the batch. */
export function standardize(identifier: LossIdentifier): Loss {
  const loss = get(identifier);
  return loss instanceof Loss ? loss : new LossFunctionWrapper(loss, { name: nameOf(loss) });
}
