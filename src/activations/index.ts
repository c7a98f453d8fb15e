import type * as tf from "@tensorflow/tfjs-core";
import { describe, lookUp } from "../options/options";
import type { Spelling } from "../utils/naming";
import { originals } from "./originals";
import * as rectifiers from "./rectifiers";
import * as shrinks from "./shrinks";
import * as sigmoids from "./sigmoids";
import * as softmaxes from "./softmaxes";

export * from "./rectifiers";
export { hardSilu as hardSwish, silu as swish } from "./rectifiers";
export * from "./shrinks";
export * from "./sigmoids";
export * from "./softmaxes";

/** A function of a tensor that keeps its shape (all but `glu`). */
export type Activation = (x: tf.Tensor) => tf.Tensor;

const byName = {
  celu: rectifiers.celu,
  elu: rectifiers.elu,
  exponential: sigmoids.exponential,
  gelu: rectifiers.gelu,
  glu: rectifiers.glu,
  hard_shrink: shrinks.hardShrink,
  hard_sigmoid: sigmoids.hardSigmoid,
  hard_silu: rectifiers.hardSilu,
  hard_swish: rectifiers.hardSilu,
  hard_tanh: sigmoids.hardTanh,
  leaky_relu: rectifiers.leakyRelu,
  linear: sigmoids.linear,
  log_sigmoid: sigmoids.logSigmoid,
  log_softmax: softmaxes.logSoftmax,
  mish: rectifiers.mish,
  relu: rectifiers.relu,
  relu6: rectifiers.relu6,
  selu: rectifiers.selu,
  sigmoid: sigmoids.sigmoid,
  silu: rectifiers.silu,
  soft_shrink: shrinks.softShrink,
  softmax: softmaxes.softmax,
  softplus: sigmoids.softplus,
  softsign: sigmoids.softsign,
  sparse_plus: shrinks.sparsePlus,
  sparse_sigmoid: shrinks.sparseSigmoid,
  sparsemax: softmaxes.sparsemax,
  squareplus: shrinks.squareplus,
  swish: rectifiers.silu,
  tanh: sigmoids.tanh,
  tanh_shrink: shrinks.tanhShrink,
} as const;

/** The names that `activation:` accepts. */
export type ActivationName = Spelling<keyof typeof byName>;

/** What `activation:` accepts: a name, a function of a tensor, or null for none. */
export type ActivationIdentifier = ActivationName | Activation | null;

/**
 * The activation function that `identifier` names; a function is returned as it is. Null and undefined mean `linear`.
 *
 * Throws on an unknown name, with the nearest known one.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.activations.get("leaky_relu")(tf.tensor([-1, 1])) // [-0.2, 1]
 * ```
 */
export function get(identifier?: ActivationIdentifier): Activation {
  if (identifier === undefined || identifier === null) return sigmoids.linear;
  if (typeof identifier === "function") return originals.get(identifier) ?? identifier;
  if (typeof identifier !== "string") {
    throw new TypeError(
      `Expected an activation, a name such as "relu" or a function of a tensor, but found ${describe(identifier)}.`,
    );
  }
  if ((identifier as string) === "threshold") {
    throw new RangeError(
      'The activation "threshold" needs two numbers: write (x) => keras.activations.threshold(x, limit, value).',
    );
  }
  return lookUp<Activation>("activation", identifier, byName);
}

/** Keras's name of an activation function: `"relu"`; the function's own name for a custom one. */
export function serialize(activation: Activation): string {
  // The first of several names is Keras's own: "silu" comes before "swish".
  return Object.entries(byName).find(([, f]) => f === activation)?.[0] ?? activation.name;
}
