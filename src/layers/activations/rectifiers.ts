import * as tf from "@tensorflow/tfjs-core";
import * as activations from "../../activations/index";
import * as kinds from "../../options/kinds";
import { callableLayer } from "../callable_layer";
import { type CallOptions, type LayerOptions, layerKinds } from "../layer_options";
import { SameShape } from "../same_shape";

/** Options of {@link ReLU}. */
export interface ReLUOptions extends LayerOptions {
  /** Largest value of the output. Default null: any. */
  readonly maxValue?: number | null;
  /** Slope for values below `threshold`. Default 0. */
  readonly negativeSlope?: number;
  /** Below it, the output is `negativeSlope · (x - threshold)`. Default 0. */
  readonly threshold?: number;
}

export class ReLULayer extends SameShape {
  static override readonly className = "ReLU";
  static override readonly optionKinds = {
    ...layerKinds,
    maxValue: kinds.orNull(kinds.number({ min: 0 })),
    negativeSlope: kinds.number({ min: 0 }),
    threshold: kinds.number({ min: 0 }),
  };
  readonly maxValue: number | null;
  readonly negativeSlope: number;
  readonly threshold: number;

  constructor(options: ReLUOptions = {}) {
    super(options);
    this.maxValue = options.maxValue ?? null;
    this.negativeSlope = options.negativeSlope ?? 0;
    this.threshold = options.threshold ?? 0;
  }

  override call(x: tf.Tensor): tf.Tensor {
    const { maxValue, negativeSlope, threshold } = this;
    return activations.relu(x, { negativeSlope, threshold, ...(maxValue === null ? {} : { maxValue }) });
  }
}

/**
 * Rectified linear unit as a layer.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.ReLU({ maxValue: 6 })(tf.tensor2d([[-1, 8]])) // [[0, 6]]
 * ```
 * @see https://keras.io/api/layers/activation_layers/relu/
 */
export const ReLU = callableLayer(ReLULayer);
export type ReLU = ReLULayer;

/** Options of {@link LeakyReLU}. */
export interface LeakyReLUOptions extends LayerOptions {
  /** Default 0.3. */
  readonly negativeSlope?: number;
}

export class LeakyReLULayer extends SameShape {
  static override readonly className = "LeakyReLU";
  static override readonly optionKinds = { ...layerKinds, negativeSlope: kinds.number({ min: 0 }) };
  readonly negativeSlope: number;

  constructor(options: LeakyReLUOptions = {}) {
    super(options);
    this.negativeSlope = options.negativeSlope ?? 0.3;
  }

  override call(x: tf.Tensor): tf.Tensor {
    return activations.leakyRelu(x, this.negativeSlope);
  }
}

/**
 * `x` above zero, `negativeSlope · x` below; 0.3 by default (the activation function of that name: 0.2).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.LeakyReLU()(tf.tensor2d([[-1, 1]])) // [[-0.3, 1]]
 * ```
 * @see https://keras.io/api/layers/activation_layers/leaky_relu/
 */
export const LeakyReLU = callableLayer(LeakyReLULayer);
export type LeakyReLU = LeakyReLULayer;

/** Options of {@link ELU}. */
export interface ELUOptions extends LayerOptions {
  /** Default 1. */
  readonly alpha?: number;
}

export class ELULayer extends SameShape {
  static override readonly className = "ELU";
  static override readonly optionKinds = { ...layerKinds, alpha: kinds.number() };
  readonly alpha: number;

  constructor(options: ELUOptions = {}) {
    super(options);
    this.alpha = options.alpha ?? 1;
  }

  override call(x: tf.Tensor): tf.Tensor {
    return activations.elu(x, this.alpha);
  }
}

/**
 * Exponential linear unit as a layer.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.ELU()(tf.tensor2d([[-1, 1]])) // [[-0.632, 1]]
 * ```
 * @see https://keras.io/api/layers/activation_layers/elu/
 */
export const ELU = callableLayer(ELULayer);
export type ELU = ELULayer;

/** Options of {@link Softmax}. */
export interface SoftmaxOptions extends LayerOptions {
  /** Default -1. */
  readonly axis?: number;
}

export class SoftmaxLayer extends SameShape {
  static override readonly className = "Softmax";
  static override readonly optionKinds = { ...layerKinds, axis: kinds.axis };
  readonly axis: number;

  constructor(options: SoftmaxOptions = {}) {
    super(options);
    this.axis = options.axis ?? -1;
  }

  override call(x: tf.Tensor, { mask }: CallOptions = {}): tf.Tensor {
    if (!(mask instanceof tf.Tensor)) return activations.softmax(x, this.axis);
    const counts = tf.cast(mask, "bool");
    const shares = activations.softmax(tf.where(counts, x, -1e9), this.axis);
    return tf.where(counts, shares, 0);
  }
}

/**
 * Softmax along `axis`, the last by default, as a layer.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Softmax()(tf.tensor2d([[1, 1]])) // [[0.5, 0.5]]
 * ```
 * @see https://keras.io/api/layers/activation_layers/softmax/
 */
export const Softmax = callableLayer(SoftmaxLayer);
export type Softmax = SoftmaxLayer;
