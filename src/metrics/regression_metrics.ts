import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import {
  cosineSimilarity,
  logCosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
} from "../losses/regression";
import { matched } from "../losses/shapes";
import * as kinds from "../options/kinds";
import { MeanOfFunction, meanOf } from "./mean_of_function";
import type { MetricOptions } from "./metric";

/** Options of {@link CosineSimilarity}. */
export interface CosineSimilarityMetricOptions extends MetricOptions {
  /** The axis of the vectors. Default -1. */
  readonly axis?: number;
}

/**
 * Mean of the squared errors, `"mse"`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.MeanSquaredError()(tf.tensor2d([[0, 1]]), tf.tensor2d([[1, 1]])) // 0.5
 * ```
 * @see https://keras.io/api/metrics/regression_metrics/
 */
export const MeanSquaredError = meanOf("MeanSquaredError", meanSquaredError, { direction: "down" });
export type MeanSquaredError = InstanceType<typeof MeanSquaredError>;

/**
 * Mean of the absolute errors, `"mae"`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.MeanAbsoluteError()(tf.tensor2d([[0, 1]]), tf.tensor2d([[1, 1]])) // 0.5
 * ```
 */
export const MeanAbsoluteError = meanOf("MeanAbsoluteError", meanAbsoluteError, { direction: "down" });
export type MeanAbsoluteError = InstanceType<typeof MeanAbsoluteError>;

/**
 * Mean of the errors in percent of the targets, `"mape"`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.MeanAbsolutePercentageError()(tf.tensor2d([[2]]), tf.tensor2d([[1]])) // 50
 * ```
 */
export const MeanAbsolutePercentageError = meanOf("MeanAbsolutePercentageError", meanAbsolutePercentageError, {
  direction: "down",
});
export type MeanAbsolutePercentageError = InstanceType<typeof MeanAbsolutePercentageError>;

/**
 * Mean of the squared differences of `log(y + 1)`, `"msle"`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.MeanSquaredLogarithmicError()(tf.tensor2d([[0]]), tf.tensor2d([[Math.E - 1]])) // 1
 * ```
 */
export const MeanSquaredLogarithmicError = meanOf("MeanSquaredLogarithmicError", meanSquaredLogarithmicError, {
  direction: "down",
});
export type MeanSquaredLogarithmicError = InstanceType<typeof MeanSquaredLogarithmicError>;

class RootMeanSquaredErrorMetric extends MeanOfFunction {
  static override readonly className = "RootMeanSquaredError";
  static override readonly logName = "root_mean_squared_error";
  static override readonly direction = "down";

  protected override values(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    const [t, p] = matched(yTrue, tf.cast(yPred, "float32"));
    return tf.square(tf.sub(p, t));
  }

  override result(): tf.Tensor {
    return tf.sqrt(super.result());
  }
}

/**
 * Root of the mean of the squared errors.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.RootMeanSquaredError()(tf.tensor2d([[0, 0]]), tf.tensor2d([[3, 4]])) // 3.536
 * ```
 */
export const RootMeanSquaredError = callable(RootMeanSquaredErrorMetric);
export type RootMeanSquaredError = RootMeanSquaredErrorMetric;

/**
 * Mean of `log(cosh(error))`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.LogCoshError()(tf.tensor2d([[0]]), tf.tensor2d([[1]])) // 0.434
 * ```
 */
export const LogCoshError = meanOf("LogCoshError", logCosh, { direction: "down", logName: "logcosh" });
export type LogCoshError = InstanceType<typeof LogCoshError>;

/**
 * Mean cosine between targets and predictions: 1 is the same direction (the loss of this name has the opposite sign).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.CosineSimilarity()(tf.tensor2d([[0, 2]]), tf.tensor2d([[0, 1]])) // 1
 * ```
 */
export const CosineSimilarity = meanOf<CosineSimilarityMetricOptions>(
  "CosineSimilarity",
  (yTrue, yPred, { axis }) => tf.neg(cosineSimilarity(yTrue, yPred, axis)),
  { direction: "up", ownOptions: { axis: kinds.axis }, defaults: { axis: -1 } },
);
export type CosineSimilarity = InstanceType<typeof CosineSimilarity>;
