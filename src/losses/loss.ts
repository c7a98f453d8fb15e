import * as tf from "@tensorflow/tfjs-core";
import { maskOf } from "../backend/mask";
import * as kinds from "../options/kinds";
import { toSnakeCase } from "../utils/naming";
import { Configurable } from "./configurable";
import { matchRanks } from "./shapes";

const reductions = ["sum_over_batch_size", "sum", "mean", "mean_with_sample_weight", "none"] as const;

/** How the values of a batch become one: `"sum_over_batch_size"` and `"mean"` are the mean, null and `"none"` keep them. */
export type Reduction = (typeof reductions)[number] | null;

/** Options of every loss. */
export interface LossOptions {
  /** How the values of a batch become one. Default `"sum_over_batch_size"`. */
  readonly reduction?: Reduction;
  /** The loss's name in logs. Default: the class's name in snake case. */
  readonly name?: string;
}

const lossKinds: kinds.KindsOf<LossOptions> = {
  reduction: kinds.orNull(kinds.oneOf(...reductions)),
  name: kinds.name,
};

/** The mean, sum or all of the weighted `values`: the last step of every loss. */
export function reduceWeighted(
  values: tf.Tensor,
  sampleWeight: tf.Tensor | undefined,
  reduction: Reduction,
  mask?: tf.Tensor,
): tf.Tensor {
  let weight = sampleWeight === undefined ? undefined : tf.cast(sampleWeight, values.dtype);
  if (mask !== undefined) {
    let share = tf.cast(mask, values.dtype);
    // The mean is over the values that the mask keeps, as in Keras.
    if (reduction === "sum_over_batch_size" || reduction === "mean") {
      share = tf.mul(share, tf.divNoNan(tf.scalar(mask.size), tf.sum(share)));
    }
    if (weight !== undefined) [share, weight] = matchRanks(share, weight);
    weight = weight === undefined ? share : tf.mul(weight, share);
  }
  let weighted = values;
  if (weight !== undefined) {
    [weighted, weight] = matchRanks(values, weight);
    weighted = tf.mul(weighted, weight);
  }
  if (reduction === null || reduction === "none" || weighted.rank === 0) return weighted;
  if (reduction === "sum") return tf.sum(weighted);
  if (reduction === "mean_with_sample_weight" && weight !== undefined) {
    return tf.divNoNan(tf.sum(weighted), tf.sum(weight));
  }
  return tf.mean(weighted);
}

/** Instances are functions, which a class declaration cannot say. */
export interface Loss {
  (yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor;
  (yTrue: tf.Tensor, yPred: tf.Tensor, sampleWeight: tf.Tensor | undefined): tf.Tensor;
}

/**
 * Base of the losses. Subclass it and write `call` for a loss with state or options. A plain function
 * `(yTrue, yPred) => tensor` is a loss as well.
 *
 * The object is callable: `loss(yTrue, yPred, sampleWeight?)` is the reduced value.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * class Cubed extends keras.losses.Loss {
 *   call(yTrue: tf.Tensor, yPred: tf.Tensor) { return yTrue.sub(yPred).abs().pow(3).mean(-1); }
 * }
 * new Cubed()(tf.tensor2d([[1]]), tf.tensor2d([[3]])) // 8
 * ```
 * @see https://keras.io/api/losses/
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: see the interface
export abstract class Loss extends Configurable {
  static override readonly className: string = "Loss";
  readonly reduction: Reduction;

  constructor(options: LossOptions = {}) {
    super("Loss", options, lossKinds, toSnakeCase);
    this.reduction = options.reduction === undefined ? "sum_over_batch_size" : options.reduction;
  }

  /** The values before reduction, one per sample (or per sample and position). */
  abstract call(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor;

  /** The weighted, reduced loss. `sampleWeight` has one value per sample, or one per value of `call`. */
  compute(yTrue: tf.Tensor, yPred: tf.Tensor, sampleWeight?: tf.Tensor): tf.Tensor {
    const values = this.call(yTrue, yPred);
    const masks = [maskOf(yPred), maskOf(values)].flatMap((mask) => mask ?? []);
    const mask = masks.length < 2 ? masks[0] : masks.reduce((both, each) => tf.logicalAnd(both, each));
    return reduceWeighted(values, sampleWeight, this.reduction, mask);
  }

  override invoke(yTrue: tf.Tensor, yPred: tf.Tensor, sampleWeight?: tf.Tensor): tf.Tensor {
    return this.compute(yTrue, yPred, sampleWeight);
  }

  override getConfig(): { [option: string]: unknown } {
    return { name: this.name, reduction: this.reduction, ...super.getConfig() };
  }
}
