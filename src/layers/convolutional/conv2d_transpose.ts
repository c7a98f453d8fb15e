import type * as tf from "@tensorflow/tfjs-core";
import { conv2dTranspose, type Pair } from "../../backend/nn/convolution";
import * as kinds from "../../options/kinds";
import { callableLayer } from "../callable_layer";
import type { Shape } from "../keras_tensor";
import { bothOf, type PairLike, pair } from "../pairs";
import { type Conv2DOptions, FilterConvolution2D } from "./convolution";

/** Options of {@link Conv2DTranspose}. */
export interface Conv2DTransposeOptions extends Conv2DOptions {
  /** Rows and columns added to the smallest output that fits, fewer than the strides. Default null: Keras's choice. */
  readonly outputPadding?: PairLike | null;
}

const margin: kinds.Kind = {
  expected: "a whole number of 0 or more, or two above 0",
  accepts: (value) => value === 0 || pair.accepts(value),
};

export class Conv2DTransposeLayer extends FilterConvolution2D {
  static override readonly className = "Conv2DTranspose";
  static override readonly optionKinds = { ...FilterConvolution2D.optionKinds, outputPadding: kinds.orNull(margin) };
  readonly outputPadding: Pair | null;

  constructor(filters: number, kernelSize: PairLike, options: Conv2DTransposeOptions = {}) {
    super(filters, kernelSize, options);
    this.outputPadding = options.outputPadding ? bothOf(options.outputPadding) : null;
    if (this.outputPadding?.some((rows, axis) => rows >= this.strides[axis]!)) {
      throw new RangeError(
        `Conv2DTranspose() expected outputPadding below the strides [${this.strides}] but found [${this.outputPadding}].`,
      );
    }
  }

  override build(inputShape: Shape): void {
    this.addKernel([...this.kernelSize, this.filters, this.channels(inputShape)], this.filters);
  }

  protected override convolve(images: tf.Tensor4D): tf.Tensor {
    const { strides, padding, dilationRate } = this;
    const size = this.spatialShape(images.shape) as unknown as Pair;
    return conv2dTranspose(images, this.kernel as tf.Tensor as tf.Tensor4D, size, strides, padding, dilationRate);
  }

  protected override spatialShape(inputShape: Shape): Shape {
    return [0, 1].map((axis) => {
      const size = inputShape[axis + 1] ?? null;
      if (size === null) return null;
      const [stride, window] = [this.strides[axis]!, this.kernelSize[axis]!];
      const reach = (window - 1) * this.dilationRate[axis]! + 1;
      const extra = this.outputPadding?.[axis];
      if (extra === undefined) return size * stride + (this.padding === "valid" ? Math.max(reach - stride, 0) : 0);
      const cut = this.padding === "same" ? Math.floor(reach / 2) : 0;
      return (size - 1) * stride + reach - 2 * cut + extra;
    });
  }
}

/**
 * Transposed 2-D convolution, which makes images larger: it reverses the shapes of a Conv2D with these options. Kernel
 * `[height, width, filters, channels]`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Conv2DTranspose(16, 3, { strides: 2, padding: "same" })(tf.zeros([1, 7, 7, 8])).shape // [1, 14, 14, 16]
 * ```
 * @see https://keras.io/api/layers/convolution_layers/convolution2d_transpose/
 */
export const Conv2DTranspose = callableLayer(Conv2DTransposeLayer);
export type Conv2DTranspose = Conv2DTransposeLayer;
