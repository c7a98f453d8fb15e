import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../../callable";
import type { KerasTensor } from "../keras_tensor";
import type { LayerOptions } from "../layer";
import { Merge } from "./merge";

/** What a merge is called on as a function: values to compute with, or parts of a model. */
export interface MergeFunction {
  (inputs: readonly KerasTensor[], options?: LayerOptions): KerasTensor;
  (inputs: tf.Tensor[], options?: LayerOptions): tf.Tensor;
}

/** Makes a function of a class: `add([a, b])` for `Add()([a, b])`. */
export function asFunction(merge: (options?: LayerOptions) => Merge): MergeFunction {
  return ((inputs: tf.Tensor[], options?: LayerOptions) => merge(options)(inputs)) as MergeFunction;
}

const reduce = (inputs: readonly tf.Tensor[], op: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor) =>
  inputs.reduce((a, b) => op(a, b));

export class AddLayer extends Merge {
  static override readonly className = "Add";

  constructor(options: LayerOptions = {}) {
    super(options);
  }

  protected override merge(inputs: readonly tf.Tensor[]): tf.Tensor {
    return reduce(inputs, tf.add);
  }
}

/**
 * Sum of the inputs, for a list of two or more. https://keras.io/api/layers/merging_layers/add/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Add()([tf.tensor2d([[1]]), tf.tensor2d([[2]])]) // [[3]]
 * ```
 */
export const Add = callable(AddLayer);
export type Add = AddLayer;

/** {@link Add} as a function: `keras.layers.add([a, b])`. */
export const add: MergeFunction = asFunction(Add);

export class SubtractLayer extends Merge {
  static override readonly className = "Subtract";

  constructor(options: LayerOptions = {}) {
    super(options);
  }

  protected override get inputCount(): readonly [number, number] {
    return [2, 2];
  }

  protected override merge(inputs: readonly tf.Tensor[]): tf.Tensor {
    return reduce(inputs, tf.sub);
  }
}

/**
 * First input minus the second, for a list of two. https://keras.io/api/layers/merging_layers/subtract/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Subtract()([tf.tensor2d([[1]]), tf.tensor2d([[2]])]) // [[-1]]
 * ```
 */
export const Subtract = callable(SubtractLayer);
export type Subtract = SubtractLayer;

/** {@link Subtract} as a function: `keras.layers.subtract([a, b])`. */
export const subtract: MergeFunction = asFunction(Subtract);

export class MultiplyLayer extends Merge {
  static override readonly className = "Multiply";

  constructor(options: LayerOptions = {}) {
    super(options);
  }

  protected override merge(inputs: readonly tf.Tensor[]): tf.Tensor {
    return reduce(inputs, tf.mul);
  }
}

/**
 * Product of the inputs, for a list of two or more. https://keras.io/api/layers/merging_layers/multiply/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Multiply()([tf.tensor2d([[1]]), tf.tensor2d([[2]])]) // [[2]]
 * ```
 */
export const Multiply = callable(MultiplyLayer);
export type Multiply = MultiplyLayer;

/** {@link Multiply} as a function: `keras.layers.multiply([a, b])`. */
export const multiply: MergeFunction = asFunction(Multiply);

export class AverageLayer extends Merge {
  static override readonly className = "Average";

  constructor(options: LayerOptions = {}) {
    super(options);
  }

  protected override merge(inputs: readonly tf.Tensor[]): tf.Tensor {
    return tf.div(reduce(inputs, tf.add), inputs.length);
  }
}

/**
 * Mean of the inputs, for a list of two or more. https://keras.io/api/layers/merging_layers/average/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Average()([tf.tensor2d([[1]]), tf.tensor2d([[2]])]) // [[1.5]]
 * ```
 */
export const Average = callable(AverageLayer);
export type Average = AverageLayer;

/** {@link Average} as a function: `keras.layers.average([a, b])`. */
export const average: MergeFunction = asFunction(Average);

export class MaximumLayer extends Merge {
  static override readonly className = "Maximum";

  constructor(options: LayerOptions = {}) {
    super(options);
  }

  protected override merge(inputs: readonly tf.Tensor[]): tf.Tensor {
    return reduce(inputs, tf.maximum);
  }
}

/**
 * Largest of the inputs, element by element, for a list of two or more. https://keras.io/api/layers/merging_layers/maximum/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Maximum()([tf.tensor2d([[1]]), tf.tensor2d([[2]])]) // [[2]]
 * ```
 */
export const Maximum = callable(MaximumLayer);
export type Maximum = MaximumLayer;

/** {@link Maximum} as a function: `keras.layers.maximum([a, b])`. */
export const maximum: MergeFunction = asFunction(Maximum);

export class MinimumLayer extends Merge {
  static override readonly className = "Minimum";

  constructor(options: LayerOptions = {}) {
    super(options);
  }

  protected override merge(inputs: readonly tf.Tensor[]): tf.Tensor {
    return reduce(inputs, tf.minimum);
  }
}

/**
 * Smallest of the inputs, element by element, for a list of two or more. https://keras.io/api/layers/merging_layers/minimum/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Minimum()([tf.tensor2d([[1]]), tf.tensor2d([[2]])]) // [[1]]
 * ```
 */
export const Minimum = callable(MinimumLayer);
export type Minimum = MinimumLayer;

/** {@link Minimum} as a function: `keras.layers.minimum([a, b])`. */
export const minimum: MergeFunction = asFunction(Minimum);
