import type * as tf from "@tensorflow/tfjs-core";
import * as activations from "../activations/index";
import * as losses from "../losses/index";
import { asTensor, type TensorLike } from "./arguments";

export {
  celu,
  elu,
  glu,
  hardShrink,
  hardSigmoid,
  hardSilu,
  hardSwish,
  hardTanh,
  leakyRelu,
  logSigmoid,
  logSoftmax,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  softmax,
  softplus,
  softShrink,
  softsign,
  sparsemax,
  sparsePlus,
  sparseSigmoid,
  squareplus,
  swish,
  tanh,
  tanhShrink,
  threshold,
} from "../activations/index";

/** x · Φ(x), with Φ approximated by tanh unless `approximate` is false, the default of `activations.gelu` in Keras. */
export const gelu = (x: TensorLike, approximate = true): tf.Tensor => activations.gelu(asTensor(x), approximate);

/** Options of the cross-entropies. */
export interface CrossentropyOptions {
  /** Whether `output` holds logits rather than probabilities. Default false. */
  readonly fromLogits?: boolean;
}

/** Between 0-or-1 targets and probabilities of the same shape, element by element. */
export function binaryCrossentropy(
  target: TensorLike,
  output: TensorLike,
  options: CrossentropyOptions = {},
): tf.Tensor {
  const [t, o] = [asTensor(target), asTensor(output)];
  // The loss takes the mean over the last axis: with an axis of 1 that is the element itself.
  return losses.binaryCrossentropy(t.reshape([...t.shape, 1]), o.reshape([...o.shape, 1]), options);
}

/** Between rows of probabilities: one number a row. */
export const categoricalCrossentropy = (
  target: TensorLike,
  output: TensorLike,
  options: CrossentropyOptions = {},
): tf.Tensor => losses.categoricalCrossentropy(asTensor(target), asTensor(output), options);

/** Between whole-number classes and rows of probabilities: one number a row. */
export const sparseCategoricalCrossentropy = (
  target: TensorLike,
  output: TensorLike,
  options: CrossentropyOptions = {},
): tf.Tensor => losses.sparseCategoricalCrossentropy(asTensor(target), asTensor(output), options);
