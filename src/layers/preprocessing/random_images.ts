import * as tf from "@tensorflow/tfjs-core";
import { randomUniform } from "../../backend/nn/random";
import * as kinds from "../../options/kinds";
import { callableLayer } from "../callable_layer";
import { argument, lower, word } from "../layer_options";
import type { RandomOptions } from "../random_layer";
import { Augmentation, Warp, type WarpOptions } from "./augmentation";
import { type FactorRange, factorRange } from "./factor_range";

/** The directions in which {@link RandomFlip} may flip an image. */
export type FlipMode = "horizontal" | "vertical" | "horizontal_and_vertical";

export class RandomFlipLayer extends Augmentation {
  static override readonly className = "RandomFlip";
  static override readonly positional = ["mode"];
  readonly mode: FlipMode;

  constructor(mode: FlipMode = "horizontal_and_vertical", options: RandomOptions = {}) {
    super(options);
    this.mode = lower(argument(this, "mode", mode, word("horizontal", "vertical", "horizontal_and_vertical")));
  }

  protected override augment(images: tf.Tensor4D): tf.Tensor4D {
    // Keras draws once for both directions: an image is flipped both ways or not at all.
    const draw = randomUniform([images.shape[0], 1, 1, 1], 0, 1, this.seedGenerator);
    const flip = tf.lessEqual(draw, 0.5);
    let flipped = images;
    if (this.mode !== "vertical") flipped = tf.where(flip, tf.reverse(flipped, 2), flipped) as tf.Tensor4D;
    if (this.mode !== "horizontal") flipped = tf.where(flip, tf.reverse(flipped, 1), flipped) as tf.Tensor4D;
    return flipped;
  }
}

/**
 * While training, flips half of the images `[batch, height, width, channels]`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.RandomFlip("horizontal")(tf.zeros([2, 28, 28, 1]), { training: true }).shape // [2, 28, 28, 1]
 * ```
 * @see https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_flip/
 */
export const RandomFlip = callableLayer(RandomFlipLayer);
export type RandomFlip = RandomFlipLayer;

export class RandomRotationLayer extends Warp {
  static override readonly className = "RandomRotation";
  static override readonly positional = ["factor"];
  readonly factor: FactorRange;

  constructor(factor: FactorRange, options: WarpOptions = {}) {
    super(options);
    this.factor = argument(this, "factor", factor, factorRange(-1));
  }

  protected override matrix(batch: number, height: number, width: number): readonly tf.Tensor[] {
    const angle = this.draw(batch, this.factor, 2 * Math.PI);
    const [cos, sin] = [tf.cos(angle), tf.sin(angle)];
    const [w, h] = [width - 1, height - 1];
    const x = tf.div(tf.sub(w, tf.sub(tf.mul(cos, w), tf.mul(sin, h))), 2);
    const y = tf.div(tf.sub(h, tf.add(tf.mul(sin, w), tf.mul(cos, h))), 2);
    return [cos, tf.neg(sin), x, sin, cos, y];
  }
}

/**
 * While training, rotates images by up to `factor` of a full turn, either way.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.RandomRotation(0.1)(tf.zeros([2, 28, 28, 1]), { training: true }).shape // [2, 28, 28, 1]
 * ```
 * @see https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_rotation/
 */
export const RandomRotation = callableLayer(RandomRotationLayer);
export type RandomRotation = RandomRotationLayer;

/** Options of {@link RandomZoom}. */
export interface RandomZoomOptions extends WarpOptions {
  /** As `heightFactor`, for the width. Default null: as much as the height. */
  readonly widthFactor?: FactorRange | null;
}

// At -1 an image would shrink to a point.
const zoom = factorRange(-1 + 1e-6);

export class RandomZoomLayer extends Warp {
  static override readonly className = "RandomZoom";
  static override readonly positional = ["heightFactor"];
  static override readonly optionKinds = { ...Warp.optionKinds, widthFactor: kinds.orNull(zoom) };
  readonly heightFactor: FactorRange;
  readonly widthFactor: FactorRange | null;

  constructor(heightFactor: FactorRange, options: RandomZoomOptions = {}) {
    super(options);
    this.heightFactor = argument(this, "heightFactor", heightFactor, zoom);
    this.widthFactor = options.widthFactor ?? null;
  }

  protected override matrix(batch: number, height: number, width: number): readonly tf.Tensor[] {
    const tall = this.draw(batch, this.heightFactor, 1, 1);
    const wide = this.widthFactor === null ? tall : this.draw(batch, this.widthFactor, 1, 1);
    const none = tf.zerosLike(tall);
    const shift = (zoom: tf.Tensor, size: number) => tf.mul(tf.sub(1, zoom), (size - 1) / 2);
    return [wide, none, shift(wide, width), none, tall, shift(tall, height)];
  }
}

/**
 * While training, zooms images by up to `heightFactor`: -0.2 is 20 % in, 0.2 is 20 % out.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.RandomZoom(0.2)(tf.zeros([2, 28, 28, 1]), { training: true }).shape // [2, 28, 28, 1]
 * ```
 * @see https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_zoom/
 */
export const RandomZoom = callableLayer(RandomZoomLayer);
export type RandomZoom = RandomZoomLayer;

export class RandomTranslationLayer extends Warp {
  static override readonly className = "RandomTranslation";
  static override readonly positional = ["heightFactor", "widthFactor"];
  readonly heightFactor: FactorRange;
  readonly widthFactor: FactorRange;

  constructor(heightFactor: FactorRange, widthFactor: FactorRange, options: WarpOptions = {}) {
    super(options);
    this.heightFactor = argument(this, "heightFactor", heightFactor, factorRange(-1));
    this.widthFactor = argument(this, "widthFactor", widthFactor, factorRange(-1));
  }

  protected override matrix(batch: number, height: number, width: number): readonly tf.Tensor[] {
    const down = tf.neg(this.draw(batch, this.heightFactor, height));
    const right = tf.neg(this.draw(batch, this.widthFactor, width));
    const [none, one] = [tf.zerosLike(down), tf.onesLike(down)];
    return [one, none, right, none, one, down];
  }
}

/**
 * While training, moves images down and to the right by up to these shares of their size, or up and left.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.RandomTranslation(0.1, 0.1)(tf.zeros([2, 28, 28, 1]), { training: true }).shape // [2, 28, 28, 1]
 * ```
 * @see https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_translation/
 */
export const RandomTranslation = callableLayer(RandomTranslationLayer);
export type RandomTranslation = RandomTranslationLayer;
