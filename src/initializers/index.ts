import * as tf from "@tensorflow/tfjs-core";
import { describe, lookUp } from "../options/options";
import { isSerialized, type Serialized } from "../saving/serialization";
import type { Spelling } from "../utils/naming";
import { Constant, Identity, Ones, Zeros } from "./constants";
import { Initializer } from "./initializer";
import { Orthogonal, RandomNormal, RandomUniform, TruncatedNormal } from "./random";
import {
  GlorotNormal,
  GlorotUniform,
  HeNormal,
  HeUniform,
  LecunNormal,
  LecunUniform,
  VarianceScaling,
} from "./variance_scaling";

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

// Names the common type, so that the table's own type shows no private class.
const make = (initializer: new (options?: never) => Initializer) =>
  initializer as new (
    options?: Serialized["config"],
  ) => Initializer;

const table = {
  constant: make(Constant),
  glorot_normal: make(GlorotNormal),
  glorot_uniform: make(GlorotUniform),
  he_normal: make(HeNormal),
  he_uniform: make(HeUniform),
  identity: make(Identity),
  lecun_normal: make(LecunNormal),
  lecun_uniform: make(LecunUniform),
  normal: make(RandomNormal),
  one: make(Ones),
  ones: make(Ones),
  orthogonal: make(Orthogonal),
  random_normal: make(RandomNormal),
  random_uniform: make(RandomUniform),
  truncated_normal: make(TruncatedNormal),
  uniform: make(RandomUniform),
  variance_scaling: make(VarianceScaling),
  zero: make(Zeros),
  zeros: make(Zeros),
};

/** The names that `kernelInitializer:` and its like accept. */
export type InitializerName = Spelling<keyof typeof table>;

/** What an initializer option accepts: a name, an initializer, a function of a shape, or a tensor with the values. */
export type InitializerIdentifier = InitializerName | Initializer | InitializerFunction | Serialized | tf.Tensor;

/** A plain function as an initializer. */
class FunctionInitializer extends Initializer {
  constructor(readonly fn: InitializerFunction) {
    super();
  }

  override call(shape: readonly number[], dtype?: tf.DataType): tf.Tensor {
    return this.fn(shape, dtype);
  }
}

/**
 * The initializer that `identifier` stands for. Throws on an unknown name, with the nearest known one.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.initializers.get("ones")([2]) // [1, 1]
 * ```
 */
export function get(identifier: InitializerIdentifier): Initializer {
  if (typeof identifier === "string") return new (lookUp("initializer", identifier, table))();
  if (identifier instanceof Initializer) return identifier;
  if (isSerialized(identifier)) return new (lookUp("initializer", identifier.className, table))(identifier.config);
  if (identifier instanceof tf.Tensor) return Constant(identifier);
  if (typeof identifier === "function") return new FunctionInitializer(identifier);
  throw new TypeError(
    `An initializer is a name such as "he_normal", a keras.initializers object or a function of a shape; found ${describe(identifier)}.`,
  );
}
