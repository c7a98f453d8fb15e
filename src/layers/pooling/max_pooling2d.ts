import { maxPool2d } from "../../backend/nn/pooling";
import { callable } from "../../callable";
import type { PairLike } from "../arguments";
import { Pooling2D, type Pooling2DOptions } from "./pooling";

export class MaxPooling2DLayer extends Pooling2D {
  static override readonly className = "MaxPooling2D";

  constructor(poolSize: PairLike = 2, options: Pooling2DOptions = {}) {
    super(maxPool2d, poolSize, options);
  }
}

/**
 * Largest value of each window of `[batch, height, width, channels]`; windows of 2, side by side, by default.
 * https://keras.io/api/layers/pooling_layers/max_pooling2d/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.MaxPooling2D(2)(tf.zeros([1, 28, 28, 32])).shape // [1, 14, 14, 32]
 * ```
 */
export const MaxPooling2D = callable(MaxPooling2DLayer);
export type MaxPooling2D = MaxPooling2DLayer;
