import * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../options/kinds";
import { checkCallOptions } from "../options/options";
import type { OptionTable } from "./configurable";
import { type CrossentropyOptions, crossentropyTable } from "./crossentropy_options";
import { lossOf } from "./function_loss";
import type { LossOptions } from "./loss";
import { clip, smoothed, toClassesLast, useSparse, valuesOfProbabilities } from "./probabilities";
import { checkSameShape, matched } from "./shapes";

/** Options of {@link binaryFocalCrossentropy}. */
export interface BinaryFocalOptions extends CrossentropyOptions {
  /** Whether to weight the classes by `alpha` and `1 - alpha`. Default false. */
  readonly applyClassBalancing?: boolean;
  /** Weight of class 1. Default 0.25. */
  readonly alpha?: number;
  /** How much less easy samples count. Default 2. */
  readonly gamma?: number;
}

/** Options of {@link categoricalFocalCrossentropy}. */
export interface CategoricalFocalOptions extends CrossentropyOptions {
  /** Weight of all classes, or one for each. Default 0.25. */
  readonly alpha?: number | readonly number[];
  /** How much less easy samples count. Default 2. */
  readonly gamma?: number;
}

/** Options of {@link BinaryFocalCrossentropy}. */
export interface BinaryFocalLossOptions extends BinaryFocalOptions, LossOptions {}

/** Options of {@link CategoricalFocalCrossentropy}. */
export interface CategoricalFocalLossOptions extends CategoricalFocalOptions, LossOptions {}

const gamma = kinds.number({ min: 0 });

const binaryFocalTable: OptionTable<BinaryFocalOptions> = {
  ownOptions: { ...crossentropyTable.ownOptions, applyClassBalancing: kinds.boolean, alpha: kinds.number(), gamma },
  defaults: { applyClassBalancing: false, alpha: 0.25, gamma: 2, ...crossentropyTable.defaults },
};

const categoricalFocalTable: OptionTable<CategoricalFocalOptions> = {
  ownOptions: { ...crossentropyTable.ownOptions, alpha: kinds.either(kinds.number(), kinds.numbers), gamma },
  defaults: { alpha: 0.25, gamma: 2, ...crossentropyTable.defaults },
};

/**
 * Binary crossentropy that weights each sample by `(1 - p)^gamma`, so that samples already right count less (Lin et al.,
 * 2018).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.binaryFocalCrossentropy(tf.tensor2d([[1]]), tf.tensor2d([[0.5]])) // [0.173]
 * ```
 */
export function binaryFocalCrossentropy(
  yTrue: tf.Tensor,
  yPred: tf.Tensor,
  options: BinaryFocalOptions = {},
): tf.Tensor {
  checkCallOptions("binaryFocalCrossentropy()", options, binaryFocalTable.ownOptions);
  const { applyClassBalancing = false, alpha = 0.25, gamma = 2 } = options;
  const { fromLogits = false, labelSmoothing = 0, axis = -1 } = options;
  checkSameShape("binary_focal_crossentropy", yTrue, yPred, "");
  const targets = smoothed(tf.cast(yTrue, yPred.dtype), labelSmoothing, 2);
  const p = fromLogits ? tf.sigmoid(yPred) : yPred;
  const others = tf.sub(1, targets);
  const right = tf.add(tf.mul(targets, p), tf.mul(others, tf.sub(1, p)));
  let focal = tf.mul(tf.pow(tf.sub(1, right), gamma), valuesOfProbabilities(targets, p));
  if (applyClassBalancing) focal = tf.mul(focal, tf.add(tf.mul(targets, alpha), tf.mul(others, 1 - alpha)));
  return tf.mean(focal, axis);
}

/**
 * Categorical crossentropy that weights each sample by `(1 - p)^gamma`, so that samples already right count less (Lin et
 * al., 2018).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.categoricalFocalCrossentropy(tf.tensor2d([[0, 1]]), tf.tensor2d([[0.5, 0.5]])) // [0.043]
 * ```
 */
export function categoricalFocalCrossentropy(
  yTrue: tf.Tensor,
  yPred: tf.Tensor,
  options: CategoricalFocalOptions = {},
): tf.Tensor {
  checkCallOptions("categoricalFocalCrossentropy()", options, categoricalFocalTable.ownOptions);
  const { alpha = 0.25, gamma = 2, fromLogits = false, labelSmoothing = 0, axis = -1 } = options;
  checkSameShape("categorical_focal_crossentropy", yTrue, yPred, useSparse);
  const targets = toClassesLast(smoothed(tf.cast(yTrue, yPred.dtype), labelSmoothing, yPred.shape.at(axis) ?? 1), axis);
  const scores = toClassesLast(yPred, axis);
  const shares = fromLogits ? tf.softmax(scores) : scores;
  const p = clip(tf.div(shares, tf.sum(shares, -1, true)));
  const factor = tf.mul(tf.pow(tf.sub(1, p), gamma), typeof alpha === "number" ? alpha : tf.tensor1d([...alpha]));
  return tf.neg(tf.sum(tf.mul(factor, tf.mul(targets, tf.log(p))), -1));
}

/**
 * Binary crossentropy in which samples already right count less (Lin et al., 2018).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.BinaryFocalCrossentropy()(tf.tensor2d([[1]]), tf.tensor2d([[0.5]])) // 0.173
 * ```
 */
export const BinaryFocalCrossentropy = lossOf<BinaryFocalLossOptions>(
  "BinaryFocalCrossentropy",
  (yTrue, yPred, options) => binaryFocalCrossentropy(...matched(yTrue, yPred), options),
  binaryFocalTable,
);
export type BinaryFocalCrossentropy = InstanceType<typeof BinaryFocalCrossentropy>;

/**
 * Categorical crossentropy in which samples already right count less (Lin et al., 2018).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.CategoricalFocalCrossentropy()(tf.tensor2d([[0, 1]]), tf.tensor2d([[0.5, 0.5]])) // 0.043
 * ```
 */
export const CategoricalFocalCrossentropy = lossOf<CategoricalFocalLossOptions>(
  "CategoricalFocalCrossentropy",
  categoricalFocalCrossentropy,
  categoricalFocalTable,
);
export type CategoricalFocalCrossentropy = InstanceType<typeof CategoricalFocalCrossentropy>;
