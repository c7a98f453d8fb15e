import * as tf from "@tensorflow/tfjs-core";
import { withoutGradient } from "../backend/nn/without_gradient";
import { asTensor, type TensorLike } from "./arguments";

/**
 * The value of `variable`, treated as a constant when gradients are taken.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * tf.grad((x) => keras.ops.stopGradient(x).mul(x).sum())(tf.tensor([3])) // [3], not [6]
 * ```
 */
export const stopGradient = (variable: TensorLike): tf.Tensor =>
  withoutGradient((x) => tf.clone(x), asTensor(variable));
