import { describe, lookUp } from "../options/options";
import type { Spelling } from "../utils/naming";
import * as crossentropies from "./crossentropy";
import * as divergences from "./divergence";
import * as focal from "./focal_crossentropy";
import { type LossFunction, LossFunctionWrapper } from "./function_loss";
import * as hinges from "./hinge";
import { Loss, type LossOptions } from "./loss";
import { abbreviations, type ShortName } from "./names";
import * as overlaps from "./overlap";
import * as regressions from "./regression";

export * from "./crossentropy";
export * from "./divergence";
export * from "./focal_crossentropy";
export type { LossFunction } from "./function_loss";
export * from "./hinge";
export { Loss, type LossOptions, type Reduction } from "./loss";
export * from "./overlap";
export * from "./regression";

const functions = {
  binary_crossentropy: crossentropies.binaryCrossentropy,
  binary_focal_crossentropy: focal.binaryFocalCrossentropy,
  categorical_crossentropy: crossentropies.categoricalCrossentropy,
  categorical_focal_crossentropy: focal.categoricalFocalCrossentropy,
  sparse_categorical_crossentropy: crossentropies.sparseCategoricalCrossentropy,
  kl_divergence: divergences.klDivergence,
  kullback_leibler_divergence: divergences.klDivergence,
  poisson: divergences.poisson,
  mean_squared_error: regressions.meanSquaredError,
  mean_absolute_error: regressions.meanAbsoluteError,
  mean_absolute_percentage_error: regressions.meanAbsolutePercentageError,
  mean_squared_logarithmic_error: regressions.meanSquaredLogarithmicError,
  cosine_similarity: regressions.cosineSimilarity,
  log_cosh: regressions.logCosh,
  huber: regressions.huber,
  hinge: hinges.hinge,
  squared_hinge: hinges.squaredHinge,
  categorical_hinge: hinges.categoricalHinge,
  dice: overlaps.dice,
  tversky: overlaps.tversky,
} satisfies { readonly [name: string]: LossFunction };

const withAbbreviations: { readonly [name: string]: LossFunction } = {
  ...functions,
  ...Object.fromEntries(Object.entries(abbreviations).map(([short, name]) => [short, functions[name]])),
};

/** The losses as classes, by Keras's class names. */
export const classes: { readonly [className: string]: new (options?: LossOptions) => Loss } = Object.fromEntries(
  Object.entries({ ...crossentropies, ...divergences, ...focal, ...hinges, ...overlaps, ...regressions }).flatMap(
    ([name, value]) => ("className" in value ? [[name, value]] : []),
  ),
);

/** The names that `loss:` accepts: Keras's in any spelling, and its abbreviations in capitals as well. */
export type LossName = Spelling<keyof typeof functions> | ShortName;

/** What `loss:` accepts: a name, a loss object, or a function of targets and predictions. */
export type LossIdentifier = LossName | Loss | LossFunction;

/**
 * The loss that `identifier` names, as a function of targets and predictions with Keras's default options. A function or a
 * loss object is returned as it is. Throws on an unknown name, with the nearest known one.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.get("mse")(tf.tensor2d([[0, 1]]), tf.tensor2d([[1, 1]])) // [0.5]
 * ```
 */
export function get(identifier: LossIdentifier): Loss | LossFunction {
  if (typeof identifier === "string") return lookUp("loss", identifier, withAbbreviations);
  if (typeof identifier === "function") return identifier;
  throw new TypeError(
    'Expected a loss, a name such as "mse", a keras.losses object or a function (yTrue, yPred) => tensor, but found ' +
      `${describe(identifier)}.`,
  );
}

/** Keras's name of a loss: `"mean_squared_error"` for `"mse"` and the function; any other's own name. */
export function nameOf(loss: Loss | LossFunction): string {
  if (loss instanceof Loss) return loss.name;
  return Object.entries(functions).find(([, f]) => f === loss)?.[0] ?? (loss.name === "" ? "loss" : loss.name);
}

/** The loss object for `identifier`: a function is wrapped in one that averages over the batch. */
export function standardize(identifier: LossIdentifier): Loss {
  const loss = get(identifier);
  return loss instanceof Loss ? loss : new LossFunctionWrapper(loss, { name: nameOf(loss) });
}
