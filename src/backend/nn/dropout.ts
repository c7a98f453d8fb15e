import * as tf from "@tensorflow/tfjs-core";
import type { SeedGenerator } from "../seed_generator";
import { randomBits } from "./random";

/**
 * Float32 mask of `shape`: 1 where a value is kept, 0 with probability `rate`, new at every call.
 *
 * @param rate from 0 (keeps all) to 1 (drops all)
 */
export function dropoutMask(shape: readonly number[], rate: number, generator: SeedGenerator): tf.Tensor {
  const limit = Math.min(Math.round(-(2 ** 31) + (1 - rate) * 2 ** 32), 2 ** 31 - 1);
  return tf.cast(tf.less(randomBits(shape, generator), tf.scalar(limit, "int32")), "float32");
}
