import * as tf from "@tensorflow/tfjs-core";
import {
  binaryCrossentropy,
  type CrossentropyOptions,
  categoricalCrossentropy,
  type SparseCrossentropyOptions,
  sparseCategoricalCrossentropy,
} from "../losses/crossentropy";
import { categoricalHinge, hinge, squaredHinge } from "../losses/hinge";
import {
  cosineSimilarity,
  klDivergence,
  logCosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  poisson,
} from "../losses/regression";
import { callable } from "../utils/callable";
import type { MetricOptions } from "./metric";
import { MeanOfFunction } from "./reductions";

/** Options of {@link CosineSimilarity}. */
export interface CosineSimilarityMetricOptions extends MetricOptions {
  /** The axis of the vectors. Default -1. */
  readonly axis?: number;
}

/** Options of {@link BinaryCrossentropy} and {@link CategoricalCrossentropy}. */
export interface CrossentropyMetricOptions extends CrossentropyOptions, MetricOptions {}

/** Options of {@link SparseCategoricalCrossentropy}. */
export interface SparseCrossentropyMetricOptions extends SparseCrossentropyOptions, MetricOptions {}

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
  static override readonly optionNames = ["axis"];
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

export class KLDivergenceMetric extends MeanOfFunction {
  static override readonly className = "KLDivergence";
  static override readonly logName = "kl_divergence";
  static override readonly direction = "down";

  protected override values(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return klDivergence(yTrue, yPred);
  }
}

/**
 * Kullback-Leibler divergence. https://keras.io/api/metrics/probabilistic_metrics/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.KLDivergence()(tf.tensor2d([[0.5, 0.5]]), tf.tensor2d([[0.5, 0.5]])) // 0
 * ```
 */
export const KLDivergence = callable(KLDivergenceMetric);
export type KLDivergence = KLDivergenceMetric;

export class PoissonMetric extends MeanOfFunction {
  static override readonly className = "Poisson";
  static override readonly logName = "poisson";
  static override readonly direction = "down";

  protected override values(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return poisson(yTrue, yPred);
  }
}

/**
 * Negative log likelihood of counts.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.Poisson()(tf.tensor2d([[2]]), tf.tensor2d([[1]])) // 1
 * ```
 */
export const Poisson = callable(PoissonMetric);
export type Poisson = PoissonMetric;

export class BinaryCrossentropyMetric extends MeanOfFunction {
  static override readonly className = "BinaryCrossentropy";
  static override readonly logName = "binary_crossentropy";
  static override readonly direction = "down";
  static override readonly optionNames = ["fromLogits", "labelSmoothing", "axis"];
  readonly fromLogits: boolean;
  readonly labelSmoothing: number;
  readonly axis: number;

  constructor(options: CrossentropyMetricOptions = {}) {
    super(options);
    this.fromLogits = options.fromLogits ?? false;
    this.labelSmoothing = options.labelSmoothing ?? 0;
    this.axis = options.axis ?? -1;
  }

  protected override values(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return binaryCrossentropy(yTrue, yPred, this);
  }

  override getConfig() {
    const { fromLogits, labelSmoothing, axis } = this;
    return { ...super.getConfig(), fromLogits, labelSmoothing, axis };
  }
}

/**
 * Crossentropy of targets 0 and 1.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.BinaryCrossentropy()(tf.tensor2d([[1]]), tf.tensor2d([[0.5]])) // 0.693
 * ```
 */
export const BinaryCrossentropy = callable(BinaryCrossentropyMetric);
export type BinaryCrossentropy = BinaryCrossentropyMetric;

export class CategoricalCrossentropyMetric extends MeanOfFunction {
  static override readonly className = "CategoricalCrossentropy";
  static override readonly logName = "categorical_crossentropy";
  static override readonly direction = "down";
  static override readonly optionNames = ["fromLogits", "labelSmoothing", "axis"];
  readonly fromLogits: boolean;
  readonly labelSmoothing: number;
  readonly axis: number;

  constructor(options: CrossentropyMetricOptions = {}) {
    super(options);
    this.fromLogits = options.fromLogits ?? false;
    this.labelSmoothing = options.labelSmoothing ?? 0;
    this.axis = options.axis ?? -1;
  }

  protected override values(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return categoricalCrossentropy(yTrue, yPred, this);
  }

  override getConfig() {
    const { fromLogits, labelSmoothing, axis } = this;
    return { ...super.getConfig(), fromLogits, labelSmoothing, axis };
  }
}

/**
 * Crossentropy of one-hot targets.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.CategoricalCrossentropy()(tf.tensor2d([[0, 1]]), tf.tensor2d([[0.5, 0.5]])) // 0.693
 * ```
 */
export const CategoricalCrossentropy = callable(CategoricalCrossentropyMetric);
export type CategoricalCrossentropy = CategoricalCrossentropyMetric;

export class SparseCategoricalCrossentropyMetric extends MeanOfFunction {
  static override readonly className = "SparseCategoricalCrossentropy";
  static override readonly logName = "sparse_categorical_crossentropy";
  static override readonly direction = "down";
  static override readonly optionNames = ["ignoreClass", "fromLogits", "axis"];
  readonly ignoreClass: number | undefined;
  readonly fromLogits: boolean;
  readonly axis: number;

  readonly #options: SparseCrossentropyOptions;

  constructor(options: SparseCrossentropyMetricOptions = {}) {
    super(options);
    this.#options = options;
    this.ignoreClass = options.ignoreClass;
    this.fromLogits = options.fromLogits ?? false;
    this.axis = options.axis ?? -1;
  }

  protected override values(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return sparseCategoricalCrossentropy(yTrue, yPred, this.#options);
  }

  override getConfig() {
    const { ignoreClass, fromLogits, axis } = this;
    return { ...super.getConfig(), ignoreClass, fromLogits, axis };
  }
}

/**
 * Crossentropy of integer labels.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.SparseCategoricalCrossentropy()(tf.tensor1d([1]), tf.tensor2d([[0.5, 0.5]])) // 0.693
 * ```
 */
export const SparseCategoricalCrossentropy = callable(SparseCategoricalCrossentropyMetric);
export type SparseCategoricalCrossentropy = SparseCategoricalCrossentropyMetric;
