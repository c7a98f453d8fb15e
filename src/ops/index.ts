import * as functions from "./functions";
import { symbolic } from "./symbolic";
import { installSymbolicMethods } from "./symbolic_methods";

installSymbolicMethods();

export type { Axes, Reduce, ReduceOptions, TensorLike } from "./arguments";

/**
 * NumPy's functions and those of neural networks, for tensors and for the outputs of layers in a functional model.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 *
 * keras.ops.add(tf.tensor([1, 2]), 1); // [2, 3]
 * const inputs = keras.Input([4]);
 * const model = keras.Model({ inputs, outputs: keras.ops.mean(keras.ops.square(inputs), { axis: -1 }) });
 * model(tf.tensor([[1, 1, 1, 3]])); // [3]
 * ```
 * @see https://keras.io/api/ops/
 */
export const ops = symbolic(functions);
