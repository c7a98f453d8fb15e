import * as tf from "@tensorflow/tfjs-core";
import { randomUniform } from "../../backend/nn/random";
import { callable } from "../../callable";
import { describe } from "../../options/options";
import { oneOf } from "../arguments";
import { Augmentation, type AugmentationOptions, Warp, type WarpOptions } from "./augmentation";

const flipModes = ["horizontal", "vertical", "horizontal_and_vertical"] as const;

/** The ways {@link RandomFlip} may turn an image over. */
export type FlipMode = (typeof flipModes)[number];

export class RandomFlipLayer extends Augmentation {
  static override readonly className = "RandomFlip";
  static override readonly positional = ["mode"];
  readonly mode: FlipMode;

  constructor(mode: FlipMode = "horizontal_and_vertical", options: AugmentationOptions = {}) {
    super(options);
    this.mode = oneOf("RandomFlip", "mode", mode, flipModes);
  }

  protected override augment(images: tf.Tensor4D): tf.Tensor4D {
    // Keras draws once for both directions; each image is flipped both ways or neither.
    const draw = randomUniform([images.shape[0], 1, 1, 1], 0, 1, this.seedGenerator);
    const flip = tf.lessEqual(draw, 0.5);
    let flipped = images;
    if (this.mode !== "vertical") flipped = tf.where(flip, tf.reverse(flipped, 2), flipped) as tf.Tensor4D;
    if (this.mode !== "horizontal") flipped = tf.where(flip, tf.reverse(flipped, 1), flipped) as tf.Tensor4D;
    return flipped;
  }

  override getConfig() {
    return { ...super.getConfig(), mode: this.mode };
  }
}

/**
 * While training, turns images `[batch, height, width, channels]` over, half of them.
 * https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_flip/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.RandomFlip("horizontal")(tf.zeros([2, 28, 28, 1]), { training: true }).shape // [2, 28, 28, 1]
 * ```
 */
export const RandomFlip = callable(RandomFlipLayer);
export type RandomFlip = RandomFlipLayer;

/** A range of factors: `0.2` is from -0.2 to 0.2. */
export type FactorRange = number | readonly [number, number];

function range(layer: string, argument: string, value: unknown, least: number): readonly [number, number] {
  const list = typeof value === "number" ? [-Math.abs(value), Math.abs(value)] : value;
  const fits = (n: unknown) => typeof n === "number" && n >= least && n <= 1;
  if (Array.isArray(list) && list.length === 2 && list.every(fits)) {
    return [Math.min(...(list as number[])), Math.max(...(list as number[]))];
  }
  throw new RangeError(
    `${layer}() expected ${argument} to be a number from ${least} to 1, or two of them, but found ${describe(value)}.`,
  );
}

export class RandomRotationLayer extends Warp {
  static override readonly className = "RandomRotation";
  static override readonly positional = ["factor"];
  readonly factor: FactorRange;
  readonly #range: readonly [number, number];

  constructor(factor: FactorRange, options: WarpOptions = {}) {
    super(options);
    this.#range = range("RandomRotation", "factor", factor, -1);
    this.factor = factor;
  }

  protected override matrix(batch: number, height: number, width: number): readonly tf.Tensor[] {
    const [low, high] = this.#range;
    const angle = randomUniform([batch, 1], low * 2 * Math.PI, high * 2 * Math.PI, this.seedGenerator);
    const [cos, sin] = [tf.cos(angle), tf.sin(angle)];
    const [w, h] = [width - 1, height - 1];
    const x = tf.div(tf.sub(w, tf.sub(tf.mul(cos, w), tf.mul(sin, h))), 2);
    const y = tf.div(tf.sub(h, tf.add(tf.mul(sin, w), tf.mul(cos, h))), 2);
    return [cos, tf.neg(sin), x, sin, cos, y];
  }

  override getConfig() {
    return { ...super.getConfig(), factor: this.factor };
  }
}

/**
 * While training, turns images by up to `factor` of a full turn, either way.
 * https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_rotation/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.RandomRotation(0.1)(tf.zeros([2, 28, 28, 1]), { training: true }).shape // [2, 28, 28, 1]
 * ```
 */
