import * as tf from "@tensorflow/tfjs-core";

/** The same structure with each tensor replaced. */
export function mapTensors(structure: unknown, replace: (tensor: tf.Tensor) => unknown): unknown {
  if (structure instanceof tf.Tensor) return replace(structure);
  if (Array.isArray(structure)) return structure.map((item) => mapTensors(item, replace));
  if (structure !== null && typeof structure === "object" && Object.getPrototypeOf(structure) === Object.prototype) {
    return Object.fromEntries(Object.entries(structure).map(([name, item]) => [name, mapTensors(item, replace)]));
  }
  return structure;
}
