import * as tf from "@tensorflow/tfjs-core";
import { type NamesOf, Registry } from "../saving/registry";
import type { Serialized } from "../saving/serialization";
import type { Spelling } from "../utils/naming";
import { Constant, Identity, Ones, Zeros } from "./constants";
import { Initializer } from "./initializer";
import { Orthogonal, RandomNormal, RandomUniform, TruncatedNormal } from "./random";
import * as scaling from "./variance_scaling";

export { Constant, type ConstantOptions, Identity, type IdentityOptions, Ones, Zeros } from "./constants";
export { Initializer } from "./initializer";
export {
  type NormalOptions,
  Orthogonal,
  type OrthogonalOptions,
  RandomNormal,
  RandomUniform,
  type SeedOptions,
  TruncatedNormal,
  type UniformOptions,
} from "./random";
export {
  GlorotNormal,
  GlorotUniform,
  HeNormal,
  HeUniform,
  LecunNormal,
  LecunUniform,
  VarianceScaling,
  type VarianceScalingOptions,
} from "./variance_scaling";

/** A function that makes the first value of a weight. */
export type InitializerFunction = (shape: readonly number[], dtype?: tf.DataType) => tf.Tensor;

const registry = new Registry(
  "initializer",
  'an initializer: a name such as "he_normal", a keras.initializers object or a function of a shape',
  Initializer,
  {
    constant: Constant,
    glorot_normal: scaling.GlorotNormal,
    glorot_uniform: scaling.GlorotUniform,
    he_normal: scaling.HeNormal,
    he_uniform: scaling.HeUniform,
    identity: Identity,
    lecun_normal: scaling.LecunNormal,
    lecun_uniform: scaling.LecunUniform,
    normal: RandomNormal,
    one: Ones,
    ones: Ones,
    orthogonal: Orthogonal,
    random_normal: RandomNormal,
    random_uniform: RandomUniform,
    truncated_normal: TruncatedNormal,
    uniform: RandomUniform,
    variance_scaling: scaling.VarianceScaling,
    zero: Zeros,
    zeros: Zeros,
  },
);

/** The names that `kernelInitializer:` and similar options accept. */
export type InitializerName = Spelling<NamesOf<typeof registry>>;

/** What an initializer option accepts: a name, an initializer, a function of a shape, or a tensor with the values. */
export type InitializerIdentifier = InitializerName | Initializer | InitializerFunction | Serialized | tf.Tensor;

/**
 * The initializer for `identifier`. Throws on an unknown name, with the nearest known one.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.initializers.get("ones")([2]) // [1, 1]
 * ```
 */
export function get(identifier: InitializerIdentifier): Initializer {
  return identifier instanceof tf.Tensor ? Constant(identifier) : registry.get(identifier);
}
