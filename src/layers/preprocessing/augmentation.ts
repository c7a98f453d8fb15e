import * as tf from "@tensorflow/tfjs-core";
import { warp } from "../../backend/nn/warp";
import { SeedGenerator } from "../../backend/seed_generator";
import { oneOf } from "../arguments";
import type { Shape } from "../keras_tensor";
import { type CallOptions, Layer, type LayerOptions, layerOptionNames } from "../layer";
import { checkLayerOptions } from "../layer_options";

/** Options of the augmentation layers. */
export interface AugmentationOptions extends LayerOptions {
  /** Default: from `keras.utils.setRandomSeed`. */
  readonly seed?: number | null;
}

const fillModes = ["reflect", "wrap", "constant", "nearest"] as const;
const interpolations = ["bilinear", "nearest"] as const;

/** Options of the augmentation layers that move pixels. */
export interface WarpOptions extends AugmentationOptions {
  /** What stands beyond the borders. Default `"reflect"`. */
  readonly fillMode?: (typeof fillModes)[number];
  /** Default `"bilinear"`. */
  readonly interpolation?: (typeof interpolations)[number];
  /** What `"constant"` puts beyond the borders. Default 0. */
  readonly fillValue?: number;
}

/** Base of the layers that change images at random while training and pass them on otherwise. */
export abstract class Augmentation extends Layer {
  readonly seed: number | null;
  readonly seedGenerator: SeedGenerator;

  constructor(options: AugmentationOptions, names: readonly string[] = []) {
    super(options);
    checkLayerOptions(`${this.className}()`, options, [...layerOptionNames, "seed", ...names]);
    this.seed = options.seed ?? null;
    this.seedGenerator = new SeedGenerator(options.seed ?? undefined);
    this.inputSpec = { minNdim: 3, maxNdim: 4 };
    this.built = true;
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

  override getConfig(): { [option: string]: unknown } {
    return { ...super.getConfig(), seed: this.seed };
  }
}

/** Base of the augmentation layers that map output pixels to input pixels linearly. */
export abstract class Warp extends Augmentation {
  readonly fillMode: (typeof fillModes)[number];
  readonly interpolation: (typeof interpolations)[number];
  readonly fillValue: number;

  constructor(options: WarpOptions, names: readonly string[] = []) {
    super(options, ["fillMode", "interpolation", "fillValue", ...names]);
    this.fillMode = oneOf(this.className, "fillMode", options.fillMode ?? "reflect", fillModes);
    this.interpolation = oneOf(this.className, "interpolation", options.interpolation ?? "bilinear", interpolations);
    this.fillValue = options.fillValue ?? 0;
  }

  /** Where each output pixel comes from: x = a0 · x + a1 · y + a2, y = b0 · x + b1 · y + b2; each `[batch, 1]`. */
  protected abstract matrix(batch: number, height: number, width: number): readonly tf.Tensor[];

  protected override augment(images: tf.Tensor4D): tf.Tensor4D {
    const [batch, height, width] = images.shape;
    return warp(images, this.matrix(batch, height, width), this);
  }

  override getConfig(): { [option: string]: unknown } {
    const { fillMode, interpolation, fillValue } = this;
    return { ...super.getConfig(), fillMode, interpolation, fillValue };
  }
}
