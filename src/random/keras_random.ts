import { SeedGenerator as Generator } from "../backend/seed_generator";
import { callable } from "../callable";

export {
  categorical,
  dropout,
  type NormalOptions,
  normal,
  randint,
  type Seed,
  type SeedOptions,
  type ShuffleOptions,
  shuffle,
  truncatedNormal,
  type UniformOptions,
  uniform,
} from "./functions";

/**
 * A stream of random numbers for the functions of `keras.random`: each call goes on where the last one ended, also in what
 * `fit` has compiled. https://keras.io/api/random/seed_generator/
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * const seed = keras.random.SeedGenerator(42);
 * keras.random.uniform([2], { seed });
 * keras.random.uniform([2], { seed }); // others
 * ```
 */
export const SeedGenerator = callable(Generator);
export type SeedGenerator = Generator;
