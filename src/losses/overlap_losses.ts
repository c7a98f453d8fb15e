import type * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import * as kinds from "../options/kinds";
import { Loss, type LossOptions } from "./loss";
import { dice, type TverskyOptions, tversky } from "./overlap";

/** Options of {@link Dice}. */
export interface DiceOptions extends LossOptions {
  /** The axes to sum over. Default: all, which gives one value for the batch. */
  readonly axis?: number | number[];
}

/** Options of {@link Tversky}. */
export interface TverskyLossOptions extends TverskyOptions, LossOptions {}

export class DiceLoss extends Loss {
  static override readonly className = "Dice";
  static override readonly ownOptions: kinds.Kinds = {
    axis: kinds.orNull(kinds.axes),
  };
  readonly axis: number | number[] | undefined;

  constructor(options: DiceOptions = {}) {
    super(options);
    this.axis = options.axis;
  }

  override call(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return dice(yTrue, yPred, this.axis);
  }

  override getConfig() {
    const { axis } = this;
    return { ...super.getConfig(), axis };
  }
}

/**
 * `1 - 2 · |A ∩ B| / (|A| + |B|)`, for segmentation masks; over all values unless `axis` says which.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.Dice()(tf.tensor2d([[1, 0]]), tf.tensor2d([[1, 1]])) // 0.333
 * ```
 */
export const Dice = callable(DiceLoss);
export type Dice = DiceLoss;

export class TverskyLoss extends Loss {
  static override readonly className = "Tversky";
  static override readonly ownOptions: kinds.Kinds = {
    alpha: kinds.number(),
    beta: kinds.number(),
    axis: kinds.orNull(kinds.axes),
  };
  readonly alpha: number;
  readonly beta: number;
  readonly axis: number | number[] | undefined;

  constructor(options: TverskyLossOptions = {}) {
    super(options);
    this.alpha = options.alpha ?? 0.5;
    this.beta = options.beta ?? 0.5;
    this.axis = options.axis;
  }

  override call(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return tversky(yTrue, yPred, this);
  }

  override getConfig() {
    const { alpha, beta, axis } = this;
    return { ...super.getConfig(), alpha, beta, axis };
  }
}

/**
 * {@link Dice} with weights for false positives (`alpha`) and false negatives (`beta`).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.Tversky({ alpha: 1 })(tf.tensor2d([[1, 0]]), tf.tensor2d([[1, 1]])) // 0.5
 * ```
 */
export const Tversky = callable(TverskyLoss);
export type Tversky = TverskyLoss;
