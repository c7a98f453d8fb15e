import * as tf from "@tensorflow/tfjs-core";
import { nextSeed } from "../backend/seed";

/** TensorFlow.js's functions that draw, and at which place they take a seed. */
const places = {
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

/** Makes the functions of `tf` that draw random numbers follow `keras.utils.setRandomSeed`, where they are given no seed. */
export function installSeededRandom(): void {
  // The module itself: an import is a view of it that cannot be written to.
  const module = require("@tensorflow/tfjs-core") as Record<keyof typeof places, Draw>;
  for (const [name, place] of Object.entries(places) as [keyof typeof places, number][]) {
    const draw = module[name];
    module[name] = (...args) => {
      // In a compiled function the numbers would be the same at every run: there it must see that they are drawn.
      if (args[place] == null && tf.getBackend() !== "trace") {
        args.length = Math.max(args.length, place);
        args[place] = nextSeed() + 1;
      }
      return draw(...args);
    };
  }
}
