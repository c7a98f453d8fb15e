import * as tf from "@tensorflow/tfjs-core";

/** A tensor, or lists and objects of them to any depth: what a compiled function takes and returns. */
export type Structure = tf.Tensor | null | undefined | readonly Structure[] | { readonly [name: string]: Structure };

/** The same structure with each tensor replaced. */
export function mapTensors(structure: unknown, replace: (tensor: tf.Tensor) => unknown): unknown {
  if (structure instanceof tf.Tensor) return replace(structure);
  if (Array.isArray(structure)) return structure.map((item) => mapTensors(item, replace));
  if (structure !== null && typeof structure === "object" && Object.getPrototypeOf(structure) === Object.prototype) {
    return Object.fromEntries(Object.entries(structure).map(([name, item]) => [name, mapTensors(item, replace)]));
  }
  return structure;
}
