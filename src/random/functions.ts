import * as tf from "@tensorflow/tfjs-core";
import { dropoutMask } from "../backend/nn/dropout";
import { randomNormal, randomUniform } from "../backend/nn/random";
import * as kinds from "../options/kinds";
import { checked, checkOptions } from "../options/options";
import { generatorFor, type Seed, seed as seedKind } from "./shared_generator";

/** Options of all functions of `keras.random`. */
export interface SeedOptions {
  /** Default: the shared generator, which `keras.utils.setRandomSeed` seeds; different numbers at every call. */
  readonly seed?: Seed;
}

const seedKinds: kinds.KindsOf<SeedOptions> = { seed: seedKind };

const sizes = kinds.listOf("sizes", kinds.index);

const asTensor = (x: tf.Tensor | tf.TensorLike): tf.Tensor => (x instanceof tf.Tensor ? x : tf.tensor(x));

/** Options of {@link normal}. */
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
  const { mean = 0, stddev = 1, seed } = options;
  return tf.tidy(() => randomNormal(shape, mean, stddev, generatorFor(seed)));
}

/** Draws from a normal distribution that is cut off two standard deviations from the mean. */
export function truncatedNormal(shape: readonly number[], options: NormalOptions = {}): tf.Tensor {
  checked("random.truncatedNormal()", "shape", shape, sizes);
  checkOptions("random.truncatedNormal()", options, normalKinds);
  const { mean = 0, stddev = 1, seed } = options;
  return tf.tidy(() => {
    // √2 · erf⁻¹ of uniform numbers between erf(±√2), with Winitzki's approximation of erf⁻¹.
    const share = randomUniform(shape, -0.954499736, 0.954499736, generatorFor(seed));
    const a = 0.147;
    const ln = tf.log(tf.sub(1, tf.square(share)));
    const t = tf.add(2 / (Math.PI * a), tf.div(ln, 2));
    const inverse = tf.mul(tf.sign(share), tf.sqrt(tf.sub(tf.sqrt(tf.sub(tf.square(t), tf.div(ln, a))), t)));
    return tf.add(tf.mul(tf.clipByValue(tf.mul(inverse, Math.SQRT2), -2, 2), stddev), mean);
  });
}

/** Options of {@link uniform}. */
export interface UniformOptions extends SeedOptions {
  /** Default 0. */
  readonly minval?: number;
  /** Not included. Default 1. */
  readonly maxval?: number;
}

const uniformKinds: kinds.KindsOf<UniformOptions> = { minval: kinds.number(), maxval: kinds.number(), seed: seedKind };

/** Draws from `minval` up to `maxval`, each value with the same probability. */
export function uniform(shape: readonly number[], options: UniformOptions = {}): tf.Tensor {
  checked("random.uniform()", "shape", shape, sizes);
  checkOptions("random.uniform()", options, uniformKinds);
  const { minval = 0, maxval = 1, seed } = options;
  return tf.tidy(() => randomUniform(shape, minval, maxval, generatorFor(seed)));
}

/** Whole numbers from `minval` up to `maxval`, which is not included. */
export function randint(
  shape: readonly number[],
  minval: number,
  maxval: number,
  options: SeedOptions = {},
): tf.Tensor {
  checked("random.randint()", "shape", shape, sizes);
  checked("random.randint()", "minval", minval, kinds.number());
  checked("random.randint()", "maxval", maxval, kinds.number());
  checkOptions("random.randint()", options, seedKinds);
  return tf.tidy(() => tf.cast(tf.floor(randomUniform(shape, minval, maxval, generatorFor(options.seed))), "int32"));
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
  checkOptions("random.categorical()", options, seedKinds);
  return tf.tidy(() => {
    const rows = asTensor(logits);
    const [batch = 1, classes = 1] = rows.shape;
    // The position of the greatest of logits plus Gumbel noise is a draw from their distribution.
    const draws = randomUniform([batch, numSamples, classes], 1e-7, 1, generatorFor(options.seed));
    const noise = tf.neg(tf.log(tf.neg(tf.log(draws))));
    return tf.argMax(tf.add(tf.expandDims(rows, 1), noise), -1);
  });
}

/** Options of {@link shuffle}. */
export interface ShuffleOptions extends SeedOptions {
  /** Default 0. */
  readonly axis?: number;
}

const shuffleKinds: kinds.KindsOf<ShuffleOptions> = { axis: kinds.axis, seed: seedKind };

/** The entries along an axis in a random order. */
export function shuffle(x: tf.Tensor | tf.TensorLike, options: ShuffleOptions = {}): tf.Tensor {
  checkOptions("random.shuffle()", options, shuffleKinds);
  const { axis = 0, seed } = options;
  return tf.tidy(() => {
    const value = asTensor(x);
    const along = axis < 0 ? axis + value.rank : axis;
    const size = value.shape[along]!;
    const { indices } = tf.topk(randomUniform([size], 0, 1, generatorFor(seed)), size);
    return tf.gather(value, tf.cast(indices, "int32"), along);
  });
}

/** Sets each value to 0 with probability `rate`, and divides the others by `1 - rate`: the expected sum is the same. */
export function dropout(x: tf.Tensor | tf.TensorLike, rate: number, options: SeedOptions = {}): tf.Tensor {
  checked("random.dropout()", "rate", rate, kinds.number({ min: 0, below: 1 }));
  checkOptions("random.dropout()", options, seedKinds);
  return tf.tidy(() => {
    const value = asTensor(x);
    return tf.mul(tf.mul(value, dropoutMask(value.shape, rate, generatorFor(options.seed))), 1 / (1 - rate));
  });
}
