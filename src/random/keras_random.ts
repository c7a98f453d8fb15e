import { SeedGenerator as Generator } from "../backend/seed_generator";
import { callable } from "../callable";

export {
  categorical,
  dropout,
  type NormalOptions,
  normal,
  randint,
  type SeedOptions,
  type ShuffleOptions,
  shuffle,
  truncatedNormal,
  type UniformOptions,
  uniform,
} from "./functions";
export type { Seed } from "./shared_generator";

/**
 * A stream of random numbers for the functions of `keras.random`: each call continues where the last one ended, also in
 * steps that `fit` has compiled.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * const seed = keras.random.SeedGenerator(42);
 * keras.random.uniform([2], { seed });
 * keras.random.uniform([2], { seed }); // other numbers
 * ```
 * @see https://keras.io/api/random/seed_generator/
 */
export const SeedGenerator = callable(Generator);
export type SeedGenerator = Generator;
