import type * as tf from "@tensorflow/tfjs-core";
import { outputLength, type Padding, type Pair } from "../../backend/nn/convolution";
import type * as kinds from "../../options/kinds";
import type { Shape } from "../keras_tensor";
import { KernelLayer, type KernelOptions } from "../kernel_layer";
import { argument, lower, padding, positive } from "../layer_options";
import { bothOf, type PairLike, pair, pairArgument } from "../pairs";

/** Options of the 2-D convolutions. */
export interface Conv2DOptions extends KernelOptions {
  /** Steps between windows. Default 1. */
  readonly strides?: PairLike;
  /** `"valid"` uses whole windows only, `"same"` pads with zeros to `ceil(size / stride)` outputs. Default `"valid"`. */
  readonly padding?: Padding;
  /** Distance between the taps of a kernel. Default 1. */
  readonly dilationRate?: PairLike;
}

/** Base of the 2-D convolutions: windows of `kernelSize` over `[batch, height, width, channels]`. */
export abstract class Convolution2D extends KernelLayer {
  static override readonly positional: readonly string[] = ["kernelSize"];
  static override readonly optionKinds: kinds.KindsOf<Conv2DOptions> = {
    ...KernelLayer.optionKinds,
    strides: pair,
    padding,
    dilationRate: pair,
  };
  readonly kernelSize: Pair;
  readonly strides: Pair;
  readonly padding: Padding;
  readonly dilationRate: Pair;

  constructor(kernelSize: PairLike, options: Conv2DOptions) {
    super(options);
    this.kernelSize = pairArgument(this, "kernelSize", kernelSize);
    this.strides = bothOf(options.strides ?? 1);
    this.padding = lower(options.padding ?? "valid");
    this.dilationRate = bothOf(options.dilationRate ?? 1);
    if (Math.max(...this.strides) > 1 && Math.max(...this.dilationRate) > 1) {
      throw new RangeError(
        `${this.className}() takes strides or a dilationRate above 1 but not both; found [${this.strides}] and [${this.dilationRate}].`,
      );
    }
    this.inputSpec = { ndim: 4 };
  }

  /** The images convolved, before the bias. */
  protected abstract convolve(images: tf.Tensor4D): tf.Tensor;

  override call(x: tf.Tensor): tf.Tensor {
    return this.activation(this.biased(this.convolve(x as tf.Tensor4D)));
  }

  /** The number of input channels, which must be known, of an input that is no smaller than the window. */
  protected channels(inputShape: Shape): number {
    const channels = inputShape.at(-1);
    if (typeof channels !== "number") {
      throw new RangeError(
        `Layer "${this.name}" needs to know how many channels its input has, but found shape [${inputShape.map(String)}].`,
      );
    }
    if (this.spatialShape(inputShape).some((size) => size !== null && size < 1)) {
      throw new RangeError(
        `Layer "${this.name}" has windows of ${this.kernelSize.join(" × ")}, larger than its input [${inputShape.map(String)}]. ` +
          'Use padding: "same" or a smaller kernelSize.',
      );
    }
    this.inputSpec = { ndim: 4, axes: { "-1": channels } };
    return channels;
  }

  /** Height and width of the output. */
  protected spatialShape(inputShape: Shape): Shape {
    const { kernelSize, padding, strides, dilationRate } = this;
    const length = (i: number) =>
      outputLength(inputShape[i + 1] ?? null, kernelSize[i]!, padding, strides[i]!, dilationRate[i]);
    return [length(0), length(1)];
  }
}

/** Base of the 2-D convolutions with a number of filters, the channels of the output. */
export abstract class FilterConvolution2D extends Convolution2D {
  static override readonly positional = ["filters", "kernelSize"];
  readonly filters: number;

  constructor(filters: number, kernelSize: PairLike, options: Conv2DOptions) {
    super(kernelSize, options);
    this.filters = argument(this, "filters", filters, positive);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return [inputShape[0] ?? null, ...this.spatialShape(inputShape), this.filters];
  }
}
