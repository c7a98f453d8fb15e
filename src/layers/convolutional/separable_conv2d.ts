import type * as tf from "@tensorflow/tfjs-core";
import { conv2d, depthwiseConv2d } from "../../backend/nn/convolution";
import type * as initializers from "../../initializers/index";
import { callableLayer } from "../callable_layer";
import type { Shape } from "../keras_tensor";
import type { PairLike } from "../pairs";
import { type RestraintOptions, treatmentKinds } from "../treatments";
import { FilterConvolution2D } from "./convolution";
import { type DepthwiseConv2DOptions, depthwiseKinds } from "./depthwise_conv2d";

/** Options of {@link SeparableConv2D}. */
export interface SeparableConv2DOptions extends DepthwiseConv2DOptions, RestraintOptions<"pointwise"> {
  /** Default `"glorot_uniform"`. */
  readonly pointwiseInitializer?: initializers.InitializerIdentifier;
}

export class SeparableConv2DLayer extends FilterConvolution2D {
  static override readonly className = "SeparableConv2D";
  static override readonly optionKinds = { ...depthwiseKinds, ...treatmentKinds("pointwise") };
  readonly depthMultiplier: number;
  readonly #depthwise;
  readonly #pointwise;
  depthwiseKernel?: tf.Variable;
  pointwiseKernel?: tf.Variable;

  constructor(filters: number, kernelSize: PairLike, options: SeparableConv2DOptions = {}) {
    super(filters, kernelSize, options);
    this.depthMultiplier = options.depthMultiplier ?? 1;
    this.#depthwise = this.treatment(options, "depthwise");
    this.#pointwise = this.treatment(options, "pointwise");
  }

  override build(inputShape: Shape): void {
    const channels = this.channels(inputShape);
    const depthwise = [...this.kernelSize, channels, this.depthMultiplier];
    const pointwise = [1, 1, channels * this.depthMultiplier, this.filters];
    this.depthwiseKernel = this.addWeight({ name: "depthwise_kernel", shape: depthwise, ...this.#depthwise });
    this.pointwiseKernel = this.addWeight({ name: "pointwise_kernel", shape: pointwise, ...this.#pointwise });
    this.addBias([this.filters]);
  }

  protected override convolve(images: tf.Tensor4D): tf.Tensor {
    const depthwise = this.depthwiseKernel as tf.Tensor as tf.Tensor4D;
    const pointwise = this.pointwiseKernel as tf.Tensor as tf.Tensor4D;
    const each = depthwiseConv2d(images, depthwise, this.strides, this.padding, this.dilationRate);
    return conv2d(each, pointwise, [1, 1], "valid", [1, 1]);
  }
}

/**
 * A convolution in two steps: each channel separately, then 1 × 1 across channels; fewer weights than Conv2D.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.SeparableConv2D(3, 4)(tf.zeros([1, 10, 10, 12])).shape // [1, 7, 7, 3]
 * ```
 * @see https://keras.io/api/layers/convolution_layers/separable_convolution2d/
 */
export const SeparableConv2D = callableLayer(SeparableConv2DLayer);
export type SeparableConv2D = SeparableConv2DLayer;
