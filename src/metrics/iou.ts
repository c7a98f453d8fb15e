import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import type { OwnOptions } from "../losses/configurable";
import { epsilon } from "../losses/shapes";
import * as kinds from "../options/kinds";
import { checked } from "../options/options";
import { confusionMatrix } from "./confusion_matrix";
import { accumulate, Metric, type MetricOptions } from "./metric";

/** Options of {@link MeanIoU}. */
export interface MeanIoUOptions extends MetricOptions {
  /** How many classes there are. */
  readonly numClasses: number;
  /** A label to ignore. Default null: none. */
  readonly ignoreClass?: number | null;
  /** Whether targets are integer labels rather than one-hot. Default true. */
  readonly sparseYTrue?: boolean;
  /** Whether predictions are integer labels rather than one value per class. Default true. */
  readonly sparseYPred?: boolean;
  /** The axis of the classes, if there is one. Default -1. */
  readonly axis?: number;
}

/** Options of {@link IoU}. */
export interface IoUOptions extends MeanIoUOptions {
  /** The classes whose mean is the result. */
  readonly targetClassIds: readonly number[];
}

const classIds = kinds.listOf("class numbers from 0 on", kinds.index);

const meanKinds: kinds.KindsOf<OwnOptions<MeanIoUOptions>> = {
  numClasses: kinds.count,
  ignoreClass: kinds.orNull(kinds.whole),
  sparseYTrue: kinds.boolean,
  sparseYPred: kinds.boolean,
  axis: kinds.axis,
};

class IoUMetric extends Metric {
  static override readonly className: string = "IoU";
  static override readonly direction = "up";
  static override readonly ownOptions: kinds.Kinds = {
    ...meanKinds,
    targetClassIds: classIds,
  } satisfies kinds.KindsOf<OwnOptions<IoUOptions>>;
  static override readonly defaults = { ignoreClass: null, sparseYTrue: true, sparseYPred: true, axis: -1 };
  /** Whether the result is the mean over all classes, rather than those that an option lists. */
  static readonly everyClass: boolean = false;
  readonly numClasses: number;
  readonly targetClassIds: readonly number[];
  declare readonly ignoreClass: number | null;
  declare readonly sparseYTrue: boolean;
  declare readonly sparseYPred: boolean;
  declare readonly axis: number;
  readonly #matrix: tf.Variable;

  constructor(options: IoUOptions) {
    super(options);
    const where = `${new.target.className}()`;
    const { numClasses } = options;
    checked(where, "numClasses", numClasses, kinds.count);
    const targetClassIds = new.target.everyClass
      ? Array.from({ length: numClasses }, (_, i) => i)
      : options.targetClassIds;
    const id = kinds.number({ min: 0, max: numClasses - 1, whole: true });
    checked(where, "targetClassIds", targetClassIds, kinds.listOf(`classes, each ${id.expected}`, id));
    this.numClasses = numClasses;
    this.targetClassIds = [...targetClassIds];
    this.#matrix = this.addVariable("total_confusion_matrix", [numClasses, numClasses]);
  }

