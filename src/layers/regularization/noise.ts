import * as tf from "@tensorflow/tfjs-core";
import { dropoutMask } from "../../backend/nn/dropout";
import { randomNormal } from "../../backend/nn/random";
import { SeedGenerator } from "../../backend/seed_generator";
import { callable } from "../../callable";
import { describe } from "../../options/options";
import type { Shape } from "../keras_tensor";
import { type CallOptions, Layer, type LayerOptions, layerOptionNames } from "../layer";
import { checkLayerOptions } from "../layer_options";
import { checkRate } from "./dropout";

/** Options of the layers that change their input at random while training. */
export interface NoiseOptions extends LayerOptions {
  /** Default: from `keras.utils.setRandomSeed`. */
  readonly seed?: number | null;
}

/** Base of the layers that change their input at random while training and pass it on otherwise. */
abstract class Noise extends Layer {
  override supportsMasking = true;
  readonly seed: number | null;
  readonly seedGenerator: SeedGenerator;

  constructor(options: NoiseOptions) {
    super(options);
    checkLayerOptions(`${this.className}()`, options, [...layerOptionNames, "seed"]);
    this.seed = options.seed ?? null;
    this.seedGenerator = new SeedGenerator(options.seed ?? undefined);
    this.built = true;
  }

  /** The changed input. */
  protected abstract disturb(x: tf.Tensor): tf.Tensor;

  override call(x: tf.Tensor, { training = false }: CallOptions): tf.Tensor {
    return training ? this.disturb(x) : x;
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig(): { [option: string]: unknown } {
    return { ...super.getConfig(), seed: this.seed };
  }
}

export class GaussianNoiseLayer extends Noise {
  static override readonly className = "GaussianNoise";
  static override readonly positional = ["stddev"];
  readonly stddev: number;

  constructor(stddev: number, options: NoiseOptions = {}) {
    super(options);
    if (!(typeof stddev === "number" && stddev >= 0)) {
      throw new RangeError(`GaussianNoise() expected a standard deviation of 0 or more but found ${describe(stddev)}.`);
    }
    this.stddev = stddev;
  }

  protected override disturb(x: tf.Tensor): tf.Tensor {
    return this.stddev === 0 ? x : tf.add(x, randomNormal(x.shape, 0, this.stddev, this.seedGenerator));
  }

  override getConfig() {
    return { ...super.getConfig(), stddev: this.stddev };
  }
}

/**
 * While training, adds normal noise of mean 0. https://keras.io/api/layers/regularization_layers/gaussian_noise/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.GaussianNoise(0.1)(tf.ones([1, 4]), { training: true }) // around 1
 * ```
 */
export const GaussianNoise = callable(GaussianNoiseLayer);
export type GaussianNoise = GaussianNoiseLayer;

/** Base of those whose noise is as strong as that of dropping `rate` of the values. */
abstract class NoiseByRate extends Noise {
  static override readonly positional = ["rate"];
  readonly rate: number;

  constructor(rate: number, options: NoiseOptions = {}) {
    super(options);
    this.rate = checkRate(this.className, rate);
    if (this.rate === 1) throw new RangeError(`${this.className}() expected a rate below 1 but found 1.`);
  }

  override getConfig() {
    return { ...super.getConfig(), rate: this.rate };
  }
}

export class GaussianDropoutLayer extends NoiseByRate {
  static override readonly className = "GaussianDropout";

  protected override disturb(x: tf.Tensor): tf.Tensor {
    if (this.rate === 0) return x;
    return tf.mul(x, randomNormal(x.shape, 1, Math.sqrt(this.rate / (1 - this.rate)), this.seedGenerator));
  }
}

/**
 * While training, multiplies by normal noise of mean 1 and variance `rate / (1 - rate)`.
 * https://keras.io/api/layers/regularization_layers/gaussian_dropout/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.GaussianDropout(0.1)(tf.ones([1, 4]), { training: true }) // around 1
 * ```
 */
export const GaussianDropout = callable(GaussianDropoutLayer);
export type GaussianDropout = GaussianDropoutLayer;

// Of SELU, for which AlphaDropout is made: what a value becomes that is dropped.
const DROPPED = -1.6732632423543772 * 1.0507009873554805;

export class AlphaDropoutLayer extends NoiseByRate {
  static override readonly className = "AlphaDropout";

  protected override disturb(x: tf.Tensor): tf.Tensor {
    if (this.rate === 0) return x;
    const kept = dropoutMask(x.shape, this.rate, this.seedGenerator);
    const factor = ((1 - this.rate) * (1 + this.rate * DROPPED ** 2)) ** -0.5;
    const values = tf.add(tf.mul(x, kept), tf.mul(tf.sub(1, kept), DROPPED));
    return tf.add(tf.mul(values, factor), -factor * DROPPED * this.rate);
  }
}

/**
 * {@link Dropout} for networks with SELU: mean and variance stay as they were (Klambauer et al., 2017).
 * https://keras.io/api/layers/regularization_layers/alpha_dropout/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.AlphaDropout(0.1)(tf.ones([1, 4]), { training: true }).shape // [1, 4]
 * ```
 */
export const AlphaDropout = callable(AlphaDropoutLayer);
export type AlphaDropout = AlphaDropoutLayer;

/** Drops whole channels. */
abstract class SpatialDropout extends Noise {
  static override readonly positional = ["rate"];
  readonly rate: number;

  constructor(rate: number, dimensions: number, options: NoiseOptions) {
    super(options);
    this.rate = checkRate(this.className, rate);
    this.inputSpec = { ndim: dimensions + 2 };
  }

  protected override disturb(x: tf.Tensor): tf.Tensor {
    if (this.rate === 0) return x;
    if (this.rate === 1) return tf.zerosLike(x);
    const shape = x.shape.map((size, axis) => (axis === 0 || axis === x.rank - 1 ? size : 1));
    return tf.mul(x, tf.mul(dropoutMask(shape, this.rate, this.seedGenerator), 1 / (1 - this.rate)));
  }

  override getConfig() {
    return { ...super.getConfig(), rate: this.rate };
  }
}

export class SpatialDropout1DLayer extends SpatialDropout {
  static override readonly className = "SpatialDropout1D";

  constructor(rate: number, options: NoiseOptions = {}) {
    super(rate, 1, options);
  }
}

/**
 * {@link Dropout} of whole channels of `[batch, steps, channels]` (Tompson et al., 2015).
 * https://keras.io/api/layers/regularization_layers/spatial_dropout1d/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.SpatialDropout1D(0.5)(tf.ones([1, 3, 8]), { training: true }) // some channels all 0
 * ```
 */
export const SpatialDropout1D = callable(SpatialDropout1DLayer);
export type SpatialDropout1D = SpatialDropout1DLayer;

export class SpatialDropout2DLayer extends SpatialDropout {
  static override readonly className = "SpatialDropout2D";

  constructor(rate: number, options: NoiseOptions = {}) {
    super(rate, 2, options);
  }
}

/**
 * {@link Dropout} of whole channels of `[batch, height, width, channels]` (Tompson et al., 2015).
 * https://keras.io/api/layers/regularization_layers/spatial_dropout2d/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.SpatialDropout2D(0.5)(tf.ones([1, 3, 3, 8]), { training: true }) // some channels all 0
 * ```
 */
export const SpatialDropout2D = callable(SpatialDropout2DLayer);
export type SpatialDropout2D = SpatialDropout2DLayer;
