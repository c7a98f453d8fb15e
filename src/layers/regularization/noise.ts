import * as tf from "@tensorflow/tfjs-core";
import { dropoutMask } from "../../backend/nn/dropout";
import { randomNormal } from "../../backend/nn/random";
import * as kinds from "../../options/kinds";
import { callableLayer } from "../callable_layer";
import { argument } from "../layer_options";
import { RandomLayer, type RandomOptions } from "../random_layer";
import { NoiseByRate } from "./noise_by_rate";

export class GaussianNoiseLayer extends RandomLayer {
  static override readonly className = "GaussianNoise";
  static override readonly positional = ["stddev"];
  readonly stddev: number;

  constructor(stddev: number, options: RandomOptions = {}) {
    super(options);
    this.stddev = argument(this, "stddev", stddev, kinds.number({ min: 0 }));
  }

  protected override disturb(x: tf.Tensor): tf.Tensor {
    return this.stddev === 0 ? x : tf.add(x, randomNormal(x.shape, 0, this.stddev, this.seedGenerator));
  }
}

/**
 * While training, adds normal noise of mean 0.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.GaussianNoise(0.1)(tf.ones([1, 4]), { training: true }) // around 1
 * ```
 * @see https://keras.io/api/layers/regularization_layers/gaussian_noise/
 */
export const GaussianNoise = callableLayer(GaussianNoiseLayer);
export type GaussianNoise = GaussianNoiseLayer;

// At a rate of 1 the noise would be infinite.
const belowOne = kinds.number({ min: 0, below: 1 });

export class GaussianDropoutLayer extends NoiseByRate {
  static override readonly className = "GaussianDropout";
  static override readonly rateKind = belowOne;

  protected override disturb(x: tf.Tensor): tf.Tensor {
    if (this.rate === 0) return x;
    return tf.mul(x, randomNormal(x.shape, 1, Math.sqrt(this.rate / (1 - this.rate)), this.seedGenerator));
  }
}

/**
 * While training, multiplies by normal noise of mean 1 and variance `rate / (1 - rate)`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.GaussianDropout(0.1)(tf.ones([1, 4]), { training: true }) // around 1
 * ```
 * @see https://keras.io/api/layers/regularization_layers/gaussian_dropout/
 */
export const GaussianDropout = callableLayer(GaussianDropoutLayer);
export type GaussianDropout = GaussianDropoutLayer;

// The lower limit of SELU, for which AlphaDropout is made: it replaces a dropped value.
const DROPPED = -1.6732632423543772 * 1.0507009873554805;

export class AlphaDropoutLayer extends NoiseByRate {
  static override readonly className = "AlphaDropout";
  static override readonly rateKind = belowOne;

  protected override disturb(x: tf.Tensor): tf.Tensor {
    if (this.rate === 0) return x;
    const kept = dropoutMask(x.shape, this.rate, this.seedGenerator);
    const factor = ((1 - this.rate) * (1 + this.rate * DROPPED ** 2)) ** -0.5;
    const values = tf.add(tf.mul(x, kept), tf.mul(tf.sub(1, kept), DROPPED));
    return tf.add(tf.mul(values, factor), -factor * DROPPED * this.rate);
  }
}

/**
 * {@link Dropout} for networks with SELU: mean and variance do not change (Klambauer et al., 2017).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.AlphaDropout(0.1)(tf.ones([1, 4]), { training: true }).shape // [1, 4]
 * ```
 * @see https://keras.io/api/layers/regularization_layers/alpha_dropout/
 */
export const AlphaDropout = callableLayer(AlphaDropoutLayer);
export type AlphaDropout = AlphaDropoutLayer;
