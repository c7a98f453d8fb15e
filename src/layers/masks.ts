import type * as tf from "@tensorflow/tfjs-core";
import { asList } from "../backend/lists";
import { maskOf, rememberMask } from "../backend/mask";
import type { Layer } from "./layer";
import type { Inputs } from "./layer_options";

/** Which steps of an input count: booleans `[batch, steps]`, a list for several inputs, null where all do. */
export type Mask = tf.Tensor | null | readonly (tf.Tensor | null)[];

/** The masks of a call's inputs: those the caller passed, else those of the layers before; null if there are none. */
export function incomingMask(inputs: Inputs, given: unknown): Mask {
  if (given !== undefined && given !== null) return given as Mask;
  if (!Array.isArray(inputs)) return maskOf(inputs) ?? null;
  const list = inputs.map((input) => maskOf(input) ?? null);
  return list.some((mask) => mask !== null) ? list : null;
}

const warned = new WeakSet<Layer>();

/** Gives the outputs of a layer their mask, if the layer supports masking. */
export function passMask(layer: Layer, inputs: Inputs, mask: Mask, outputs: tf.Tensor | tf.Tensor[]): void {
  if (!layer.supportsMasking) {
    if (mask === null || warned.has(layer)) return;
    warned.add(layer);
    console.warn(
      `Layer "${layer.name}" (${layer.className}) does not support masking: the layers after it see all steps, masked ones too.`,
    );
    return;
  }
  const masks = asList<tf.Tensor | null>(layer.computeMask(inputs, mask));
  for (const [i, output] of asList(outputs).entries()) {
    const next = masks[i] ?? null;
    if (next !== null && maskOf(output) === undefined) rememberMask(output, next);
  }
}

/** The mask of the first input, the sequence of a recurrent layer. */
export function firstMask(mask: Mask): tf.Tensor | null {
  return (Array.isArray(mask) ? mask[0] : (mask as tf.Tensor | null)) ?? null;
}
