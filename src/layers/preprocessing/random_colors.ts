import * as tf from "@tensorflow/tfjs-core";
import { randomUniform } from "../../backend/nn/random";
import { callable } from "../../callable";
import { describe } from "../../options/options";
import { Augmentation, type AugmentationOptions } from "./augmentation";
import type { FactorRange } from "./random_images";

/** Options of the layers that change the colours of images. */
export interface ColorOptions extends AugmentationOptions {
  /** The least and the greatest value of a pixel. Default `[0, 255]`. */
  readonly valueRange?: readonly [number, number];
}

/** Base of the layers that change the colours of images. */
abstract class RandomColor extends Augmentation {
  static override readonly positional = ["factor"];
  readonly factor: readonly [number, number];
  readonly valueRange: readonly [number, number];

  /** @param least the least factor there may be */
  constructor(factor: FactorRange, options: ColorOptions, least: number) {
    super(options, ["valueRange"]);
    const list = typeof factor === "number" ? [Math.max(-Math.abs(factor), least), Math.abs(factor)] : factor;
    const inside = (n: unknown) => typeof n === "number" && n >= least && n <= 1;
    if (!Array.isArray(list) || list.length !== 2 || !list.every(inside)) {
      throw new RangeError(
        `${this.className}() expected factor to be a number from ${least} to 1, or two of them, but found ${describe(factor)}.`,
      );
    }
    const [a, b] = list as [number, number];
    this.factor = [Math.min(a, b), Math.max(a, b)];
    const { valueRange = [0, 255] } = options;
    if (!Array.isArray(valueRange) || valueRange.length !== 2 || !(valueRange[0]! < valueRange[1])) {
      throw new RangeError(
        `${this.className}() expected valueRange to be two numbers, the smaller first, but found ${describe(valueRange)}.`,
      );
    }
    this.valueRange = [valueRange[0]!, valueRange[1]!];
  }

  /** A number for each image. */
  protected draw(images: tf.Tensor4D, low: number, high: number): tf.Tensor {
    return randomUniform([images.shape[0], 1, 1, 1], low, high, this.seedGenerator);
  }

  protected clipped(images: tf.Tensor): tf.Tensor4D {
    return tf.clipByValue(images, ...this.valueRange) as tf.Tensor4D;
  }

  override getConfig() {
    return { ...super.getConfig(), factor: this.factor, valueRange: this.valueRange };
  }
}

export class RandomBrightnessLayer extends RandomColor {
  static override readonly className = "RandomBrightness";

  constructor(factor: FactorRange, options: ColorOptions = {}) {
    super(factor, options, -1);
  }

  protected override augment(images: tf.Tensor4D): tf.Tensor4D {
    const [low, high] = this.valueRange;
    return this.clipped(tf.add(images, tf.mul(this.draw(images, ...this.factor), high - low)));
  }
}

/**
 * While training, makes images brighter or darker by up to `factor` of the range of values.
 * https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_brightness/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.RandomBrightness(0.2, { valueRange: [0, 1] })(tf.zeros([2, 28, 28, 1]), { training: true }).shape // [2, 28, 28, 1]
 * ```
 */
export const RandomBrightness = callable(RandomBrightnessLayer);
export type RandomBrightness = RandomBrightnessLayer;

export class RandomContrastLayer extends RandomColor {
  static override readonly className = "RandomContrast";

  constructor(factor: FactorRange, options: ColorOptions = {}) {
    super(factor, options, 0);
  }

  protected override augment(images: tf.Tensor4D): tf.Tensor4D {
    const mean = tf.mean(images, [1, 2], true);
    const contrast = this.draw(images, 1 - this.factor[0], 1 + this.factor[1]);
    return this.clipped(tf.add(tf.mul(tf.sub(images, mean), contrast), mean));
  }
}

/**
 * While training, moves the values of each channel away from their mean: by factors from `1 - factor[0]` to `1 + factor[1]`;
 * one number is `[0, factor]`, as in Keras.
 * https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_contrast/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.RandomContrast([0.2, 0.2])(tf.zeros([2, 28, 28, 1]), { training: true }).shape // [2, 28, 28, 1]
 * ```
 */
export const RandomContrast = callable(RandomContrastLayer);
export type RandomContrast = RandomContrastLayer;
