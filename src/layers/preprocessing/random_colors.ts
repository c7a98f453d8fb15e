import * as tf from "@tensorflow/tfjs-core";
import { randomUniform } from "../../backend/nn/random";
import type * as kinds from "../../options/kinds";
import { callableLayer } from "../callable_layer";
import { argument } from "../layer_options";
import type { RandomOptions } from "../random_layer";
import { Augmentation } from "./augmentation";
import { endsOf, type FactorRange, factorRange } from "./factor_range";

/** Options of the layers that change the colors of images. */
export interface ColorOptions extends RandomOptions {
  /** The least and the greatest value of a pixel. Default `[0, 255]`. */
  readonly valueRange?: readonly [number, number];
}

/** Base of the layers that change the colors of images. */
abstract class RandomColor extends Augmentation {
  static override readonly positional = ["factor"];
  /** The least factor allowed. */
  static readonly least: number = -1;
  static override readonly optionKinds: kinds.KindsOf<ColorOptions> = {
    ...Augmentation.optionKinds,
    valueRange: {
      expected: "two numbers, the smaller first,",
      accepts: (value) => Array.isArray(value) && value.length === 2 && value[0] < value[1],
    },
  };
  readonly factor: readonly [number, number];
  readonly valueRange: readonly [number, number];

  constructor(factor: FactorRange, options: ColorOptions = {}) {
    super(options);
    const { least } = this.constructor as typeof RandomColor;
    this.factor = endsOf(argument(this, "factor", factor, factorRange(least, least)), least);
    this.valueRange = options.valueRange ?? [0, 255];
  }

  /** A number for each image. */
  protected draw(images: tf.Tensor4D, low: number, high: number): tf.Tensor {
    return randomUniform([images.shape[0], 1, 1, 1], low, high, this.seedGenerator);
  }

  protected clipped(images: tf.Tensor): tf.Tensor4D {
    return tf.clipByValue(images, ...this.valueRange) as tf.Tensor4D;
  }
}

export class RandomBrightnessLayer extends RandomColor {
  static override readonly className = "RandomBrightness";

  protected override augment(images: tf.Tensor4D): tf.Tensor4D {
    const [low, high] = this.valueRange;
    return this.clipped(tf.add(images, tf.mul(this.draw(images, ...this.factor), high - low)));
  }
}

/**
 * While training, makes images brighter or darker by up to `factor` of the range of values.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.RandomBrightness(0.2, { valueRange: [0, 1] })(tf.zeros([2, 28, 28, 1]), { training: true }).shape // [2, 28, 28, 1]
 * ```
 * @see https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_brightness/
 */
export const RandomBrightness = callableLayer(RandomBrightnessLayer);
export type RandomBrightness = RandomBrightnessLayer;

export class RandomContrastLayer extends RandomColor {
  static override readonly className = "RandomContrast";
  static override readonly least = 0;

  protected override augment(images: tf.Tensor4D): tf.Tensor4D {
    const mean = tf.mean(images, [1, 2], true);
    const contrast = this.draw(images, 1 - this.factor[0], 1 + this.factor[1]);
    return this.clipped(tf.add(tf.mul(tf.sub(images, mean), contrast), mean));
  }
}

/**
 * While training, moves the values of each channel away from their mean: by factors from `1 - factor[0]` to `1 + factor[1]`;
 * one number is `[0, factor]`, as in Keras.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.RandomContrast([0.2, 0.2])(tf.zeros([2, 28, 28, 1]), { training: true }).shape // [2, 28, 28, 1]
 * ```
 * @see https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_contrast/
 */
export const RandomContrast = callableLayer(RandomContrastLayer);
export type RandomContrast = RandomContrastLayer;
