import * as tf from "@tensorflow/tfjs-core";
import { warp } from "../../backend/nn/warp";
import { SeedGenerator } from "../../backend/seed_generator";
import * as kinds from "../../options/kinds";
import type { Shape } from "../keras_tensor";
import { type CallOptions, Layer, type LayerOptions } from "../layer";
import { layerKinds } from "../layer_options";

/** Options of the augmentation layers. */
export interface AugmentationOptions extends LayerOptions {
  /** Default: from `keras.utils.setRandomSeed`. */
  readonly seed?: number | null;
}

/** Options of the augmentation layers that move pixels. */
export interface WarpOptions extends AugmentationOptions {
  /** How to fill the points beyond the borders. Default `"reflect"`. */
  readonly fillMode?: "reflect" | "wrap" | "constant" | "nearest";
  /** Default `"bilinear"`. */
  readonly interpolation?: "bilinear" | "nearest";
  /** The value beyond the borders for `"constant"`. Default 0. */
  readonly fillValue?: number;
}

/** Base of the layers that change images at random while training and pass them on otherwise. */
export abstract class Augmentation extends Layer {
  static override readonly optionKinds: kinds.KindsOf<AugmentationOptions> = { ...layerKinds, seed: kinds.seed };
  readonly seed: number | null;
  readonly seedGenerator: SeedGenerator;

  constructor(options: AugmentationOptions) {
    super(options);
    this.seed = options.seed ?? null;
    this.seedGenerator = new SeedGenerator(options.seed ?? undefined);
    this.inputSpec = { minNdim: 3, maxNdim: 4 };
  }

  /** The changed images. */
  protected abstract augment(images: tf.Tensor4D): tf.Tensor4D;

  override call(x: tf.Tensor, { training = false }: CallOptions): tf.Tensor {
    const images = tf.cast(x, "float32");
    if (!training) return images;
    if (images.rank === 4) return this.augment(images as tf.Tensor4D);
    return tf.squeeze(this.augment(tf.expandDims(images, 0) as tf.Tensor4D), [0]);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }
}

/** Base of the augmentation layers that map output pixels to input pixels linearly. */
export abstract class Warp extends Augmentation {
  static override readonly optionKinds: kinds.KindsOf<WarpOptions> = {
    ...Augmentation.optionKinds,
    fillMode: kinds.oneOf("reflect", "wrap", "constant", "nearest"),
    interpolation: kinds.oneOf("bilinear", "nearest"),
    fillValue: kinds.number(),
  };
  readonly fillMode: WarpOptions["fillMode"] & {};
  readonly interpolation: WarpOptions["interpolation"] & {};
  readonly fillValue: number;

  constructor(options: WarpOptions) {
    super(options);
    this.fillMode = options.fillMode ?? "reflect";
    this.interpolation = options.interpolation ?? "bilinear";
    this.fillValue = options.fillValue ?? 0;
  }

  /** Where each output pixel comes from: x = a0 · x + a1 · y + a2, y = b0 · x + b1 · y + b2; each `[batch, 1]`. */
  protected abstract matrix(batch: number, height: number, width: number): readonly tf.Tensor[];

  protected override augment(images: tf.Tensor4D): tf.Tensor4D {
    const [batch, height, width] = images.shape;
    return warp(images, this.matrix(batch, height, width), this);
  }
}
