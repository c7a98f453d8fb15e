import * as tf from "@tensorflow/tfjs-core";
import { callableLayer } from "../callable_layer";
import type { InputSpec } from "../input_spec";
import type { CallOptions } from "../layer";
import { GlobalPooling } from "./pooling";

export class GlobalMaxPooling1DLayer extends GlobalPooling {
  static override readonly className = "GlobalMaxPooling1D";
  override inputSpec: InputSpec = { ndim: 3 };
  protected override readonly reduce = tf.max;
}

/**
 * Largest value of each channel of `[batch, steps, channels]`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.GlobalMaxPooling1D()(tf.zeros([1, 10, 32])).shape // [1, 32]
 * ```
 * @see https://keras.io/api/layers/pooling_layers/global_max_pooling1d/
 */
export const GlobalMaxPooling1D = callableLayer(GlobalMaxPooling1DLayer);
export type GlobalMaxPooling1D = GlobalMaxPooling1DLayer;

export class GlobalAveragePooling1DLayer extends GlobalPooling {
  static override readonly className = "GlobalAveragePooling1D";
  override inputSpec: InputSpec = { ndim: 3 };
  protected override readonly reduce = tf.mean;

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
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.GlobalAveragePooling1D()(tf.zeros([1, 10, 32])).shape // [1, 32]
 * ```
 * @see https://keras.io/api/layers/pooling_layers/global_average_pooling1d/
 */
export const GlobalAveragePooling1D = callableLayer(GlobalAveragePooling1DLayer);
export type GlobalAveragePooling1D = GlobalAveragePooling1DLayer;

export class GlobalMaxPooling2DLayer extends GlobalPooling {
  static override readonly className = "GlobalMaxPooling2D";
  override inputSpec: InputSpec = { ndim: 4 };
  protected override readonly reduce = tf.max;
}

/**
 * Largest value of each channel of `[batch, height, width, channels]`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.GlobalMaxPooling2D()(tf.zeros([1, 7, 7, 32])).shape // [1, 32]
 * ```
 * @see https://keras.io/api/layers/pooling_layers/global_max_pooling2d/
 */
export const GlobalMaxPooling2D = callableLayer(GlobalMaxPooling2DLayer);
export type GlobalMaxPooling2D = GlobalMaxPooling2DLayer;

export class GlobalAveragePooling2DLayer extends GlobalPooling {
  static override readonly className = "GlobalAveragePooling2D";
  override inputSpec: InputSpec = { ndim: 4 };
  protected override readonly reduce = tf.mean;
}

/**
 * Mean of each channel of `[batch, height, width, channels]`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.GlobalAveragePooling2D()(tf.zeros([1, 7, 7, 32])).shape // [1, 32]
 * ```
 * @see https://keras.io/api/layers/pooling_layers/global_average_pooling2d/
 */
export const GlobalAveragePooling2D = callableLayer(GlobalAveragePooling2DLayer);
export type GlobalAveragePooling2D = GlobalAveragePooling2DLayer;
