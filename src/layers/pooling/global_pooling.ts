import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../../callable";
import type { CallOptions } from "../layer";
import { GlobalPooling, type GlobalPoolingOptions } from "./pooling";

export class GlobalMaxPooling1DLayer extends GlobalPooling {
  static override readonly className = "GlobalMaxPooling1D";

  constructor(options: GlobalPoolingOptions = {}) {
    super(1, tf.max, options);
  }
}

/**
 * Largest value of each channel of `[batch, steps, channels]`.
 * https://keras.io/api/layers/pooling_layers/global_max_pooling1d/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.GlobalMaxPooling1D()(tf.zeros([1, 10, 32])).shape // [1, 32]
 * ```
 */
export const GlobalMaxPooling1D = callable(GlobalMaxPooling1DLayer);
export type GlobalMaxPooling1D = GlobalMaxPooling1DLayer;

export class GlobalAveragePooling1DLayer extends GlobalPooling {
  static override readonly className = "GlobalAveragePooling1D";

  constructor(options: GlobalPoolingOptions = {}) {
    super(1, tf.mean, options);
  }

  override call(x: tf.Tensor, { mask }: CallOptions = {}): tf.Tensor {
    if (!(mask instanceof tf.Tensor)) return super.call(x);
    const counts = tf.expandDims(tf.cast(mask, "float32"), 2);
    return tf.div(tf.sum(tf.where(tf.cast(counts, "bool"), x, 0), 1, this.keepdims), tf.sum(counts, 1, this.keepdims));
  }

  override computeMask(): null {
    return null;
  }
}

/**
 * Mean of each channel of `[batch, steps, channels]`.
 * https://keras.io/api/layers/pooling_layers/global_average_pooling1d/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.GlobalAveragePooling1D()(tf.zeros([1, 10, 32])).shape // [1, 32]
 * ```
 */
export const GlobalAveragePooling1D = callable(GlobalAveragePooling1DLayer);
export type GlobalAveragePooling1D = GlobalAveragePooling1DLayer;

export class GlobalMaxPooling2DLayer extends GlobalPooling {
  static override readonly className = "GlobalMaxPooling2D";

  constructor(options: GlobalPoolingOptions = {}) {
    super(2, tf.max, options);
  }
}

/**
 * Largest value of each channel of `[batch, height, width, channels]`.
 * https://keras.io/api/layers/pooling_layers/global_max_pooling2d/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.GlobalMaxPooling2D()(tf.zeros([1, 7, 7, 32])).shape // [1, 32]
 * ```
 */
export const GlobalMaxPooling2D = callable(GlobalMaxPooling2DLayer);
export type GlobalMaxPooling2D = GlobalMaxPooling2DLayer;

export class GlobalAveragePooling2DLayer extends GlobalPooling {
  static override readonly className = "GlobalAveragePooling2D";

  constructor(options: GlobalPoolingOptions = {}) {
    super(2, tf.mean, options);
  }
}

/**
 * Mean of each channel of `[batch, height, width, channels]`.
 * https://keras.io/api/layers/pooling_layers/global_average_pooling2d/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.GlobalAveragePooling2D()(tf.zeros([1, 7, 7, 32])).shape // [1, 32]
 * ```
 */
export const GlobalAveragePooling2D = callable(GlobalAveragePooling2DLayer);
export type GlobalAveragePooling2D = GlobalAveragePooling2DLayer;
