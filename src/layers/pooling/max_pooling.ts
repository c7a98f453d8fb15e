import { maxPool2d } from "../../backend/nn/pooling";
import { callableLayer } from "../callable_layer";
import { Pooling1D, Pooling2D } from "./pooling";

export class MaxPooling1DLayer extends Pooling1D {
  static override readonly className = "MaxPooling1D";
  protected override readonly pool = maxPool2d;
}

/**
 * Largest value of each window of `[batch, steps, channels]`; windows of 2, side by side, by default.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.MaxPooling1D(2)(tf.zeros([1, 10, 32])).shape // [1, 5, 32]
 * ```
 * @see https://keras.io/api/layers/pooling_layers/max_pooling1d/
 */
export const MaxPooling1D = callableLayer(MaxPooling1DLayer);
export type MaxPooling1D = MaxPooling1DLayer;

export class MaxPooling2DLayer extends Pooling2D {
  static override readonly className = "MaxPooling2D";
  protected override readonly pool = maxPool2d;
}

/**
 * Largest value of each window of `[batch, height, width, channels]`; windows of 2, side by side, by default.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.MaxPooling2D(2)(tf.zeros([1, 28, 28, 32])).shape // [1, 14, 14, 32]
 * ```
 * @see https://keras.io/api/layers/pooling_layers/max_pooling2d/
 */
export const MaxPooling2D = callableLayer(MaxPooling2DLayer);
export type MaxPooling2D = MaxPooling2DLayer;
