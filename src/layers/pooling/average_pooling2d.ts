import { averagePool2d } from "../../backend/nn/pooling";
import { callable } from "../../callable";
import type { PairLike } from "../arguments";
import { Pooling2D, type Pooling2DOptions } from "./pooling";

export class AveragePooling2DLayer extends Pooling2D {
  static override readonly className = "AveragePooling2D";

  constructor(poolSize: PairLike = 2, options: Pooling2DOptions = {}) {
    super(averagePool2d, poolSize, options);
  }
}

/**
 * Mean of each window of `[batch, height, width, channels]`; windows of 2, side by side, by default.
 * https://keras.io/api/layers/pooling_layers/average_pooling2d/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.AveragePooling2D(2)(tf.zeros([1, 28, 28, 32])).shape // [1, 14, 14, 32]
 * ```
 */
export const AveragePooling2D = callable(AveragePooling2DLayer);
export type AveragePooling2D = AveragePooling2DLayer;
