import type * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import * as kinds from "../options/kinds";
import {
  type BinaryFocalOptions,
  binaryCrossentropy,
  binaryFocalCrossentropy,
  type CategoricalFocalOptions,
  type CrossentropyOptions,
  categoricalCrossentropy,
  categoricalFocalCrossentropy,
  categoricalGeneralizedCrossEntropy,
  type SparseCrossentropyOptions,
  sparseCategoricalCrossentropy,
} from "./crossentropy";
import { binaryFocalKinds, categoricalFocalKinds, crossentropyKinds, sparseKinds } from "./crossentropy_options";
import { Loss, type LossOptions } from "./loss";
import { klDivergence, poisson } from "./regression";
import { matched } from "./shapes";

/** Options of {@link BinaryCrossentropy} and {@link CategoricalCrossentropy}. */
export interface CrossentropyLossOptions extends CrossentropyOptions, LossOptions {}

/** Options of {@link SparseCategoricalCrossentropy}. */
export interface SparseCrossentropyLossOptions extends SparseCrossentropyOptions, LossOptions {}

/** Options of {@link BinaryFocalCrossentropy}. */
export interface BinaryFocalLossOptions extends BinaryFocalOptions, LossOptions {}

/** Options of {@link CategoricalFocalCrossentropy}. */
export interface CategoricalFocalLossOptions extends CategoricalFocalOptions, LossOptions {}

/** Options of {@link CategoricalGeneralizedCrossEntropy}. */
export interface GeneralizedLossOptions extends LossOptions {
  /** From 0 (crossentropy) to 1 (mean absolute error), both excluded. Default 0.5. */
  readonly q?: number;
}

export class BinaryCrossentropyLoss extends Loss {
  static override readonly className = "BinaryCrossentropy";
  static override readonly ownOptions: kinds.Kinds = crossentropyKinds;
  readonly fromLogits: boolean;
  readonly labelSmoothing: number;
  readonly axis: number;

  constructor(options: CrossentropyLossOptions = {}) {
    super(options);
    this.fromLogits = options.fromLogits ?? false;
    this.labelSmoothing = options.labelSmoothing ?? 0;
    this.axis = options.axis ?? -1;
  }

  override call(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return binaryCrossentropy(...matched(yTrue, yPred), this);
  }

  override getConfig() {
    const { fromLogits, labelSmoothing, axis } = this;
    return { ...super.getConfig(), fromLogits, labelSmoothing, axis };
  }
}

/**
 * Crossentropy of targets 0 and 1 (or between), `"binary_crossentropy"`.
 * https://keras.io/api/losses/probabilistic_losses/#binarycrossentropy-class
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.BinaryCrossentropy()(tf.tensor2d([[1]]), tf.tensor2d([[0.5]])) // 0.693
 * ```
 */
export const BinaryCrossentropy = callable(BinaryCrossentropyLoss);
export type BinaryCrossentropy = BinaryCrossentropyLoss;

export class CategoricalCrossentropyLoss extends Loss {
  static override readonly className = "CategoricalCrossentropy";
  static override readonly ownOptions: kinds.Kinds = crossentropyKinds;
  readonly fromLogits: boolean;
  readonly labelSmoothing: number;
  readonly axis: number;

  constructor(options: CrossentropyLossOptions = {}) {
    super(options);
    this.fromLogits = options.fromLogits ?? false;
    this.labelSmoothing = options.labelSmoothing ?? 0;
    this.axis = options.axis ?? -1;
  }

  override call(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return categoricalCrossentropy(yTrue, yPred, this);
  }

  override getConfig() {
    const { fromLogits, labelSmoothing, axis } = this;
    return { ...super.getConfig(), fromLogits, labelSmoothing, axis };
  }
}

/**
 * Crossentropy of one-hot targets, `"categorical_crossentropy"`.
 * https://keras.io/api/losses/probabilistic_losses/#categoricalcrossentropy-class
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.CategoricalCrossentropy()(tf.tensor2d([[0, 1]]), tf.tensor2d([[0.5, 0.5]])) // 0.693
 * ```
 */
export const CategoricalCrossentropy = callable(CategoricalCrossentropyLoss);
export type CategoricalCrossentropy = CategoricalCrossentropyLoss;

export class SparseCategoricalCrossentropyLoss extends Loss {
  static override readonly className = "SparseCategoricalCrossentropy";
  static override readonly ownOptions: kinds.Kinds = sparseKinds;
  readonly ignoreClass: number | null;
  readonly fromLogits: boolean;
  readonly axis: number;

  constructor(options: SparseCrossentropyLossOptions = {}) {
    super(options);
    this.ignoreClass = options.ignoreClass ?? null;
    this.fromLogits = options.fromLogits ?? false;
    this.axis = options.axis ?? -1;
  }

  override call(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return sparseCategoricalCrossentropy(yTrue, yPred, this);
  }

  override getConfig() {
    const { ignoreClass, fromLogits, axis } = this;
    return { ...super.getConfig(), ignoreClass, fromLogits, axis };
  }
}

/**
 * Crossentropy of integer labels, `"sparse_categorical_crossentropy"`.
 * https://keras.io/api/losses/probabilistic_losses/#sparsecategoricalcrossentropy-class
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.SparseCategoricalCrossentropy({ fromLogits: true })(tf.tensor1d([1]), tf.tensor2d([[3, 3]])) // 0.693
 * ```
 */
