import * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../options/kinds";
import { lossOf } from "./function_loss";
import type { LossOptions } from "./loss";
import { epsilon, matched, normalize } from "./shapes";

/**
 * Mean over the last axis of `(yTrue - yPred)²`. One value per sample.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.meanSquaredError(tf.tensor2d([[0, 1]]), tf.tensor2d([[1, 1]])) // [0.5]
 * ```
 * @see https://keras.io/api/losses/regression_losses/
 */
export function meanSquaredError(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  const [t, p] = matched(yTrue, yPred);
  return tf.mean(tf.square(tf.sub(t, p)), -1);
}

/**
 * Mean over the last axis of `|yTrue - yPred|`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.meanAbsoluteError(tf.tensor2d([[0, 1]]), tf.tensor2d([[1, 1]])) // [0.5]
 * ```
 */
export function meanAbsoluteError(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  const [t, p] = matched(yTrue, yPred);
  return tf.mean(tf.abs(tf.sub(t, p)), -1);
}

/**
 * Mean over the last axis of `100 · |(yTrue - yPred) / yTrue|`, in percent.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.meanAbsolutePercentageError(tf.tensor2d([[2]]), tf.tensor2d([[1]])) // [50]
 * ```
 */
export function meanAbsolutePercentageError(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  const [t, p] = matched(yTrue, yPred);
  return tf.mul(100, tf.mean(tf.abs(tf.div(tf.sub(t, p), tf.maximum(tf.abs(t), epsilon))), -1));
}

/**
 * Mean over the last axis of `(log(yTrue + 1) - log(yPred + 1))²`; values below 1e-7 count as 1e-7.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.meanSquaredLogarithmicError(tf.tensor2d([[0]]), tf.tensor2d([[Math.E - 1]])) // [1]
 * ```
 */
export function meanSquaredLogarithmicError(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  const [t, p] = matched(yTrue, yPred);
  const log = (x: tf.Tensor) => tf.log(tf.add(tf.maximum(x, epsilon), 1));
  return tf.mean(tf.square(tf.sub(log(p), log(t))), -1);
}

/**
 * Minus the cosine of the angle between targets and predictions along `axis`: -1 is the same direction.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.cosineSimilarity(tf.tensor2d([[0, 2]]), tf.tensor2d([[0, 1]])) // [-1]
 * ```
 */
export function cosineSimilarity(yTrue: tf.Tensor, yPred: tf.Tensor, axis = -1): tf.Tensor {
  const [t, p] = matched(yTrue, yPred);
  return tf.neg(tf.sum(tf.mul(normalize(t, axis), normalize(p, axis)), axis));
}

/**
 * Mean over the last axis of half the squared error up to `delta`, linear above it (Huber, 1964).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.huber(tf.tensor2d([[0, 0]]), tf.tensor2d([[1, 3]])) // [1.5]
 * ```
 */
export function huber(yTrue: tf.Tensor, yPred: tf.Tensor, delta = 1): tf.Tensor {
  const [t, p] = matched(yTrue, yPred);
  const size = tf.abs(tf.sub(p, t));
  const near = tf.mul(0.5, tf.square(size));
  const far = tf.sub(tf.mul(delta, size), 0.5 * delta * delta);
  return tf.mean(tf.where(tf.lessEqual(size, delta), near, far), -1);
}

/**
 * Mean over the last axis of `log(cosh(yPred - yTrue))`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.logCosh(tf.tensor2d([[0]]), tf.tensor2d([[1]])) // [0.434]
 * ```
 */
export function logCosh(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  const [t, p] = matched(yTrue, yPred);
  const error = tf.sub(p, t);
  return tf.mean(tf.sub(tf.add(error, tf.softplus(tf.mul(error, -2))), Math.LN2), -1);
}

/**
 * Mean of the squared errors, `"mse"`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.MeanSquaredError()(tf.tensor2d([[0, 1]]), tf.tensor2d([[1, 1]])) // 0.5
 * ```
 * @see https://keras.io/api/losses/regression_losses/
 */
export const MeanSquaredError = lossOf("MeanSquaredError", meanSquaredError);
export type MeanSquaredError = InstanceType<typeof MeanSquaredError>;

/**
 * Mean of the absolute errors, `"mae"`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.MeanAbsoluteError()(tf.tensor2d([[0, 1]]), tf.tensor2d([[1, 1]])) // 0.5
 * ```
 */
export const MeanAbsoluteError = lossOf("MeanAbsoluteError", meanAbsoluteError);
export type MeanAbsoluteError = InstanceType<typeof MeanAbsoluteError>;

/**
 * Mean of the errors in percent of the targets, `"mape"`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.MeanAbsolutePercentageError()(tf.tensor2d([[2]]), tf.tensor2d([[1]])) // 50
 * ```
 */
export const MeanAbsolutePercentageError = lossOf("MeanAbsolutePercentageError", meanAbsolutePercentageError);
export type MeanAbsolutePercentageError = InstanceType<typeof MeanAbsolutePercentageError>;

/**
 * Mean of the squared differences of `log(y + 1)`, `"msle"`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.MeanSquaredLogarithmicError()(tf.tensor2d([[0]]), tf.tensor2d([[Math.E - 1]])) // 1
 * ```
 */
export const MeanSquaredLogarithmicError = lossOf("MeanSquaredLogarithmicError", meanSquaredLogarithmicError);
export type MeanSquaredLogarithmicError = InstanceType<typeof MeanSquaredLogarithmicError>;

/** Options of {@link CosineSimilarity}. */
export interface CosineSimilarityOptions extends LossOptions {
  /** The axis of the vectors. Default -1. */
  readonly axis?: number;
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
export const CosineSimilarity = lossOf<CosineSimilarityOptions>(
  "CosineSimilarity",
  (yTrue, yPred, { axis }) => cosineSimilarity(yTrue, yPred, axis),
  { ownOptions: { axis: kinds.axis }, defaults: { axis: -1 } },
);
export type CosineSimilarity = InstanceType<typeof CosineSimilarity>;

/** Options of {@link Huber}. */
export interface HuberOptions extends LossOptions {
  /** The loss is linear for errors above it. Default 1. */
  readonly delta?: number;
}

/**
 * Half the squared error up to `delta` (default 1), linear above it. Its name in logs is `huber_loss`, as in Keras.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.Huber({ delta: 1 })(tf.tensor2d([[0, 0]]), tf.tensor2d([[1, 3]])) // 1.5
 * ```
 */
export const Huber = lossOf<HuberOptions>("Huber", (yTrue, yPred, { delta }) => huber(yTrue, yPred, delta), {
  ownOptions: { delta: kinds.number({ above: 0 }) },
  defaults: { delta: 1 },
  logName: "huber_loss",
});
export type Huber = InstanceType<typeof Huber>;

/**
 * Mean of `log(cosh(error))`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.LogCosh()(tf.tensor2d([[0]]), tf.tensor2d([[1]])) // 0.434
 * ```
 */
export const LogCosh = lossOf("LogCosh", logCosh);
export type LogCosh = InstanceType<typeof LogCosh>;
