import * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../options/kinds";
import { checked } from "../options/options";
import { nextSeed, uniform } from "./seed";
import { variable } from "./variable";

/**
 * A stream of random integers whose state is a variable, so that a step that draws from it can be compiled, saved and
 * repeated: a linear congruential generator modulo 2³². Its multiplier has 21 bits: the "cpu" backend multiplies int32
 * tensors as doubles, which are exact below 2⁵³, so every backend draws the same numbers.
 */
export class SeedGenerator {
  readonly seed: number;
  readonly state: tf.Variable;

  /** @param seed an integer. Default: the next of the library's seeds */
  constructor(seed: number = nextSeed()) {
    this.seed = checked("SeedGenerator()", "seed", seed, kinds.whole);
    this.state = tf.tidy(() =>
      variable(tf.scalar(Math.floor(uniform(seed)() * 2 ** 31), "int32"), {
        name: "seed_generator_state",
        trainable: false,
      }),
    );
  }

  /** The next int32 scalar, anywhere from -2³¹ to 2³¹ - 1; its high bits are the random ones. */
  next(): tf.Tensor {
    const next = tf.add(tf.mul(this.state, tf.scalar(1664525, "int32")), tf.scalar(1013904223, "int32"));
    this.state.assign(next);
    return next;
  }
}
