import { Layer } from "../layers/layer";
import { describe, didYouMean } from "../options/options";
import type { Serialized } from "./serialization";

type LayerClass = { readonly prototype: object; fromConfig(config: { readonly [option: string]: unknown }): Layer };

const registered = new Map<string, LayerClass>();

const isLayerClass = (value: unknown): value is LayerClass =>
  typeof value === "function" && value.prototype instanceof Layer;

/** The prototypes of the library's own classes. */
const library = new WeakSet<object>();

/** Whether the library's own class made a layer, rather than one of the user's. */
export const isLibraryLayer = (layer: Layer): boolean => library.has(Object.getPrototypeOf(layer));

/** Makes the library's classes known by their names, so that a configuration can name them. */
export function registerLayers(classes: { readonly [name: string]: unknown }): void {
  register(classes);
  for (const value of Object.values(classes)) if (isLayerClass(value)) library.add(value.prototype);
}

/** Makes classes known by their names: those of layers and models in a table. */
function register(classes: { readonly [name: string]: unknown }): void {
  for (const [name, value] of Object.entries(classes)) if (isLayerClass(value)) registered.set(name, value);
}

/**
 * The layer or model that a configuration describes.
 *
 * @throws RangeError for a class that is not known
 */
export function layerFromConfig({ className, config }: Serialized): Layer {
  const found = registered.get(className);
  if (found !== undefined) return found.fromConfig(config);
  throw new RangeError(
    `There is no layer class "${className}". ${didYouMean(className, registered.keys()) || `For one of your own call keras.utils.registerKerasSerializable(${className}) first, or loadModel(path, { customObjects: { ${className} } }).`}`,
  );
}

/** Runs `work` with the layers and models among `classes` known by their names. */
export function withLayers<T>(classes: { readonly [name: string]: unknown }, work: () => T): T {
  const before = Object.fromEntries(registered);
  register(classes);
  try {
    return work();
  } finally {
    registered.clear();
    register(before);
  }
}

/**
 * Makes a class of your own known by its name, so that models that hold such layers can be cloned and loaded.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 *
 * class Twice extends keras.layers.Layer {
 *   override call(x: tf.Tensor) {
 *     return x.mul(2);
 *   }
 * }
 * keras.utils.registerKerasSerializable(Twice);
 * ```
 * @see https://keras.io/api/models/model_saving_apis/serialization_utils/
 */
export function registerKerasSerializable(layerClass: { readonly name: string } & LayerClass): void {
  if (!isLayerClass(layerClass)) {
    throw new TypeError(
      `registerKerasSerializable() expected a class that extends keras.layers.Layer or keras.Model but found ${describe(layerClass)}.`,
    );
  }
  registered.set(layerClass.name, layerClass);
}
