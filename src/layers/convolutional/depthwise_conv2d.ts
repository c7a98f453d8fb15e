import type * as tf from "@tensorflow/tfjs-core";
import { depthwiseConv2d } from "../../backend/nn/convolution";
import type * as initializers from "../../initializers/index";
import type { KindsOf } from "../../options/kinds";
import { callableLayer } from "../callable_layer";
import type { Shape } from "../keras_tensor";
import { positive } from "../layer_options";
import type { PairLike } from "../pairs";
import { type RestraintOptions, treatmentKinds } from "../treatments";
import { type Conv2DOptions, Convolution2D } from "./convolution";

/** Options of {@link DepthwiseConv2D}. */
export interface DepthwiseConv2DOptions extends Conv2DOptions, RestraintOptions<"depthwise"> {
  /** How many outputs each channel has. Default 1. */
  readonly depthMultiplier?: number;
  /** Default `"glorot_uniform"`. */
  readonly depthwiseInitializer?: initializers.InitializerIdentifier;
}

/** The table of {@link DepthwiseConv2DOptions}. */
export const depthwiseKinds: KindsOf<DepthwiseConv2DOptions> = {
  ...Convolution2D.optionKinds,
  depthMultiplier: positive,
  ...treatmentKinds("depthwise"),
};

export class DepthwiseConv2DLayer extends Convolution2D {
  static override readonly className = "DepthwiseConv2D";
  static override readonly optionKinds = depthwiseKinds;
  readonly depthMultiplier: number;
  readonly #depthwise;

  constructor(kernelSize: PairLike, options: DepthwiseConv2DOptions = {}) {
    super(kernelSize, options);
    this.depthMultiplier = options.depthMultiplier ?? 1;
    this.#depthwise = this.treatment(options, "depthwise");
  }

  override build(inputShape: Shape): void {
    const channels = this.channels(inputShape);
    const shape = [...this.kernelSize, channels, this.depthMultiplier];
    this.kernel = this.addWeight({ name: "kernel", shape, ...this.#depthwise });
    this.addBias([channels * this.depthMultiplier]);
  }

  protected override convolve(images: tf.Tensor4D): tf.Tensor {
    const { strides, padding, dilationRate } = this;
    return depthwiseConv2d(images, this.kernel as tf.Tensor as tf.Tensor4D, strides, padding, dilationRate);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    const channels = inputShape[3] ?? null;
    const filters = channels === null ? null : channels * this.depthMultiplier;
    return [inputShape[0] ?? null, ...this.spatialShape(inputShape), filters];
  }
}

/**
 * 2-D convolution of each channel separately. Kernel `[height, width, channels, depthMultiplier]`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.DepthwiseConv2D(3)(tf.zeros([1, 10, 10, 12])).shape // [1, 8, 8, 12]
 * ```
 * @see https://keras.io/api/layers/convolution_layers/depthwise_convolution2d/
 */
export const DepthwiseConv2D = callableLayer(DepthwiseConv2DLayer);
export type DepthwiseConv2D = DepthwiseConv2DLayer;
