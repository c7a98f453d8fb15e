import * as tf from "@tensorflow/tfjs-core";
import { dropoutMask } from "../backend/nn/dropout";
import { randomNormal, randomUniform } from "../backend/nn/random";
import { nextSeed } from "../backend/seed";
import { SeedGenerator } from "../backend/seed_generator";
import * as kinds from "../options/kinds";
import { checked, checkOptions } from "../options/options";

/** Where random numbers come from: a seed gives the same at every call, a generator goes on. Default: new ones each time. */
export type Seed = number | SeedGenerator | null;

/** What all functions of `keras.random` take. */
export interface SeedOptions {
  /** Default: from `keras.utils.setRandomSeed`, new at every call. */
  readonly seed?: Seed;
}

const seedKind: kinds.Kind = {
  expected: "a whole number, a SeedGenerator, or null",
  accepts: (value) => value instanceof SeedGenerator || kinds.seed.accepts(value),
};

let shared: SeedGenerator | undefined;

/** Starts the shared stream anew, when the library's seed is set. Its variable stays, which compiled steps hold. */
export function resetRandom(): void {
  tf.tidy(() => shared?.state.assign(tf.scalar(nextSeed(), "int32")));
}

/** The stream behind what is given no seed. */
export function sharedGenerator(): SeedGenerator {
  shared ??= new SeedGenerator();
  return shared;
}

function generator(seed: Seed = null): SeedGenerator {
  if (seed instanceof SeedGenerator) return seed;
  return seed === null ? sharedGenerator() : new SeedGenerator(seed);
}

/** What {@link normal} takes. */
export interface NormalOptions extends SeedOptions {
  /** Default 0. */
  readonly mean?: number;
  /** Default 1. */
  readonly stddev?: number;
}

const normalKinds: kinds.KindsOf<NormalOptions> = {
  mean: kinds.number(),
  stddev: kinds.number({ min: 0 }),
  seed: seedKind,
};

/**
 * Draws from a normal distribution.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.random.normal([2, 3], { stddev: 0.1 }).shape // [2, 3]
 * ```
 */
export function normal(shape: readonly number[], options: NormalOptions = {}): tf.Tensor {
  checked("random.normal()", "shape", shape, sizes);
  checkOptions("random.normal()", options, normalKinds);
  const { mean = 0, stddev = 1, seed = null } = options;
  return tf.tidy(() => randomNormal(shape, mean, stddev, generator(seed)));
}

const sizes = kinds.listOf("sizes", kinds.index);

/** Draws from a normal distribution, those more than two deviations from the mean drawn anew. */
export function truncatedNormal(shape: readonly number[], options: NormalOptions = {}): tf.Tensor {
  checked("random.truncatedNormal()", "shape", shape, sizes);
  checkOptions("random.truncatedNormal()", options, normalKinds);
  const { mean = 0, stddev = 1, seed = null } = options;
  return tf.tidy(() => {
    // By the inverse of the distribution between -2 and 2, in the form of Winitzki's approximation of erf⁻¹.
    const share = randomUniform(shape, -0.954499736, 0.954499736, generator(seed));
    const a = 0.147;
    const ln = tf.log(tf.sub(1, tf.square(share)));
    const t = tf.add(2 / (Math.PI * a), tf.div(ln, 2));
    const inverse = tf.mul(tf.sign(share), tf.sqrt(tf.sub(tf.sqrt(tf.sub(tf.square(t), tf.div(ln, a))), t)));
    return tf.add(tf.mul(tf.clipByValue(tf.mul(inverse, Math.SQRT2), -2, 2), stddev), mean);
  });
}

/** What {@link uniform} takes. */
export interface UniformOptions extends SeedOptions {
  /** Default 0. */
  readonly minval?: number;
  /** Not reached. Default 1. */
  readonly maxval?: number;
}

/** Draws from `minval` up to `maxval`, each value as likely. */
export function uniform(shape: readonly number[], options: UniformOptions = {}): tf.Tensor {
  checked("random.uniform()", "shape", shape, sizes);
  checkOptions("random.uniform()", options, { minval: kinds.number(), maxval: kinds.number(), seed: seedKind });
  const { minval = 0, maxval = 1, seed = null } = options;
  return tf.tidy(() => randomUniform(shape, minval, maxval, generator(seed)));
}

/** Whole numbers from `minval` up to `maxval`, which is not reached. */
export function randint(
  shape: readonly number[],
  minval: number,
  maxval: number,
  options: SeedOptions = {},
): tf.Tensor {
  checked("random.randint()", "shape", shape, sizes);
  checked("random.randint()", "minval", minval, kinds.number());
  checked("random.randint()", "maxval", maxval, kinds.number());
  checkOptions("random.randint()", options, { seed: seedKind });
  return tf.tidy(() => tf.cast(tf.floor(randomUniform(shape, minval, maxval, generator(options.seed))), "int32"));
}

/**
 * Draws class numbers for each row of logits: `[batch, classes]` → `[batch, numSamples]`.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.random.categorical([[0, -1e9]], 3) // [[0, 0, 0]]
 * ```
 */
export function categorical(
  logits: tf.Tensor | tf.TensorLike,
  numSamples: number,
  options: SeedOptions = {},
): tf.Tensor {
  checked("random.categorical()", "numSamples", numSamples, kinds.count);
  checkOptions("random.categorical()", options, { seed: seedKind });
  return tf.tidy(() => {
    const rows = logits instanceof tf.Tensor ? logits : tf.tensor(logits);
    const [batch = 1, classes = 1] = rows.shape;
    // The greatest of logits plus Gumbel noise is a draw from their distribution.
    const draws = randomUniform([batch, numSamples, classes], 1e-7, 1, generator(options.seed));
    const noise = tf.neg(tf.log(tf.neg(tf.log(draws))));
    return tf.argMax(tf.add(tf.expandDims(rows, 1), noise), -1);
  });
}

/** What {@link shuffle} takes. */
export interface ShuffleOptions extends SeedOptions {
  /** Default 0. */
  readonly axis?: number;
}

/** The entries along an axis in a random order. */
export function shuffle(x: tf.Tensor | tf.TensorLike, options: ShuffleOptions = {}): tf.Tensor {
  checkOptions("random.shuffle()", options, { axis: kinds.axis, seed: seedKind });
  return tf.tidy(() => {
    const value = x instanceof tf.Tensor ? x : tf.tensor(x);
    const axis = (options.axis ?? 0) < 0 ? (options.axis as number) + value.rank : (options.axis ?? 0);
    const size = value.shape[axis]!;
    const { indices } = tf.topk(randomUniform([size], 0, 1, generator(options.seed)), size);
    return tf.gather(value, tf.cast(indices, "int32"), axis);
  });
}

/** Zeros in the place of a share of the values, the others scaled so that the sum stays about the same. */
export function dropout(x: tf.Tensor | tf.TensorLike, rate: number, options: SeedOptions = {}): tf.Tensor {
  checked("random.dropout()", "rate", rate, kinds.number({ min: 0, below: 1 }));
  checkOptions("random.dropout()", options, { seed: seedKind });
  return tf.tidy(() => {
    const value = x instanceof tf.Tensor ? x : tf.tensor(x);
    return tf.mul(tf.mul(value, dropoutMask(value.shape, rate, generator(options.seed))), 1 / (1 - rate));
  });
}
