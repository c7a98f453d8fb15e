import type * as tf from "@tensorflow/tfjs-core";
import { conv2d } from "../../backend/nn/convolution";
import { callableLayer } from "../callable_layer";
import type { Shape } from "../keras_tensor";
import { positive } from "../layer_options";
import type { PairLike } from "../pairs";
import { type Conv2DOptions, FilterConvolution2D } from "./convolution";
import { channelsOfGroup, checkGroups, inGroups } from "./groups";

/** Options of {@link Conv2D}. */
export interface GroupedConv2DOptions extends Conv2DOptions {
  /** The number of groups into which the channels are split, each with its own filters. Default 1. */
  readonly groups?: number;
}

export class Conv2DLayer extends FilterConvolution2D {
  static override readonly className = "Conv2D";
  static override readonly optionKinds = { ...FilterConvolution2D.optionKinds, groups: positive };
  readonly groups: number;

  constructor(filters: number, kernelSize: PairLike, options: GroupedConv2DOptions = {}) {
    super(filters, kernelSize, options);
    this.groups = checkGroups(this, this.filters, options.groups);
  }

  override build(inputShape: Shape): void {
    const channels = this.channels(inputShape);
    this.addKernel([...this.kernelSize, channelsOfGroup(this.name, channels, this.groups), this.filters], this.filters);
  }

  protected override convolve(images: tf.Tensor4D): tf.Tensor {
    const { strides, padding, dilationRate, groups } = this;
    return inGroups(images, this.kernel as tf.Tensor as tf.Tensor4D, groups, (image, part) =>
      conv2d(image, part, strides, padding, dilationRate),
    );
  }
}

/**
 * 2-D convolution of `[batch, height, width, channels]` with `filters` kernels: `Conv2D(32, 3, { activation: "relu" })`.
 * Kernel `[height, width, channels, filters]` (`"glorot_uniform"`), bias `[filters]` (zeros).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Conv2D(32, 3, { padding: "same" })(tf.zeros([1, 28, 28, 1])).shape // [1, 28, 28, 32]
 * ```
 * @see https://keras.io/api/layers/convolution_layers/convolution2d/
 */
export const Conv2D = callableLayer(Conv2DLayer);
export type Conv2D = Conv2DLayer;