export const SparseCategoricalCrossentropy = callable(SparseCategoricalCrossentropyLoss);
export type SparseCategoricalCrossentropy = SparseCategoricalCrossentropyLoss;

export class BinaryFocalCrossentropyLoss extends Loss {
  static override readonly className = "BinaryFocalCrossentropy";
  static override readonly ownOptions: kinds.Kinds = binaryFocalKinds;
  readonly applyClassBalancing: boolean;
  readonly alpha: number;
  readonly gamma: number;
  readonly fromLogits: boolean;
  readonly labelSmoothing: number;
  readonly axis: number;

  constructor(options: BinaryFocalLossOptions = {}) {
    super(options);
    this.applyClassBalancing = options.applyClassBalancing ?? false;
    this.alpha = options.alpha ?? 0.25;
    this.gamma = options.gamma ?? 2;
    this.fromLogits = options.fromLogits ?? false;
    this.labelSmoothing = options.labelSmoothing ?? 0;
    this.axis = options.axis ?? -1;
  }

  override call(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return binaryFocalCrossentropy(...matched(yTrue, yPred), this);
  }

  override getConfig() {
    const { applyClassBalancing, alpha, gamma, fromLogits, labelSmoothing, axis } = this;
    return { ...super.getConfig(), applyClassBalancing, alpha, gamma, fromLogits, labelSmoothing, axis };
  }
}

/**
 * Binary crossentropy that plays down samples that are already right (Lin et al., 2018).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.BinaryFocalCrossentropy()(tf.tensor2d([[1]]), tf.tensor2d([[0.5]])) // 0.173
 * ```
 */
export const BinaryFocalCrossentropy = callable(BinaryFocalCrossentropyLoss);
export type BinaryFocalCrossentropy = BinaryFocalCrossentropyLoss;

export class CategoricalFocalCrossentropyLoss extends Loss {
  static override readonly className = "CategoricalFocalCrossentropy";
  static override readonly ownOptions: kinds.Kinds = categoricalFocalKinds;
  readonly alpha: number | readonly number[];
  readonly gamma: number;
  readonly fromLogits: boolean;
  readonly labelSmoothing: number;
  readonly axis: number;

  constructor(options: CategoricalFocalLossOptions = {}) {
    super(options);
    this.alpha = options.alpha ?? 0.25;
    this.gamma = options.gamma ?? 2;
    this.fromLogits = options.fromLogits ?? false;
    this.labelSmoothing = options.labelSmoothing ?? 0;
    this.axis = options.axis ?? -1;
  }

  override call(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return categoricalFocalCrossentropy(yTrue, yPred, this);
  }

  override getConfig() {
    const { alpha, gamma, fromLogits, labelSmoothing, axis } = this;
    return { ...super.getConfig(), alpha, gamma, fromLogits, labelSmoothing, axis };
  }
}

/**
 * Categorical crossentropy that plays down samples that are already right (Lin et al., 2018).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.CategoricalFocalCrossentropy()(tf.tensor2d([[0, 1]]), tf.tensor2d([[0.5, 0.5]])) // 0.043
 * ```
 */
export const CategoricalFocalCrossentropy = callable(CategoricalFocalCrossentropyLoss);
export type CategoricalFocalCrossentropy = CategoricalFocalCrossentropyLoss;

export class CategoricalGeneralizedCrossEntropyLoss extends Loss {
  static override readonly className = "CategoricalGeneralizedCrossEntropy";
  static override readonly ownOptions: kinds.Kinds = {
    q: kinds.number({ above: 0, below: 1 }),
  };
  readonly q: number;

  constructor(options: GeneralizedLossOptions = {}) {
    super(options);
    this.q = options.q ?? 0.5;
  }

  override call(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return categoricalGeneralizedCrossEntropy(yTrue, yPred, this.q);
  }

  override getConfig() {
    const { q } = this;
    return { ...super.getConfig(), q };
  }
}

/**
 * Between crossentropy and mean absolute error, robust to wrong labels (Zhang and Sabuncu, 2018).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.CategoricalGeneralizedCrossEntropy()(tf.tensor1d([1]), tf.tensor2d([[0.75, 0.25]])) // 1
 * ```
 */
export const CategoricalGeneralizedCrossEntropy = callable(CategoricalGeneralizedCrossEntropyLoss);
export type CategoricalGeneralizedCrossEntropy = CategoricalGeneralizedCrossEntropyLoss;

export class KLDivergenceLoss extends Loss {
  static override readonly className = "KLDivergence";

  override call(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return klDivergence(yTrue, yPred);
  }
}

/**
 * Kullback-Leibler divergence, `"kld"`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.KLDivergence()(tf.tensor2d([[0.5, 0.5]]), tf.tensor2d([[0.5, 0.5]])) // 0
 * ```
 */
export const KLDivergence = callable(KLDivergenceLoss);
export type KLDivergence = KLDivergenceLoss;

export class PoissonLoss extends Loss {
  static override readonly className = "Poisson";

  override call(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return poisson(yTrue, yPred);
  }
}

/**
 * Negative log likelihood of counts.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.Poisson()(tf.tensor2d([[2]]), tf.tensor2d([[1]])) // 1
 * ```
 */
export const Poisson = callable(PoissonLoss);
export type Poisson = PoissonLoss;
