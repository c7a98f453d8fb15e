import { averagePool2d } from "../../backend/nn/pooling";
import { callable } from "../../callable";
import { Pooling1D, type Pooling1DOptions } from "./pooling";

export class AveragePooling1DLayer extends Pooling1D {
  static override readonly className = "AveragePooling1D";

  constructor(poolSize: number = 2, options: Pooling1DOptions = {}) {
    super(averagePool2d, poolSize, options);
  }
}

/**
 * Mean of each window of `[batch, steps, channels]`; windows of 2, side by side, by default.
 * https://keras.io/api/layers/pooling_layers/average_pooling1d/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.AveragePooling1D(2)(tf.zeros([1, 10, 32])).shape // [1, 5, 32]
 * ```
 */
export const AveragePooling1D = callable(AveragePooling1DLayer);
export type AveragePooling1D = AveragePooling1DLayer;
