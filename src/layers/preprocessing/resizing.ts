import * as tf from "@tensorflow/tfjs-core";
import { type Interpolation, resize } from "../../backend/nn/resize";
import * as kinds from "../../options/kinds";
import { callableLayer } from "../callable_layer";
import type { Shape } from "../keras_tensor";
import { Layer, type LayerOptions } from "../layer";
import { argument, layerKinds, lower, positive, word } from "../layer_options";

/** Base of the layers that change the size of images. */
abstract class Sized extends Layer {
  static override readonly positional = ["height", "width"];
  static override readonly optionKinds: kinds.KindsOf<LayerOptions> = layerKinds;
  readonly height: number;
  readonly width: number;

  constructor(height: number, width: number, options: LayerOptions = {}) {
    super(options);
    this.height = argument(this, "height", height, positive);
    this.width = argument(this, "width", width, positive);
    this.inputSpec = { minNdim: 3, maxNdim: 4 };
  }

  /** The images in the new size. */
  protected abstract fit(images: tf.Tensor4D): tf.Tensor;

  override call(x: tf.Tensor): tf.Tensor {
    const images = tf.cast(x, "float32");
    if (images.rank === 4) return this.fit(images as tf.Tensor4D);
    return tf.squeeze(this.fit(tf.expandDims(images, 0) as tf.Tensor4D), [0]);
  }

  /** The middle of the images with the proportions of the new size, resized to it. */
  protected fill(images: tf.Tensor4D, interpolation: Interpolation): tf.Tensor {
    const [, height, width] = images.shape;
    const tall = Math.max(1, Math.min(height, Math.trunc((width * this.height) / this.width)));
    const wide = Math.max(1, Math.min(width, Math.trunc((height * this.width) / this.height)));
    return resize(middle(images, tall, wide), [this.height, this.width], interpolation);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return [...inputShape.slice(0, -3), this.height, this.width, inputShape.at(-1) ?? null];
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
  /** Whether images are cropped to keep their proportions, rather than stretched. Default false. */
  readonly cropToAspectRatio?: boolean;
}

export class ResizingLayer extends Sized {
  static override readonly className = "Resizing";
  static override readonly optionKinds = {
    ...layerKinds,
    interpolation: word("bilinear", "nearest"),
    cropToAspectRatio: kinds.boolean,
  };
  readonly interpolation: Interpolation;
  readonly cropToAspectRatio: boolean;

  constructor(height: number, width: number, options: ResizingOptions = {}) {
    super(height, width, options);
    this.interpolation = lower(options.interpolation ?? "bilinear");
    this.cropToAspectRatio = options.cropToAspectRatio ?? false;
  }

  protected override fit(images: tf.Tensor4D): tf.Tensor {
    if (this.cropToAspectRatio) return this.fill(images, this.interpolation);
    return resize(images, [this.height, this.width], this.interpolation);
  }
}

/**
 * Resizes images `[batch, height, width, channels]`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Resizing(64, 64)(tf.zeros([2, 28, 28, 3])).shape // [2, 64, 64, 3]
 * ```
 * @see https://keras.io/api/layers/preprocessing_layers/image_preprocessing/resizing/
 */
export const Resizing = callableLayer(ResizingLayer);
export type Resizing = ResizingLayer;

export class CenterCropLayer extends Sized {
  static override readonly className = "CenterCrop";

  protected override fit(images: tf.Tensor4D): tf.Tensor {
    const [, height, width] = images.shape;
    const larger = height >= this.height && width >= this.width;
    return larger ? middle(images, this.height, this.width) : this.fill(images, "bilinear");
  }
}

/**
 * The middle of images; for smaller images the largest middle with these proportions, enlarged.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.CenterCrop(20, 20)(tf.zeros([2, 28, 28, 3])).shape // [2, 20, 20, 3]
 * ```
 * @see https://keras.io/api/layers/preprocessing_layers/image_preprocessing/center_crop/
 */
export const CenterCrop = callableLayer(CenterCropLayer);
export type CenterCrop = CenterCropLayer;
