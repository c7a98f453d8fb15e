import { maxPool2d } from "../../backend/nn/pooling";
import { callableLayer } from "../callable_layer";
import { Pooling2D } from "./pooling";

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
