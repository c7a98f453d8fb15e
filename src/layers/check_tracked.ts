import type { Layer } from "./layer";

/** The layers that were found inside the outermost layer of a call. */
const tracked = new WeakMap<Layer, WeakSet<Layer>>();

/**
 * Throws at the first call of a layer that trains, if the outermost layer does not hold it: it would neither be trained nor
 * saved, without a word.
 */
export function checkTracked(layer: Layer, entry: Layer): void {
  const known = tracked.get(entry) ?? new WeakSet([entry]);
  tracked.set(entry, known);
  if (known.has(layer)) return;
  const add = (each: Layer): void => {
    if (each !== entry && known.has(each)) return;
    known.add(each);
    each.sublayers.forEach(add);
  };
  add(entry);
  if (known.has(layer)) return;
  const held = new Set(entry.trainableWeights);
  const lost = layer.trainableWeights.filter((weight) => !held.has(weight));
  if (lost.length === 0) return;
  throw new Error(
    `The call() of "${entry.name}" runs layer "${layer.name}" (${layer.className}), whose ${lost.length} trainable weights ` +
      `"${entry.name}" would neither train nor save: expected each layer that call() runs in a public property, or in an array, ` +
      "object, Map or Set in one, but found it in none. #private fields, closures and variables inside call() cannot be seen. " +
      `Make the layer in the constructor: this.inner = keras.layers.${layer.className}(…), and call this.inner(x).`,
  );
}
