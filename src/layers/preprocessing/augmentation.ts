import * as tf from "@tensorflow/tfjs-core";
import { randomUniform } from "../../backend/nn/random";
import { warp } from "../../backend/nn/warp";
import * as kinds from "../../options/kinds";
import type { InputSpec } from "../input_spec";
import { type CallOptions, lower, word } from "../layer_options";
import { RandomLayer, type RandomOptions } from "../random_layer";
import { endsOf, type FactorRange } from "./factor_range";

/** Options of the augmentation layers that move pixels. */
export interface WarpOptions extends RandomOptions {
  /** How to fill the points beyond the borders. Default `"reflect"`. */
  readonly fillMode?: "reflect" | "wrap" | "constant" | "nearest";
  /** Default `"bilinear"`. */
  readonly interpolation?: "bilinear" | "nearest";
  /** The value beyond the borders for `"constant"`. Default 0. */
  readonly fillValue?: number;
}

/** Base of the layers that change images at random while training and pass them on otherwise. */
export abstract class Augmentation extends RandomLayer {
  override supportsMasking = false;
  override inputSpec: InputSpec = { minNdim: 3, maxNdim: 4 };

  /** The changed images. */
  protected abstract augment(images: tf.Tensor4D): tf.Tensor4D;

  override call(x: tf.Tensor, options: CallOptions): tf.Tensor {
    return super.call(tf.cast(x, "float32"), options);
  }

  protected override disturb(images: tf.Tensor): tf.Tensor {
    if (images.rank === 4) return this.augment(images as tf.Tensor4D);
    return tf.squeeze(this.augment(tf.expandDims(images, 0) as tf.Tensor4D), [0]);
  }
}

/** Base of the augmentation layers that map output pixels to input pixels linearly. */
export abstract class Warp extends Augmentation {
  static override readonly optionKinds: kinds.KindsOf<WarpOptions> = {
    ...Augmentation.optionKinds,
    fillMode: word("reflect", "wrap", "constant", "nearest"),
    interpolation: word("bilinear", "nearest"),
    fillValue: kinds.number(),
  };
  readonly fillMode: WarpOptions["fillMode"] & {};
  readonly interpolation: WarpOptions["interpolation"] & {};
  readonly fillValue: number;

  constructor(options: WarpOptions) {
    super(options);
    this.fillMode = lower(options.fillMode ?? "reflect");
    this.interpolation = lower(options.interpolation ?? "bilinear");
    this.fillValue = options.fillValue ?? 0;
  }

  /** Where each output pixel comes from: x = a0 · x + a1 · y + a2, y = b0 · x + b1 · y + b2; each `[batch, 1]`. */
  protected abstract matrix(batch: number, height: number, width: number): readonly tf.Tensor[];

  /** A number for each image, `[batch, 1]`: a factor from the range times `scale`, plus `offset`. */
  protected draw(batch: number, factor: FactorRange, scale: number, offset = 0): tf.Tensor {
    const [low, high] = endsOf(factor);
    return randomUniform([batch, 1], low * scale + offset, high * scale + offset, this.seedGenerator);
  }

  protected override augment(images: tf.Tensor4D): tf.Tensor4D {
    const [batch, height, width] = images.shape;
    return warp(images, this.matrix(batch, height, width), this);
  }
}
