import * as tf from "@tensorflow/tfjs-core";
import * as activations from "../../activations/index";
import { callable } from "../../callable";
import type { Shape } from "../keras_tensor";
import { type CallOptions, Layer, type LayerOptions, layerOptionNames } from "../layer";
import { checkLayerOptions } from "../layer_options";

/** Base of the layers that are an activation function. */
abstract class Elementwise extends Layer {
  override supportsMasking = true;
  constructor(options: LayerOptions, names: readonly string[]) {
    super(options);
    checkLayerOptions(`${this.className}()`, options, [...layerOptionNames, ...names]);
    this.built = true;
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }
}

/** Options of {@link ReLU}. */
export interface ReLUOptions extends LayerOptions {
  /** Largest value of the output. Default null: any. */
  readonly maxValue?: number | null;
  /** Slope for values below `threshold`. Default 0. */
  readonly negativeSlope?: number;
  /** Values below it are damped. Default 0. */
  readonly threshold?: number;
}

export class ReLULayer extends Elementwise {
  static override readonly className = "ReLU";
  readonly maxValue: number | null;
  readonly negativeSlope: number;
  readonly threshold: number;

  constructor(options: ReLUOptions = {}) {
    super(options, ["maxValue", "negativeSlope", "threshold"]);
    this.maxValue = options.maxValue ?? null;
    this.negativeSlope = options.negativeSlope ?? 0;
    this.threshold = options.threshold ?? 0;
  }

  override call(x: tf.Tensor): tf.Tensor {
    const { maxValue, negativeSlope, threshold } = this;
    return activations.relu(x, { negativeSlope, threshold, ...(maxValue === null ? {} : { maxValue }) });
  }

  override getConfig() {
    const { maxValue, negativeSlope, threshold } = this;
    return { ...super.getConfig(), maxValue, negativeSlope, threshold };
  }
}

/**
 * Rectified linear unit as a layer. https://keras.io/api/layers/activation_layers/relu/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.ReLU({ maxValue: 6 })(tf.tensor2d([[-1, 8]])) // [[0, 6]]
 * ```
 */
export const ReLU = callable(ReLULayer);
export type ReLU = ReLULayer;

/** Options of {@link LeakyReLU}. */
export interface LeakyReLUOptions extends LayerOptions {
  /** Default 0.3. */
  readonly negativeSlope?: number;
}

export class LeakyReLULayer extends Elementwise {
  static override readonly className = "LeakyReLU";
  readonly negativeSlope: number;

  constructor(options: LeakyReLUOptions = {}) {
    super(options, ["negativeSlope"]);
    this.negativeSlope = options.negativeSlope ?? 0.3;
  }

  override call(x: tf.Tensor): tf.Tensor {
    return activations.leakyRelu(x, this.negativeSlope);
  }

  override getConfig() {
    return { ...super.getConfig(), negativeSlope: this.negativeSlope };
  }
}

/**
 * `x` above zero, `negativeSlope · x` below; 0.3 by default (the activation function of that name: 0.2).
 * https://keras.io/api/layers/activation_layers/leaky_relu/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.LeakyReLU()(tf.tensor2d([[-1, 1]])) // [[-0.3, 1]]
 * ```
 */
export const LeakyReLU = callable(LeakyReLULayer);
export type LeakyReLU = LeakyReLULayer;

/** Options of {@link ELU}. */
export interface ELUOptions extends LayerOptions {
  /** Default 1. */
  readonly alpha?: number;
}

export class ELULayer extends Elementwise {
  static override readonly className = "ELU";
  readonly alpha: number;

  constructor(options: ELUOptions = {}) {
    super(options, ["alpha"]);
    this.alpha = options.alpha ?? 1;
  }

  override call(x: tf.Tensor): tf.Tensor {
    return activations.elu(x, this.alpha);
  }

  override getConfig() {
    return { ...super.getConfig(), alpha: this.alpha };
  }
}

/**
 * Exponential linear unit as a layer. https://keras.io/api/layers/activation_layers/elu/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.ELU()(tf.tensor2d([[-1, 1]])) // [[-0.632, 1]]
 * ```
 */
export const ELU = callable(ELULayer);
export type ELU = ELULayer;

/** Options of {@link Softmax}. */
export interface SoftmaxOptions extends LayerOptions {
  /** Default -1. */
  readonly axis?: number;
}

export class SoftmaxLayer extends Elementwise {
  static override readonly className = "Softmax";
  readonly axis: number;

  constructor(options: SoftmaxOptions = {}) {
    super(options, ["axis"]);
    this.axis = options.axis ?? -1;
  }

  override call(x: tf.Tensor, { mask }: CallOptions = {}): tf.Tensor {
    if (!(mask instanceof tf.Tensor)) return activations.softmax(x, this.axis);
    const counts = tf.cast(mask, "bool");
    const shares = activations.softmax(tf.where(counts, x, -1e9), this.axis);
    return tf.where(counts, shares, 0);
  }

  override getConfig() {
    return { ...super.getConfig(), axis: this.axis };
  }
}

/**
 * Softmax along `axis`, the last by default, as a layer. https://keras.io/api/layers/activation_layers/softmax/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Softmax()(tf.tensor2d([[1, 1]])) // [[0.5, 0.5]]
 * ```
 */
export const Softmax = callable(SoftmaxLayer);
export type Softmax = SoftmaxLayer;
