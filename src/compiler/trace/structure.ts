import * as tf from "@tensorflow/tfjs-core";

/** The place of a tensor in a list, inside a structure of lists and objects. */
export class Place {
  constructor(readonly index: number) {}
}

/** The same structure with each item that `replace` knows replaced. */
function map(structure: unknown, replace: (item: unknown) => unknown): unknown {
  const replaced = replace(structure);
  if (replaced !== undefined) return replaced;
  if (Array.isArray(structure)) return structure.map((item) => map(item, replace));
  if (structure !== null && typeof structure === "object" && Object.getPrototypeOf(structure) === Object.prototype) {
    return Object.fromEntries(Object.entries(structure).map(([name, item]) => [name, map(item, replace)]));
  }
  return structure;
}

/** The same structure with each tensor replaced. */
export const mapTensors = (structure: unknown, replace: (tensor: tf.Tensor) => unknown): unknown =>
  map(structure, (item) => (item instanceof tf.Tensor ? replace(item) : undefined));

/** The same structure with the tensors at their places. */
export const fillPlaces = (structure: unknown, tensors: readonly tf.Tensor[]): unknown =>
  map(structure, (item) => (item instanceof Place ? tensors[item.index] : undefined));
