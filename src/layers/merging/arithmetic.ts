import * as tf from "@tensorflow/tfjs-core";
import { callableLayer } from "../callable_layer";
import type { KerasTensor } from "../keras_tensor";
import type { LayerOptions } from "../layer";
import { Merge } from "./merge";

/** A merge as a function of tensors to compute with, or of parts of a model. */
export interface MergeFunction {
  (inputs: readonly KerasTensor[], options?: LayerOptions): KerasTensor;
  (inputs: tf.Tensor[], options?: LayerOptions): tf.Tensor;
}

/** Makes a function of a class: `add([a, b])` for `Add()([a, b])`. */
export function asFunction(merge: (options?: LayerOptions) => Merge): MergeFunction {
  return ((inputs: tf.Tensor[], options?: LayerOptions) => merge(options)(inputs)) as MergeFunction;
}

/** Base of the layers that combine the inputs one after the other with one operation. */
abstract class Arithmetic extends Merge {
  protected abstract readonly combine: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

  protected override merge(inputs: readonly tf.Tensor[]): tf.Tensor {
    return inputs.reduce((a, b) => this.combine(a, b));
  }
}

export class AddLayer extends Arithmetic {
  static override readonly className = "Add";
  protected override readonly combine = tf.add;
}

/**
 * Sum of the inputs, for a list of two or more.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Add()([tf.tensor2d([[1]]), tf.tensor2d([[2]])]) // [[3]]
 * ```
 * @see https://keras.io/api/layers/merging_layers/add/
 */
export const Add = callableLayer(AddLayer);
export type Add = AddLayer;

/** {@link Add} as a function: `keras.layers.add([a, b])`. */
export const add: MergeFunction = asFunction(Add);

export class SubtractLayer extends Arithmetic {
  static override readonly className = "Subtract";
  protected override readonly inputCount = [2, 2] as const;
  protected override readonly combine = tf.sub;
}

/**
 * First input minus the second, for a list of two.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Subtract()([tf.tensor2d([[1]]), tf.tensor2d([[2]])]) // [[-1]]
 * ```
 * @see https://keras.io/api/layers/merging_layers/subtract/
 */
export const Subtract = callableLayer(SubtractLayer);
export type Subtract = SubtractLayer;

/** {@link Subtract} as a function: `keras.layers.subtract([a, b])`. */
export const subtract: MergeFunction = asFunction(Subtract);

export class MultiplyLayer extends Arithmetic {
  static override readonly className = "Multiply";
  protected override readonly combine = tf.mul;
}

/**
 * Product of the inputs, for a list of two or more.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Multiply()([tf.tensor2d([[1]]), tf.tensor2d([[2]])]) // [[2]]
 * ```
 * @see https://keras.io/api/layers/merging_layers/multiply/
 */
export const Multiply = callableLayer(MultiplyLayer);
export type Multiply = MultiplyLayer;

/** {@link Multiply} as a function: `keras.layers.multiply([a, b])`. */
export const multiply: MergeFunction = asFunction(Multiply);

export class AverageLayer extends Arithmetic {
  static override readonly className = "Average";
  protected override readonly combine = tf.add;

  protected override merge(inputs: readonly tf.Tensor[]): tf.Tensor {
    return tf.div(super.merge(inputs), inputs.length);
  }
}

/**
 * Mean of the inputs, for a list of two or more.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Average()([tf.tensor2d([[1]]), tf.tensor2d([[2]])]) // [[1.5]]
 * ```
 * @see https://keras.io/api/layers/merging_layers/average/
 */
export const Average = callableLayer(AverageLayer);
export type Average = AverageLayer;

/** {@link Average} as a function: `keras.layers.average([a, b])`. */
export const average: MergeFunction = asFunction(Average);

export class MaximumLayer extends Arithmetic {
  static override readonly className = "Maximum";
  protected override readonly combine = tf.maximum;
}

/**
 * Largest of the inputs, element by element, for a list of two or more.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Maximum()([tf.tensor2d([[1]]), tf.tensor2d([[2]])]) // [[2]]
 * ```
 * @see https://keras.io/api/layers/merging_layers/maximum/
 */
export const Maximum = callableLayer(MaximumLayer);
export type Maximum = MaximumLayer;

/** {@link Maximum} as a function: `keras.layers.maximum([a, b])`. */
export const maximum: MergeFunction = asFunction(Maximum);

export class MinimumLayer extends Arithmetic {
  static override readonly className = "Minimum";
  protected override readonly combine = tf.minimum;
}

/**
 * Smallest of the inputs, element by element, for a list of two or more.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Minimum()([tf.tensor2d([[1]]), tf.tensor2d([[2]])]) // [[1]]
 * ```
 * @see https://keras.io/api/layers/merging_layers/minimum/
 */
export const Minimum = callableLayer(MinimumLayer);
export type Minimum = MinimumLayer;

/** {@link Minimum} as a function: `keras.layers.minimum([a, b])`. */
export const minimum: MergeFunction = asFunction(Minimum);
