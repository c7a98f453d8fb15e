import * as tf from "@tensorflow/tfjs-core";
import { uniform } from "../seed";
import type { SeedGenerator } from "../seed_generator";
import { sizeFromShape } from "../shapes";

/**
 * Int32 tensor of `shape`, uniform over all integers, new at every call: fixed random numbers, one per position, times a
 * random odd number, plus another; modulo 2³². The fixed ones have 21 bits for exact products (see {@link SeedGenerator}).
 */
export function randomBits(shape: readonly number[], generator: SeedGenerator): tf.Tensor {
  const [multiplier, offset] = [generator.next(), generator.next()];
  const odd = tf.add(tf.mul(multiplier, tf.scalar(2, "int32")), tf.scalar(1, "int32"));
  return tf.add(tf.mul(tf.tensor(positions(shape, generator.seed), [...shape], "int32"), odd), offset);
}

/** Float32 tensor of `shape` of numbers in [low, high), new at every call. */
export function randomUniform(
  shape: readonly number[],
  low: number,
  high: number,
  generator: SeedGenerator,
): tf.Tensor {
  const unit = tf.add(tf.mul(tf.cast(randomBits(shape, generator), "float32"), 2 ** -32), 0.5);
  // Rounding to float32 can reach 1.
  return tf.add(tf.mul(tf.minimum(unit, 1 - 2 ** -24), high - low), low);
}

/** Float32 tensor of `shape` of draws from a normal distribution (Box and Muller, 1958), new at every call. */
export function randomNormal(
  shape: readonly number[],
  mean: number,
  stddev: number,
  generator: SeedGenerator,
): tf.Tensor {
  const radius = tf.sqrt(tf.mul(-2, tf.log(tf.sub(1, randomUniform(shape, 0, 1, generator)))));
  const angle = tf.mul(2 * Math.PI, randomUniform(shape, 0, 1, generator));
  return tf.add(tf.mul(tf.mul(radius, tf.cos(angle)), stddev), mean);
}

const cache = new Map<string, Int32Array>();

function positions(shape: readonly number[], seed: number): Int32Array {
  const size = sizeFromShape(shape);
  const key = `${seed}/${size}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const draw = uniform(seed);
  const bits = Int32Array.from({ length: size }, () => Math.floor(draw() * 2 ** 21));
  // A training uses one or two sizes per layer; older ones are computed again.
  if (cache.size >= 32) cache.delete(cache.keys().next().value!);
  cache.set(key, bits);
  return bits;
}
