import * as tf from "@tensorflow/tfjs-core";
import { nextSeed } from "../backend/seed";
import { SeedGenerator } from "../backend/seed_generator";
import * as kinds from "../options/kinds";

/** A whole number gives the same random numbers at every call, a generator continues; null: different numbers. */
export type Seed = number | SeedGenerator | null;

/** What a seed may be. */
export const seed: kinds.Kind = {
  expected: "a whole number, a SeedGenerator, or null",
  accepts: (value) => value instanceof SeedGenerator || kinds.seed.accepts(value),
};

let shared: SeedGenerator | undefined;

/** Restarts the shared generator from the library's seed. Its variable stays the same: compiled steps hold it. */
export function resetRandom(): void {
  tf.tidy(() => shared?.state.assign(tf.scalar(nextSeed(), "int32")));
}

/** The generator for a seed; for none, the shared one. */
export function generatorFor(seed: Seed = null): SeedGenerator {
  if (seed instanceof SeedGenerator) return seed;
  if (seed !== null) return new SeedGenerator(seed);
  shared ??= new SeedGenerator();
  return shared;
}
