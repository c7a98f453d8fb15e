import type * as tf from "@tensorflow/tfjs-core";
import { withContext } from "./call_context";
import type { OutputSpec } from "./keras_tensor";
import type { Layer } from "./layer";
import { probe } from "./probe";

/** Shapes and types of what a layer's `call` makes of zeros; `single`: it takes one tensor rather than a list. */
export function tryCall(layer: Layer, inputs: readonly OutputSpec[], single: boolean): OutputSpec | OutputSpec[] {
  const context = { training: false, losses: [], entry: { layer }, probing: true };
  const call = (zeros: tf.Tensor[]) =>
    withContext(context, () => layer.call(single ? zeros[0]! : zeros, { training: false }));
  return probe(call, inputs, [2, 3]);
}

/** Builds the layers inside that their first call builds, where that has not happened: optimizers need all weights before it. */
export function buildInside(layer: Layer, inputs: readonly OutputSpec[], single: boolean): void {
  const unbuilt = (each: Layer): boolean => each.sublayers.some((inner) => !inner.built || unbuilt(inner));
  if (!unbuilt(layer)) return;
  try {
    tryCall(layer, inputs, single);
  } catch {
    // A class that states its output's shape may not take zeros of any size: its first batch builds it, or says what is wrong.
  }
}
