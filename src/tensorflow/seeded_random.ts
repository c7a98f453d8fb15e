import * as tf from "@tensorflow/tfjs-core";
import { nextSeed } from "../backend/seed";

/** TensorFlow.js's functions that draw random numbers, and the index of the argument that is their seed. */
const seedIndex = {
  dropout: 3,
  multinomial: 2,
  randomGamma: 4,
  randomNormal: 4,
  randomStandardNormal: 2,
  randomUniform: 4,
  randomUniformInt: 3,
  truncatedNormal: 4,
} as const;

type Draw = (...args: unknown[]) => unknown;

/** Makes the functions of `tf` that draw random numbers follow `keras.utils.setRandomSeed` if they get no seed. */
export function installSeededRandom(): void {
  // The module itself: what an import gives cannot be written to.
  const module = require("@tensorflow/tfjs-core") as Record<keyof typeof seedIndex, Draw>;
  for (const [name, index] of Object.entries(seedIndex) as [keyof typeof seedIndex, number][]) {
    const draw = module[name];
    module[name] = (...args) => {
      // Not while a function is traced: a seed would hide from the compiler that each run draws new numbers.
      if (args[index] == null && tf.getBackend() !== "trace") {
        args.length = Math.max(args.length, index);
        args[index] = nextSeed() + 1;
      }
      return draw(...args);
    };
  }
}