export const RandomRotation = callable(RandomRotationLayer);
export type RandomRotation = RandomRotationLayer;

/** Options of {@link RandomZoom}. */
export interface RandomZoomOptions extends WarpOptions {
  /** As `heightFactor`, for the width. Default null: as much as the height. */
  readonly widthFactor?: FactorRange | null;
}

export class RandomZoomLayer extends Warp {
  static override readonly className = "RandomZoom";
  static override readonly positional = ["heightFactor"];
  readonly heightFactor: FactorRange;
  readonly widthFactor: FactorRange | null;
  readonly #height: readonly [number, number];
  readonly #width: readonly [number, number] | null;

  constructor(heightFactor: FactorRange, options: RandomZoomOptions = {}) {
    super(options, ["widthFactor"]);
    const wide = options.widthFactor ?? null;
    // At -1 an image would shrink to a point.
    const least = -1 + 1e-6;
    this.#height = range("RandomZoom", "heightFactor", heightFactor, least);
    this.#width = wide === null ? null : range("RandomZoom", "widthFactor", wide, least);
    this.heightFactor = heightFactor;
    this.widthFactor = wide;
  }

  protected override matrix(batch: number, height: number, width: number): readonly tf.Tensor[] {
    const draw = ([low, high]: readonly [number, number]) =>
      randomUniform([batch, 1], 1 + low, 1 + high, this.seedGenerator);
    const tall = draw(this.#height);
    const wide = this.#width === null ? tall : draw(this.#width);
    const none = tf.zerosLike(tall);
    const shift = (zoom: tf.Tensor, size: number) => tf.mul(tf.sub(1, zoom), (size - 1) / 2);
    return [wide, none, shift(wide, width), none, tall, shift(tall, height)];
  }

  override getConfig() {
    return { ...super.getConfig(), heightFactor: this.heightFactor, widthFactor: this.widthFactor };
  }
}

/**
 * While training, zooms images by up to `heightFactor`: -0.2 is 20 % in, 0.2 is 20 % out.
 * https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_zoom/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.RandomZoom(0.2)(tf.zeros([2, 28, 28, 1]), { training: true }).shape // [2, 28, 28, 1]
 * ```
 */
export const RandomZoom = callable(RandomZoomLayer);
export type RandomZoom = RandomZoomLayer;

export class RandomTranslationLayer extends Warp {
  static override readonly className = "RandomTranslation";
  static override readonly positional = ["heightFactor", "widthFactor"];
  readonly heightFactor: FactorRange;
  readonly widthFactor: FactorRange;
  readonly #height: readonly [number, number];
  readonly #width: readonly [number, number];

  constructor(heightFactor: FactorRange, widthFactor: FactorRange, options: WarpOptions = {}) {
    super(options);
    this.#height = range("RandomTranslation", "heightFactor", heightFactor, -1);
    this.#width = range("RandomTranslation", "widthFactor", widthFactor, -1);
    this.heightFactor = heightFactor;
    this.widthFactor = widthFactor;
  }

  protected override matrix(batch: number, height: number, width: number): readonly tf.Tensor[] {
    const shift = ([low, high]: readonly [number, number], size: number) =>
      tf.neg(randomUniform([batch, 1], low * size, high * size, this.seedGenerator));
    const down = shift(this.#height, height);
    const right = shift(this.#width, width);
    const [none, one] = [tf.zerosLike(down), tf.onesLike(down)];
    return [one, none, right, none, one, down];
  }

  override getConfig() {
    return { ...super.getConfig(), heightFactor: this.heightFactor, widthFactor: this.widthFactor };
  }
}

/**
 * While training, moves images down and to the right by up to these shares of their size, or up and left.
 * https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_translation/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.RandomTranslation(0.1, 0.1)(tf.zeros([2, 28, 28, 1]), { training: true }).shape // [2, 28, 28, 1]
 * ```
 */
export const RandomTranslation = callable(RandomTranslationLayer);
export type RandomTranslation = RandomTranslationLayer;
