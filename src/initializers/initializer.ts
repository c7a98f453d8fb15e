import type * as tf from "@tensorflow/tfjs-core";
import { ConfigurableFunction } from "../saving/configurable";

/** An initializer's instances are functions; a class cannot declare that itself. */
export interface Initializer {
  (shape: readonly number[]): tf.Tensor;
  (shape: readonly number[], dtype: tf.DataType | undefined): tf.Tensor;
}

/**
 * Base of the initializers: makes the first value of a weight. Subclass it and write `call`; a plain function
 * `(shape, dtype) => tensor` is also an initializer.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * class Counting extends keras.initializers.Initializer {
 *   call(shape: readonly number[]) { return tf.range(0, shape[0]!); }
 * }
 * new Counting()([3]) // [0, 1, 2]
 * ```
 * @see https://keras.io/api/layers/initializers/
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: see the interface
export abstract class Initializer extends ConfigurableFunction {
  static override readonly className: string = "Initializer";

  /** A tensor of `shape`; dtype default `"float32"`. */
  abstract call(shape: readonly number[], dtype?: tf.DataType): tf.Tensor;

  override invoke(shape: readonly number[], dtype?: tf.DataType): tf.Tensor {
    return this.call(shape, dtype);
  }
}
