import * as tf from "@tensorflow/tfjs-core";
import { depthwiseConv2d } from "../../backend/nn/convolution";
import { callable } from "../../callable";
import type * as constraints from "../../constraints/index";
import type * as initializers from "../../initializers/index";
import type * as regularizers from "../../regularizers/index";
import { type PairLike, positiveInteger } from "../arguments";
import type { Shape } from "../keras_tensor";
import { treatment, treatmentConfig, type WeightTreatment } from "../kernel_layer";
import { type Conv2DOptions, Convolution2D } from "./convolution";

/** Options of {@link DepthwiseConv2D}. */
export interface DepthwiseConv2DOptions extends Conv2DOptions {
  /** How many outputs each channel has. Default 1. */
  readonly depthMultiplier?: number;
  /** Default `"glorot_uniform"`. */
  readonly depthwiseInitializer?: initializers.InitializerIdentifier;
  readonly depthwiseRegularizer?: regularizers.RegularizerIdentifier;
  readonly depthwiseConstraint?: constraints.ConstraintIdentifier;
}

/** The names of {@link DepthwiseConv2DOptions} beyond those of a convolution. */
export const depthwiseOptionNames = [
  "depthMultiplier",
  "depthwiseInitializer",
  "depthwiseRegularizer",
  "depthwiseConstraint",
] as const;

export class DepthwiseConv2DLayer extends Convolution2D {
  static override readonly className = "DepthwiseConv2D";
  static override readonly positional = ["kernelSize"];
  readonly depthMultiplier: number;
  readonly #depthwise: WeightTreatment;

  constructor(kernelSize: PairLike, options: DepthwiseConv2DOptions = {}) {
    super(kernelSize, options, depthwiseOptionNames);
    this.depthMultiplier = positiveInteger("DepthwiseConv2D", "depthMultiplier", options.depthMultiplier ?? 1);
    this.#depthwise = treatment(this, options, "depthwise", "glorot_uniform");
  }

  override build(inputShape: Shape): void {
    const channels = this.channels(inputShape);
    const shape = [...this.kernelSize, channels, this.depthMultiplier];
    this.kernel = this.addWeight({ name: "kernel", shape, ...this.#depthwise });
    if (!this.useBias) return;
    this.bias = this.addWeight({ name: "bias", shape: [channels * this.depthMultiplier], ...this.treatments.bias });
  }

  override call(x: tf.Tensor): tf.Tensor {
    const kernel = this.kernel as tf.Tensor as tf.Tensor4D;
    let y: tf.Tensor = depthwiseConv2d(x as tf.Tensor4D, kernel, this.strides, this.padding, this.dilationRate);
    if (this.bias !== undefined) y = tf.add(y, this.bias);
    return this.activation(y);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    const channels = inputShape[3] ?? null;
    const filters = channels === null ? null : channels * this.depthMultiplier;
    return [inputShape[0] ?? null, ...this.spatialShape(inputShape), filters];
  }

  override getConfig() {
    const config = treatmentConfig("depthwise", this.#depthwise);
    return { ...super.getConfig(), depthMultiplier: this.depthMultiplier, ...config };
  }
}

/**
 * 2-D convolution of each channel for itself. Kernel `[height, width, channels, depthMultiplier]`.
 * https://keras.io/api/layers/convolution_layers/depthwise_convolution2d/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.DepthwiseConv2D(3)(tf.zeros([1, 10, 10, 12])).shape // [1, 8, 8, 12]
 * ```
 */
export const DepthwiseConv2D = callable(DepthwiseConv2DLayer);
export type DepthwiseConv2D = DepthwiseConv2DLayer;
