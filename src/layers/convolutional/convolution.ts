import { outputLength, type Padding, type Pair } from "../../backend/nn/convolution";
import { oneOf, type PairLike, positivePair } from "../arguments";
import type { Shape } from "../keras_tensor";
import { KernelLayer, type KernelOptions } from "../kernel_layer";

/** Options of the 2-D convolutions. */
export interface Conv2DOptions extends KernelOptions {
  /** Steps between windows. Default 1. */
  readonly strides?: PairLike;
  /** `"valid"` uses whole windows only, `"same"` pads with zeros to `ceil(size / stride)` outputs. Default `"valid"`. */
  readonly padding?: Padding;
  /** Distance between the taps of a kernel. Default 1. */
  readonly dilationRate?: PairLike;
}

/** The names of {@link Conv2DOptions} beyond the kernel's. */
export const convolutionOptionNames = ["strides", "padding", "dilationRate"] as const;

/** Base of the 2-D convolutions: windows of `kernelSize` over `[batch, height, width, channels]`. */
export abstract class Convolution2D extends KernelLayer {
  readonly kernelSize: Pair;
  readonly strides: Pair;
  readonly padding: Padding;
  readonly dilationRate: Pair;

  constructor(kernelSize: PairLike, options: Conv2DOptions, extraNames: readonly string[] = []) {
    super(options, [...convolutionOptionNames, ...extraNames]);
    const layer = this.className;
    this.kernelSize = positivePair(layer, "kernelSize", kernelSize);
    this.strides = positivePair(layer, "strides", options.strides ?? 1);
    this.padding = oneOf(layer, "padding", options.padding ?? "valid", ["valid", "same"]);
    this.dilationRate = positivePair(layer, "dilationRate", options.dilationRate ?? 1);
    if (Math.max(...this.strides) > 1 && Math.max(...this.dilationRate) > 1) {
      throw new RangeError(
        `${layer}() takes strides or a dilationRate above 1 but not both; found [${this.strides}] and [${this.dilationRate}].`,
      );
    }
    this.inputSpec = { ndim: 4 };
  }

  /** The number of input channels, which must be known. */
  protected channels(inputShape: Shape): number {
    const channels = inputShape.at(-1);
    if (typeof channels === "number") return this.#fits(inputShape, channels);
    throw new RangeError(
      `Layer "${this.name}" needs to know how many channels its input has, but found shape [${inputShape.map(String)}].`,
    );
  }

  #fits(inputShape: Shape, channels: number): number {
    const sizes = this.computeOutputShape(inputShape).slice(1, 3) as Shape;
    if (sizes.some((size) => size !== null && size < 1)) {
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
    return [0, 1].map((axis) =>
      outputLength(
        inputShape[axis + 1] ?? null,
        this.kernelSize[axis]!,
        this.padding,
        this.strides[axis]!,
        this.dilationRate[axis],
      ),
    );
  }

  abstract override computeOutputShape(inputShape: Shape): Shape;

  override getConfig(): { [option: string]: unknown } {
    const { kernelSize, strides, padding, dilationRate } = this;
    return { ...super.getConfig(), kernelSize, strides, padding, dilationRate };
  }
}
