import type * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import * as kinds from "../options/kinds";
import { Loss, type LossOptions } from "./loss";
import {
  cosineSimilarity,
  huber,
  logCosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
} from "./regression";

/** Options of {@link CosineSimilarity}. */
export interface CosineSimilarityOptions extends LossOptions {
  /** The axis of the vectors. Default -1. */
  readonly axis?: number;
}

/** Options of {@link Huber}. */
export interface HuberOptions extends LossOptions {
  /** The error from which on the loss is linear. Default 1. */
  readonly delta?: number;
}

export class MeanSquaredErrorLoss extends Loss {
  static override readonly className = "MeanSquaredError";

  override call(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return meanSquaredError(yTrue, yPred);
  }
}

/**
 * Mean of the squared errors, `"mse"`. https://keras.io/api/losses/regression_losses/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.MeanSquaredError()(tf.tensor2d([[0, 1]]), tf.tensor2d([[1, 1]])) // 0.5
 * ```
 */
export const MeanSquaredError = callable(MeanSquaredErrorLoss);
export type MeanSquaredError = MeanSquaredErrorLoss;

export class MeanAbsoluteErrorLoss extends Loss {
  static override readonly className = "MeanAbsoluteError";

  override call(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return meanAbsoluteError(yTrue, yPred);
  }
}

/**
 * Mean of the absolute errors, `"mae"`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.MeanAbsoluteError()(tf.tensor2d([[0, 1]]), tf.tensor2d([[1, 1]])) // 0.5
 * ```
 */
export const MeanAbsoluteError = callable(MeanAbsoluteErrorLoss);
export type MeanAbsoluteError = MeanAbsoluteErrorLoss;

export class MeanAbsolutePercentageErrorLoss extends Loss {
  static override readonly className = "MeanAbsolutePercentageError";

  override call(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return meanAbsolutePercentageError(yTrue, yPred);
  }
}

/**
 * Mean of the errors in percent of the targets, `"mape"`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.MeanAbsolutePercentageError()(tf.tensor2d([[2]]), tf.tensor2d([[1]])) // 50
 * ```
 */
export const MeanAbsolutePercentageError = callable(MeanAbsolutePercentageErrorLoss);
export type MeanAbsolutePercentageError = MeanAbsolutePercentageErrorLoss;

export class MeanSquaredLogarithmicErrorLoss extends Loss {
  static override readonly className = "MeanSquaredLogarithmicError";

  override call(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return meanSquaredLogarithmicError(yTrue, yPred);
  }
}

/**
 * Mean of the squared differences of `log(y + 1)`, `"msle"`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.MeanSquaredLogarithmicError()(tf.tensor2d([[0]]), tf.tensor2d([[Math.E - 1]])) // 1
 * ```
 */
export const MeanSquaredLogarithmicError = callable(MeanSquaredLogarithmicErrorLoss);
export type MeanSquaredLogarithmicError = MeanSquaredLogarithmicErrorLoss;

export class CosineSimilarityLoss extends Loss {
  static override readonly className = "CosineSimilarity";
  static override readonly ownOptions: kinds.Kinds = {
    axis: kinds.axis,
  };
  readonly axis: number;

  constructor(options: CosineSimilarityOptions = {}) {
    super(options);
    this.axis = options.axis ?? -1;
  }

  override call(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return cosineSimilarity(yTrue, yPred, this.axis);
  }

  override getConfig() {
    const { axis } = this;
    return { ...super.getConfig(), axis };
  }
}

/**
 * Minus the cosine between targets and predictions along `axis` (default -1).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.CosineSimilarity()(tf.tensor2d([[0, 2]]), tf.tensor2d([[0, 1]])) // -1
 * ```
 */
export const CosineSimilarity = callable(CosineSimilarityLoss);
export type CosineSimilarity = CosineSimilarityLoss;

export class HuberLoss extends Loss {
  static override readonly className = "Huber";
  static override readonly ownOptions: kinds.Kinds = {
    delta: kinds.number({ above: 0 }),
  };
  readonly delta: number;

  constructor(options: HuberOptions = {}) {
    super({ ...options, name: options.name ?? "huber_loss" });
    this.delta = options.delta ?? 1;
  }

  override call(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return huber(yTrue, yPred, this.delta);
  }

  override getConfig() {
    const { delta } = this;
    return { ...super.getConfig(), delta };
  }
}

/**
 * Half the squared error up to `delta` (default 1), linear beyond; its name in logs is `huber_loss`, as in Keras.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.Huber({ delta: 1 })(tf.tensor2d([[0, 0]]), tf.tensor2d([[1, 3]])) // 1.5
 * ```
 */
export const Huber = callable(HuberLoss);
export type Huber = HuberLoss;

export class LogCoshLoss extends Loss {
  static override readonly className = "LogCosh";

  override call(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return logCosh(yTrue, yPred);
  }
}

/**
 * Mean of `log(cosh(error))`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.LogCosh()(tf.tensor2d([[0]]), tf.tensor2d([[1]])) // 0.434
 * ```
 */
export const LogCosh = callable(LogCoshLoss);
export type LogCosh = LogCoshLoss;
