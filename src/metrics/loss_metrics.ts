import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import { categoricalHinge, hinge, squaredHinge } from "../losses/hinge";
import {
  cosineSimilarity,
  logCosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
} from "../losses/regression";
import * as kinds from "../options/kinds";
import type { MetricOptions } from "./metric";
import { MeanOfFunction } from "./reductions";

/** Options of {@link CosineSimilarity}. */
export interface CosineSimilarityMetricOptions extends MetricOptions {
  /** The axis of the vectors. Default -1. */
  readonly axis?: number;
}

export class MeanSquaredErrorMetric extends MeanOfFunction {
  static override readonly className = "MeanSquaredError";
  static override readonly logName = "mean_squared_error";
  static override readonly direction = "down";

  protected override values(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return meanSquaredError(yTrue, yPred);
  }
}

/**
 * Mean of the squared errors, `"mse"`. https://keras.io/api/metrics/regression_metrics/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.MeanSquaredError()(tf.tensor2d([[0, 1]]), tf.tensor2d([[1, 1]])) // 0.5
 * ```
 */
export const MeanSquaredError = callable(MeanSquaredErrorMetric);
export type MeanSquaredError = MeanSquaredErrorMetric;

export class MeanAbsoluteErrorMetric extends MeanOfFunction {
  static override readonly className = "MeanAbsoluteError";
  static override readonly logName = "mean_absolute_error";
  static override readonly direction = "down";

  protected override values(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return meanAbsoluteError(yTrue, yPred);
  }
}

/**
 * Mean of the absolute errors, `"mae"`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.MeanAbsoluteError()(tf.tensor2d([[0, 1]]), tf.tensor2d([[1, 1]])) // 0.5
 * ```
 */
export const MeanAbsoluteError = callable(MeanAbsoluteErrorMetric);
export type MeanAbsoluteError = MeanAbsoluteErrorMetric;

export class MeanAbsolutePercentageErrorMetric extends MeanOfFunction {
  static override readonly className = "MeanAbsolutePercentageError";
  static override readonly logName = "mean_absolute_percentage_error";
  static override readonly direction = "down";

  protected override values(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return meanAbsolutePercentageError(yTrue, yPred);
  }
}

/**
 * Mean of the errors in percent of the targets, `"mape"`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.MeanAbsolutePercentageError()(tf.tensor2d([[2]]), tf.tensor2d([[1]])) // 50
 * ```
 */
export const MeanAbsolutePercentageError = callable(MeanAbsolutePercentageErrorMetric);
export type MeanAbsolutePercentageError = MeanAbsolutePercentageErrorMetric;

export class MeanSquaredLogarithmicErrorMetric extends MeanOfFunction {
  static override readonly className = "MeanSquaredLogarithmicError";
  static override readonly logName = "mean_squared_logarithmic_error";
  static override readonly direction = "down";

  protected override values(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return meanSquaredLogarithmicError(yTrue, yPred);
  }
}

/**
 * Mean of the squared differences of `log(y + 1)`, `"msle"`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.MeanSquaredLogarithmicError()(tf.tensor2d([[0]]), tf.tensor2d([[Math.E - 1]])) // 1
 * ```
 */
export const MeanSquaredLogarithmicError = callable(MeanSquaredLogarithmicErrorMetric);
export type MeanSquaredLogarithmicError = MeanSquaredLogarithmicErrorMetric;

export class LogCoshErrorMetric extends MeanOfFunction {
  static override readonly className = "LogCoshError";
  static override readonly logName = "logcosh";
  static override readonly direction = "down";

  protected override values(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return logCosh(yTrue, yPred);
  }
}

/**
 * Mean of `log(cosh(error))`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.LogCoshError()(tf.tensor2d([[0]]), tf.tensor2d([[1]])) // 0.434
 * ```
 */
export const LogCoshError = callable(LogCoshErrorMetric);
export type LogCoshError = LogCoshErrorMetric;

export class CosineSimilarityMetric extends MeanOfFunction {
  static override readonly className = "CosineSimilarity";
  static override readonly logName = "cosine_similarity";
  static override readonly direction = "up";
  static override readonly ownOptions: kinds.Kinds = {
    axis: kinds.axis,
  };
  readonly axis: number;

  constructor(options: CosineSimilarityMetricOptions = {}) {
    super(options);
    this.axis = options.axis ?? -1;
  }

  protected override values(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return tf.neg(cosineSimilarity(yTrue, yPred, this.axis));
  }

  override getConfig() {
    const { axis } = this;
    return { ...super.getConfig(), axis };
  }
}

/**
 * Mean cosine between targets and predictions: 1 is the same direction (the loss of this name has the other sign).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.CosineSimilarity()(tf.tensor2d([[0, 2]]), tf.tensor2d([[0, 1]])) // 1
 * ```
 */
export const CosineSimilarity = callable(CosineSimilarityMetric);
export type CosineSimilarity = CosineSimilarityMetric;

export class HingeMetric extends MeanOfFunction {
  static override readonly className = "Hinge";
  static override readonly logName = "hinge";
  static override readonly direction = "down";

  protected override values(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return hinge(yTrue, yPred);
  }
}

/**
 * Mean of `max(1 - yTrue · yPred, 0)`; labels are -1 and 1, or 0 and 1. https://keras.io/api/metrics/hinge_metrics/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.Hinge()(tf.tensor2d([[1, -1]]), tf.tensor2d([[0.5, -2]])) // 0.25
 * ```
 */
export const Hinge = callable(HingeMetric);
export type Hinge = HingeMetric;

export class SquaredHingeMetric extends MeanOfFunction {
  static override readonly className = "SquaredHinge";
  static override readonly logName = "squared_hinge";
  static override readonly direction = "down";

  protected override values(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return squaredHinge(yTrue, yPred);
  }
}

/**
 * Mean of `max(1 - yTrue · yPred, 0)²`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.SquaredHinge()(tf.tensor2d([[1, -1]]), tf.tensor2d([[0.5, -2]])) // 0.125
 * ```
 */
export const SquaredHinge = callable(SquaredHingeMetric);
export type SquaredHinge = SquaredHingeMetric;

export class CategoricalHingeMetric extends MeanOfFunction {
  static override readonly className = "CategoricalHinge";
  static override readonly logName = "categorical_hinge";
  static override readonly direction = "down";

  protected override values(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return categoricalHinge(yTrue, yPred);
  }
}

/**
 * Mean of `max(neg - pos + 1, 0)` for one-hot targets.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.CategoricalHinge()(tf.tensor2d([[0, 1]]), tf.tensor2d([[0.4, 0.6]])) // 0.8
 * ```
 */
export const CategoricalHinge = callable(CategoricalHingeMetric);
export type CategoricalHinge = CategoricalHingeMetric;
