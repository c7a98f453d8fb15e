import type * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../../options/kinds";
import { callableLayer } from "../callable_layer";
import type { InputSpec } from "../input_spec";
import type { Shape } from "../keras_tensor";
import { shape } from "../layer_options";
import type { RandomOptions } from "../random_layer";
import { NoiseByRate } from "./noise_by_rate";

/** Options of {@link Dropout}. */
export interface DropoutOptions extends RandomOptions {
  /** The shape of the mask, batch included; null takes the input's size, 1 drops a whole axis together. Default: the input's. */
  readonly noiseShape?: Shape | null;
}

export class DropoutLayer extends NoiseByRate {
  static override readonly className = "Dropout";
  static override readonly optionKinds = { ...NoiseByRate.optionKinds, noiseShape: kinds.orNull(shape) };
  readonly noiseShape: Shape | null;

  constructor(rate: number, options: DropoutOptions = {}) {
    super(rate, options);
    this.noiseShape = options.noiseShape ?? null;
  }

  protected override disturb(x: tf.Tensor): tf.Tensor {
    return this.dropped(x, (size, axis) => this.noiseShape?.[axis] ?? size);
  }
}

/**
 * While training, sets a share `rate` of the values to 0, a new choice each time, and scales the rest by `1 / (1 - rate)`;
 * otherwise passes its input on.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Dropout(0.5)(tf.ones([1, 4]), { training: true }) // about half of them 0, the others 2
 * ```
 * @see https://keras.io/api/layers/regularization_layers/dropout/
 */
export const Dropout = callableLayer(DropoutLayer);
export type Dropout = DropoutLayer;

/** Drops whole channels. */
abstract class SpatialDropout extends NoiseByRate {
  protected override disturb(x: tf.Tensor): tf.Tensor {
    return this.dropped(x, (size, axis) => (axis === 0 || axis === x.rank - 1 ? size : 1));
  }
}

export class SpatialDropout1DLayer extends SpatialDropout {
  static override readonly className = "SpatialDropout1D";
  override inputSpec: InputSpec = { ndim: 3 };
}

/**
 * {@link Dropout} of whole channels of `[batch, steps, channels]` (Tompson et al., 2015).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.SpatialDropout1D(0.5)(tf.ones([1, 3, 8]), { training: true }) // some channels all 0
 * ```
 * @see https://keras.io/api/layers/regularization_layers/spatial_dropout1d/
 */
export const SpatialDropout1D = callableLayer(SpatialDropout1DLayer);
export type SpatialDropout1D = SpatialDropout1DLayer;

export class SpatialDropout2DLayer extends SpatialDropout {
  static override readonly className = "SpatialDropout2D";
  override inputSpec: InputSpec = { ndim: 4 };
}

/**
 * {@link Dropout} of whole channels of `[batch, height, width, channels]` (Tompson et al., 2015).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.SpatialDropout2D(0.5)(tf.ones([1, 3, 3, 8]), { training: true }) // some channels all 0
 * ```
 * @see https://keras.io/api/layers/regularization_layers/spatial_dropout2d/
 */
export const SpatialDropout2D = callableLayer(SpatialDropout2DLayer);
export type SpatialDropout2D = SpatialDropout2DLayer;
