import { maxPool2d } from "../../backend/nn/pooling";
import { callable } from "../../callable";
import { Pooling1D, type Pooling1DOptions } from "./pooling";

export class MaxPooling1DLayer extends Pooling1D {
  static override readonly className = "MaxPooling1D";

  constructor(poolSize: number = 2, options: Pooling1DOptions = {}) {
    super(maxPool2d, poolSize, options);
  }
}

/**
 * Largest value of each window of `[batch, steps, channels]`; windows of 2, side by side, by default.
 * https://keras.io/api/layers/pooling_layers/max_pooling1d/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.MaxPooling1D(2)(tf.zeros([1, 10, 32])).shape // [1, 5, 32]
 * ```
 */
export const MaxPooling1D = callable(MaxPooling1DLayer);
export type MaxPooling1D = MaxPooling1DLayer;