  override updateState(yTrue: tf.Tensor, yPred: tf.Tensor, sampleWeight?: tf.Tensor): void {
    const labels = this.sparseYTrue ? yTrue : tf.argMax(yTrue, this.axis);
    const predictions = this.sparseYPred ? yPred : tf.argMax(yPred, this.axis);
    let weights: tf.Tensor = tf.ones([labels.size]);
    if (sampleWeight !== undefined) {
      // Keras counts in integers, which truncates weights to whole numbers.
      weights = tf.mul(weights, tf.cast(tf.cast(tf.reshape(sampleWeight, [-1]), "int32"), "float32"));
    }
    if (this.ignoreClass !== null) {
      weights = tf.mul(weights, tf.cast(tf.notEqual(tf.reshape(labels, [-1]), this.ignoreClass), "float32"));
    }
    accumulate(this.#matrix, confusionMatrix(labels, predictions, this.numClasses, weights));
  }

  override result(): tf.Tensor {
    const hits = tf.sum(tf.mul(this.#matrix, tf.eye(this.numClasses)), 0);
    const either = tf.sub(tf.add(tf.sum(this.#matrix, 0), tf.sum(this.#matrix, 1)), hits);
    const ids = tf.tensor1d([...this.targetClassIds], "int32");
    const wanted = tf.sum(tf.cast(tf.oneHot(ids, this.numClasses), "float32"), 0);
    const present = tf.mul(wanted, tf.cast(tf.greater(either, 1e-9), "float32"));
    const shares = tf.mul(tf.div(hits, tf.add(either, epsilon)), present);
    return tf.div(tf.sum(shares), tf.add(tf.sum(present), epsilon));
  }

  override getConfig(): { [option: string]: unknown } {
    const { numClasses, targetClassIds } = this;
    return { ...super.getConfig(), numClasses, targetClassIds };
  }
}

/**
 * Intersection over union, `tp / (tp + fp + fn)`, as a mean over `targetClassIds`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.IoU({ numClasses: 2, targetClassIds: [0] })(tf.tensor([0, 0, 1, 1]), tf.tensor([0, 1, 0, 1])) // 0.333
 * ```
 * @see https://keras.io/api/metrics/segmentation_metrics/
 */
export const IoU = callable(IoUMetric);
export type IoU = IoUMetric;

class MeanIoUMetric extends IoUMetric {
  static override readonly className: string = "MeanIoU";
  static override readonly ownOptions: kinds.Kinds = meanKinds;
  static override readonly everyClass = true;

  constructor(options: MeanIoUOptions) {
    super(options as IoUOptions);
  }

  override getConfig() {
    const { targetClassIds: _, ...config } = super.getConfig();
    return config;
  }
}

/**
 * Intersection over union as a mean over all classes.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.MeanIoU({ numClasses: 2 })(tf.tensor([0, 0, 1, 1]), tf.tensor([0, 1, 0, 1])) // 0.333
 * ```
 */
export const MeanIoU = callable(MeanIoUMetric);
export type MeanIoU = MeanIoUMetric;

/** Options of {@link BinaryIoU}. */
export interface BinaryIoUOptions extends MetricOptions {
  /** The classes whose mean is the result. Default both, `[0, 1]`. */
  readonly targetClassIds?: readonly number[];
  /** Predictions of the threshold or more count as class 1. Default 0.5. */
  readonly threshold?: number;
}

class BinaryIoUMetric extends IoUMetric {
  static override readonly className = "BinaryIoU";
  static override readonly ownOptions: kinds.Kinds = {
    targetClassIds: classIds,
    threshold: kinds.number(),
    // The constructor passes it on.
    numClasses: kinds.count,
  } satisfies kinds.KindsOf<OwnOptions<BinaryIoUOptions>> & kinds.Kinds;
  static override readonly defaults = { ...IoUMetric.defaults, threshold: 0.5 };
  declare readonly threshold: number;

  constructor(options: BinaryIoUOptions = {}) {
    super({ targetClassIds: [0, 1], ...options, numClasses: 2 });
  }

  override updateState(yTrue: tf.Tensor, yPred: tf.Tensor, sampleWeight?: tf.Tensor): void {
    super.updateState(yTrue, tf.cast(tf.greaterEqual(yPred, this.threshold), "int32"), sampleWeight);
  }

  override getConfig() {
    return { name: this.name, targetClassIds: this.targetClassIds, threshold: this.threshold };
  }
}

/**
 * Intersection over union of predictions that are probabilities of class 1.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.BinaryIoU({ threshold: 0.3 })(tf.tensor([0, 1, 0, 1]), tf.tensor([0.1, 0.2, 0.4, 0.7])) // 0.333
 * ```
 */
export const BinaryIoU = callable(BinaryIoUMetric);
export type BinaryIoU = BinaryIoUMetric;

/** Options of {@link OneHotIoU} and {@link OneHotMeanIoU}. */
export type OneHotIoUOptions = Omit<IoUOptions, "sparseYTrue">;

class OneHotIoUMetric extends IoUMetric {
  static override readonly className = "OneHotIoU";

  constructor(options: OneHotIoUOptions) {
    super({ sparseYPred: false, ...options, sparseYTrue: false });
  }
}

/**
 * {@link IoU} for one-hot targets and one prediction per class.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * const [yTrue, yPred] = [tf.tensor2d([[1, 0], [0, 1]]), tf.tensor2d([[0.2, 0.8], [0.1, 0.9]])];
 * keras.metrics.OneHotIoU({ numClasses: 2, targetClassIds: [1] })(yTrue, yPred) // 0.5
 * ```
 */
export const OneHotIoU = callable(OneHotIoUMetric);
export type OneHotIoU = OneHotIoUMetric;

class OneHotMeanIoUMetric extends MeanIoUMetric {
  static override readonly className = "OneHotMeanIoU";

  constructor(options: Omit<MeanIoUOptions, "sparseYTrue">) {
    super({ sparseYPred: false, ...options, sparseYTrue: false });
  }
}

/**
 * {@link MeanIoU} for one-hot targets and one prediction per class.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * const [yTrue, yPred] = [tf.tensor2d([[1, 0], [0, 1]]), tf.tensor2d([[0.2, 0.8], [0.1, 0.9]])];
 * keras.metrics.OneHotMeanIoU({ numClasses: 2 })(yTrue, yPred) // 0.25
 * ```
 */
export const OneHotMeanIoU = callable(OneHotMeanIoUMetric);
export type OneHotMeanIoU = OneHotMeanIoUMetric;
