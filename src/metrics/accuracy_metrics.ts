import type * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import * as kinds from "../options/kinds";
import {
  accuracy,
  binaryAccuracy,
  categoricalAccuracy,
  sparseCategoricalAccuracy,
  sparseTopKCategoricalAccuracy,
  topKCategoricalAccuracy,
} from "./accuracy";
import type { MetricOptions } from "./metric";
import { MeanOfFunction } from "./reductions";

/** Options of {@link BinaryAccuracy}. */
export interface BinaryAccuracyOptions extends MetricOptions {
  /** Predictions above it count as 1. Default 0.5. */
  readonly threshold?: number;
}

/** Options of {@link TopKCategoricalAccuracy} and {@link SparseTopKCategoricalAccuracy}. */
export interface TopKOptions extends MetricOptions {
  /** Among how many of the largest predictions the right one must be. Default 5. */
  readonly k?: number;
}

export class AccuracyMetric extends MeanOfFunction {
  static override readonly className = "Accuracy";
  static override readonly logName = "accuracy";
  static override readonly direction = "up";

  protected override values(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return accuracy(yTrue, yPred);
  }
}

/**
 * Share of predictions that equal their targets. As a string in `compile`, `"accuracy"` is the accuracy that fits the shapes.
 * https://keras.io/api/metrics/accuracy_metrics/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.Accuracy()(tf.tensor([1, 2]), tf.tensor([1, 3])) // 0.5
 * ```
 */
export const Accuracy = callable(AccuracyMetric);
export type Accuracy = AccuracyMetric;

export class BinaryAccuracyMetric extends MeanOfFunction {
  static override readonly className = "BinaryAccuracy";
  static override readonly logName = "binary_accuracy";
  static override readonly direction = "up";
  static override readonly ownOptions: kinds.Kinds = {
    threshold: kinds.number(),
  };
  readonly threshold: number;

  constructor(options: BinaryAccuracyOptions = {}) {
    super(options);
    this.threshold = options.threshold ?? 0.5;
  }

  protected override values(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return binaryAccuracy(yTrue, yPred, this.threshold);
  }

  override getConfig() {
    const { threshold } = this;
    return { ...super.getConfig(), threshold };
  }
}

/**
 * Share of predictions on the right side of the threshold.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.BinaryAccuracy()(tf.tensor2d([[1], [0]]), tf.tensor2d([[0.6], [0.7]])) // 0.5
 * ```
 */
export const BinaryAccuracy = callable(BinaryAccuracyMetric);
export type BinaryAccuracy = BinaryAccuracyMetric;

export class CategoricalAccuracyMetric extends MeanOfFunction {
  static override readonly className = "CategoricalAccuracy";
  static override readonly logName = "categorical_accuracy";
  static override readonly direction = "up";

  protected override values(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return categoricalAccuracy(yTrue, yPred);
  }
}

/**
 * Share of samples whose largest prediction is that of the one-hot target.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.CategoricalAccuracy()(tf.tensor2d([[0, 1]]), tf.tensor2d([[0.1, 0.9]])) // 1
 * ```
 */
export const CategoricalAccuracy = callable(CategoricalAccuracyMetric);
export type CategoricalAccuracy = CategoricalAccuracyMetric;

export class SparseCategoricalAccuracyMetric extends MeanOfFunction {
  static override readonly className = "SparseCategoricalAccuracy";
  static override readonly logName = "sparse_categorical_accuracy";
  static override readonly direction = "up";

  protected override values(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return sparseCategoricalAccuracy(yTrue, yPred);
  }
}

/**
 * Share of samples whose largest prediction is that of the integer label.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.SparseCategoricalAccuracy()(tf.tensor1d([1]), tf.tensor2d([[0.1, 0.9]])) // 1
 * ```
 */
export const SparseCategoricalAccuracy = callable(SparseCategoricalAccuracyMetric);
export type SparseCategoricalAccuracy = SparseCategoricalAccuracyMetric;

export class TopKCategoricalAccuracyMetric extends MeanOfFunction {
  static override readonly className = "TopKCategoricalAccuracy";
  static override readonly logName = "top_k_categorical_accuracy";
  static override readonly direction = "up";
  static override readonly ownOptions: kinds.Kinds = {
    k: kinds.count,
  };
  readonly k: number;

  constructor(options: TopKOptions = {}) {
    super(options);
    this.k = options.k ?? 5;
  }

  protected override values(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return topKCategoricalAccuracy(yTrue, yPred, this.k);
  }

  override getConfig() {
    const { k } = this;
    return { ...super.getConfig(), k };
  }
}

/**
 * Share of samples whose one-hot target is among the `k` largest predictions.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.TopKCategoricalAccuracy({ k: 2 })(tf.tensor2d([[0, 0, 1]]), tf.tensor2d([[0.1, 0.5, 0.4]])) // 1
 * ```
 */
export const TopKCategoricalAccuracy = callable(TopKCategoricalAccuracyMetric);
export type TopKCategoricalAccuracy = TopKCategoricalAccuracyMetric;

export class SparseTopKCategoricalAccuracyMetric extends MeanOfFunction {
  static override readonly className = "SparseTopKCategoricalAccuracy";
  static override readonly logName = "sparse_top_k_categorical_accuracy";
  static override readonly direction = "up";
  static override readonly ownOptions: kinds.Kinds = {
    k: kinds.count,
  };
  readonly k: number;

  constructor(options: TopKOptions = {}) {
    super(options);
    this.k = options.k ?? 5;
  }

  protected override values(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return sparseTopKCategoricalAccuracy(yTrue, yPred, this.k);
  }

  override getConfig() {
    const { k } = this;
    return { ...super.getConfig(), k };
  }
}

/**
 * Share of samples whose integer label is among the `k` largest predictions.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.SparseTopKCategoricalAccuracy({ k: 2 })(tf.tensor1d([2]), tf.tensor2d([[0.1, 0.5, 0.4]])) // 1
 * ```
 */
export const SparseTopKCategoricalAccuracy = callable(SparseTopKCategoricalAccuracyMetric);
export type SparseTopKCategoricalAccuracy = SparseTopKCategoricalAccuracyMetric;
