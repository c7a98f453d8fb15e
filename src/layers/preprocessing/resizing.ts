import * as tf from "@tensorflow/tfjs-core";
import { type Interpolation, resize } from "../../backend/nn/resize";
import { callable } from "../../callable";
import * as kinds from "../../options/kinds";
import { oneOf, positiveInteger } from "../arguments";
import type { Shape } from "../keras_tensor";
import { Layer, type LayerOptions, layerOptionNames } from "../layer";
import { checkLayerOptions } from "../layer_options";

/** Base of the layers that give images another size. */
abstract class Sized extends Layer {
  static override readonly positional = ["height", "width"];
  readonly height: number;
  readonly width: number;

  constructor(height: number, width: number, options: LayerOptions, own: kinds.Kinds = {}) {
    super(options);
    checkLayerOptions(`${this.className}()`, options, [...layerOptionNames, ...Object.keys(own)], own);
    this.height = positiveInteger(this.className, "height", height);
    this.width = positiveInteger(this.className, "width", width);
    this.inputSpec = { minNdim: 3, maxNdim: 4 };
    this.built = true;
  }

  /** The images in the new size. */
  protected abstract fit(images: tf.Tensor4D): tf.Tensor;

  override call(x: tf.Tensor): tf.Tensor {
    const images = tf.cast(x, "float32");
    if (images.rank === 4) return this.fit(images as tf.Tensor4D);
    return tf.squeeze(this.fit(tf.expandDims(images, 0) as tf.Tensor4D), [0]);
  }

  /** The middle of the images that has the shape of the new size, in that size. */
  protected fill(images: tf.Tensor4D, interpolation: Interpolation): tf.Tensor {
    const [, height, width] = images.shape;
    const tall = Math.max(1, Math.min(height, Math.trunc((width * this.height) / this.width)));
    const wide = Math.max(1, Math.min(width, Math.trunc((height * this.width) / this.height)));
    return resize(middle(images, tall, wide), [this.height, this.width], interpolation);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return [...inputShape.slice(0, -3), this.height, this.width, inputShape.at(-1) ?? null];
  }

  override getConfig(): { [option: string]: unknown } {
    return { ...super.getConfig(), height: this.height, width: this.width };
  }
}

function middle(images: tf.Tensor4D, tall: number, wide: number): tf.Tensor4D {
  const [batch, height, width, channels] = images.shape;
  const start = [0, Math.floor((height - tall) / 2), Math.floor((width - wide) / 2), 0] as const;
  return tf.slice(images, [...start], [batch, tall, wide, channels]);
}

/** Options of {@link Resizing}. */
export interface ResizingOptions extends LayerOptions {
  /** Default `"bilinear"`. */
  readonly interpolation?: Interpolation;
  /** Whether images keep their proportions and lose their margins, rather than being stretched. Default false. */
  readonly cropToAspectRatio?: boolean;
}

export class ResizingLayer extends Sized {
  static override readonly className = "Resizing";
  readonly interpolation: Interpolation;
  readonly cropToAspectRatio: boolean;

  constructor(height: number, width: number, options: ResizingOptions = {}) {
    const own = { interpolation: kinds.readElsewhere, cropToAspectRatio: kinds.boolean };
    super(height, width, options, own);
    const known = ["bilinear", "nearest"] as const;
    this.interpolation = oneOf("Resizing", "interpolation", options.interpolation ?? "bilinear", known);
    this.cropToAspectRatio = options.cropToAspectRatio ?? false;
  }

  protected override fit(images: tf.Tensor4D): tf.Tensor {
    if (this.cropToAspectRatio) return this.fill(images, this.interpolation);
    return resize(images, [this.height, this.width], this.interpolation);
  }

  override getConfig() {
    const { interpolation, cropToAspectRatio } = this;
    return { ...super.getConfig(), interpolation, cropToAspectRatio };
  }
}

/**
 * Gives images `[batch, height, width, channels]` another size.
 * https://keras.io/api/layers/preprocessing_layers/image_preprocessing/resizing/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Resizing(64, 64)(tf.zeros([2, 28, 28, 3])).shape // [2, 64, 64, 3]
 * ```
 */
export const Resizing = callable(ResizingLayer);
export type Resizing = ResizingLayer;

export class CenterCropLayer extends Sized {
  static override readonly className = "CenterCrop";

  constructor(height: number, width: number, options: LayerOptions = {}) {
    super(height, width, options);
  }

  protected override fit(images: tf.Tensor4D): tf.Tensor {
    const [, height, width] = images.shape;
    const larger = height >= this.height && width >= this.width;
    return larger ? middle(images, this.height, this.width) : this.fill(images, "bilinear");
  }
}

/**
 * The middle of images; of smaller ones the largest middle with these proportions, enlarged.
 * https://keras.io/api/layers/preprocessing_layers/image_preprocessing/center_crop/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.CenterCrop(20, 20)(tf.zeros([2, 28, 28, 3])).shape // [2, 20, 20, 3]
 * ```
 */
export const CenterCrop = callable(CenterCropLayer);
export type CenterCrop = CenterCropLayer;
