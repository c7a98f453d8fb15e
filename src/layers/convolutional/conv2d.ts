import * as tf from "@tensorflow/tfjs-core";
import { conv2d } from "../../backend/nn/convolution";
import { callable } from "../../callable";
import { type PairLike, positiveInteger } from "../arguments";
import type { Shape } from "../keras_tensor";
import { type Conv2DOptions, Convolution2D } from "./convolution";
import { channelsOfGroup, checkGroups, inGroups } from "./groups";

/** Options of {@link Conv2D}. */
export interface GroupedConv2DOptions extends Conv2DOptions {
  /** Into how many groups the channels are split, each with filters of its own. Default 1. */
  readonly groups?: number;
}

export class Conv2DLayer extends Convolution2D {
  static override readonly className = "Conv2D";
  static override readonly positional = ["filters", "kernelSize"];
  readonly filters: number;
  readonly groups: number;

  constructor(filters: number, kernelSize: PairLike, options: GroupedConv2DOptions = {}) {
    super(kernelSize, options, ["groups"]);
    this.filters = positiveInteger("Conv2D", "filters", filters);
    this.groups = checkGroups("Conv2D", this.filters, options.groups ?? 1);
  }

  override build(inputShape: Shape): void {
    const channels = this.channels(inputShape);
    this.addKernel([...this.kernelSize, channelsOfGroup(this.name, channels, this.groups), this.filters], this.filters);
  }

  override call(x: tf.Tensor): tf.Tensor {
    const { strides, padding, dilationRate, groups } = this;
    const kernel = this.kernel as tf.Tensor as tf.Tensor4D;
    let y = inGroups(x as tf.Tensor4D, kernel, groups, (image, part) =>
      conv2d(image, part, strides, padding, dilationRate),
    );
    if (this.bias !== undefined) y = tf.add(y, this.bias);
    return this.activation(y);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return [inputShape[0] ?? null, ...this.spatialShape(inputShape), this.filters];
  }

  override getConfig() {
    return { ...super.getConfig(), filters: this.filters, groups: this.groups };
  }
}

/**
 * 2-D convolution of `[batch, height, width, channels]` with `filters` kernels: `Conv2D(32, 3, { activation: "relu" })`.
 * Kernel `[height, width, channels, filters]` (`"glorot_uniform"`), bias `[filters]` (zeros).
 * https://keras.io/api/layers/convolution_layers/convolution2d/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Conv2D(32, 3, { padding: "same" })(tf.zeros([1, 28, 28, 1])).shape // [1, 28, 28, 32]
 * ```
 */
export const Conv2D = callable(Conv2DLayer);
export type Conv2D = Conv2DLayer;
