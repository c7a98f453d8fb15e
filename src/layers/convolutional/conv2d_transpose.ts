import * as tf from "@tensorflow/tfjs-core";
import { conv2dTranspose, type Pair } from "../../backend/nn/convolution";
import { callable } from "../../callable";
import { type PairLike, positiveInteger, positivePair } from "../arguments";
import type { Shape } from "../keras_tensor";
import { type Conv2DOptions, Convolution2D } from "./convolution";

/** Options of {@link Conv2DTranspose}. */
export interface Conv2DTransposeOptions extends Conv2DOptions {
  /** Rows and columns added to the smallest output that fits, fewer than the strides. Default null: Keras's choice. */
  readonly outputPadding?: PairLike | null;
}

export class Conv2DTransposeLayer extends Convolution2D {
  static override readonly className = "Conv2DTranspose";
  static override readonly positional = ["filters", "kernelSize"];
  readonly filters: number;
  readonly outputPadding: Pair | null;

  constructor(filters: number, kernelSize: PairLike, options: Conv2DTransposeOptions = {}) {
    super(kernelSize, options, ["outputPadding"]);
    this.filters = positiveInteger("Conv2DTranspose", "filters", filters);
    const extra = options.outputPadding ?? null;
    this.outputPadding = extra === null || extra === 0 ? null : positivePair("Conv2DTranspose", "outputPadding", extra);
    if (this.outputPadding?.some((rows, axis) => rows >= this.strides[axis]!)) {
      throw new RangeError(
        `Conv2DTranspose() expected outputPadding below the strides [${this.strides}] but found [${this.outputPadding}].`,
      );
    }
  }

  override build(inputShape: Shape): void {
    this.addKernel([...this.kernelSize, this.filters, this.channels(inputShape)], this.filters);
  }

  override call(x: tf.Tensor): tf.Tensor {
    const { strides, padding, dilationRate } = this;
    const size = this.spatialShape(x.shape) as unknown as Pair;
    const kernel = this.kernel as tf.Tensor as tf.Tensor4D;
    let y: tf.Tensor = conv2dTranspose(x as tf.Tensor4D, kernel, size, strides, padding, dilationRate);
    if (this.bias !== undefined) y = tf.add(y, this.bias);
    return this.activation(y);
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

  override computeOutputShape(inputShape: Shape): Shape {
    return [inputShape[0] ?? null, ...this.spatialShape(inputShape), this.filters];
  }

  override getConfig() {
    return { ...super.getConfig(), filters: this.filters, outputPadding: this.outputPadding };
  }
}

/**
 * Transposed 2-D convolution, which makes images larger: the way back through a Conv2D of these options. Kernel
 * `[height, width, filters, channels]`. https://keras.io/api/layers/convolution_layers/convolution2d_transpose/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Conv2DTranspose(16, 3, { strides: 2, padding: "same" })(tf.zeros([1, 7, 7, 8])).shape // [1, 14, 14, 16]
 * ```
 */
export const Conv2DTranspose = callable(Conv2DTransposeLayer);
export type Conv2DTranspose = Conv2DTransposeLayer;
