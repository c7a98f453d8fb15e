import type * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import {
  binaryCrossentropy,
  type CrossentropyOptions,
  categoricalCrossentropy,
  type SparseCrossentropyOptions,
  sparseCategoricalCrossentropy,
} from "../losses/crossentropy";
import { crossentropyKinds, sparseKinds } from "../losses/crossentropy_options";
import { klDivergence, poisson } from "../losses/regression";
import type * as kinds from "../options/kinds";
import type { MetricOptions } from "./metric";
import { MeanOfFunction } from "./reductions";

/** Options of {@link BinaryCrossentropy} and {@link CategoricalCrossentropy}. */
export interface CrossentropyMetricOptions extends CrossentropyOptions, MetricOptions {}

/** Options of {@link SparseCategoricalCrossentropy}. */
export interface SparseCrossentropyMetricOptions extends SparseCrossentropyOptions, MetricOptions {}

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
  static override readonly ownOptions: kinds.Kinds = crossentropyKinds;
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
  static override readonly ownOptions: kinds.Kinds = crossentropyKinds;
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
  static override readonly ownOptions: kinds.Kinds = sparseKinds;
  readonly ignoreClass: number | null;
  readonly fromLogits: boolean;
  readonly axis: number;

  constructor(options: SparseCrossentropyMetricOptions = {}) {
    super(options);
    this.ignoreClass = options.ignoreClass ?? null;
    this.fromLogits = options.fromLogits ?? false;
    this.axis = options.axis ?? -1;
  }

  protected override values(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return sparseCategoricalCrossentropy(yTrue, yPred, this);
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
