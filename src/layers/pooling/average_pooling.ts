import { averagePool2d } from "../../backend/nn/pooling";
import { callableLayer } from "../callable_layer";
import { Pooling1D, Pooling2D } from "./pooling";

export class AveragePooling1DLayer extends Pooling1D {
  static override readonly className = "AveragePooling1D";
  protected override readonly pool = averagePool2d;
}

/**
 * Mean of each window of `[batch, steps, channels]`; windows of 2, side by side, by default.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.AveragePooling1D(2)(tf.zeros([1, 10, 32])).shape // [1, 5, 32]
 * ```
 * @see https://keras.io/api/layers/pooling_layers/average_pooling1d/
 */
export const AveragePooling1D = callableLayer(AveragePooling1DLayer);
export type AveragePooling1D = AveragePooling1DLayer;

export class AveragePooling2DLayer extends Pooling2D {
  static override readonly className = "AveragePooling2D";
  protected override readonly pool = averagePool2d;
}

/**
 * Mean of each window of `[batch, height, width, channels]`; windows of 2, side by side, by default.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.AveragePooling2D(2)(tf.zeros([1, 28, 28, 32])).shape // [1, 14, 14, 32]
 * ```
 * @see https://keras.io/api/layers/pooling_layers/average_pooling2d/
 */
export const AveragePooling2D = callableLayer(AveragePooling2DLayer);
export type AveragePooling2D = AveragePooling2DLayer;
