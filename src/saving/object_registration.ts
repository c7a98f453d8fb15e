import * as layers from "../layers/index";
import { Layer } from "../layers/layer";
import { OperationLayer } from "../layers/operation";
import { describe, didYouMean } from "../options/options";
import type { Serialized } from "./serialization";

type LayerClass = { fromConfig(config: { readonly [option: string]: unknown }): Layer };

const registered = new Map<string, LayerClass>([["Operation", OperationLayer as never]]);

/** Makes a class of layers or models known by its name, so that a configuration can name it. */
export function registerLayer(name: string, layerClass: LayerClass): void {
  registered.set(name, layerClass);
}

/**
 * The layer or model that a configuration describes.
 *
 * @throws RangeError for a class that is not known
 */
export function layerFromConfig({ className, config }: Serialized): Layer {
  const known = layers as unknown as { readonly [name: string]: unknown };
  const found = registered.get(className) ?? (Object.hasOwn(known, className) ? known[className] : undefined);
  if (typeof found !== "function" || !(found.prototype instanceof Layer)) {
    const hint = didYouMean(className, [...registered.keys(), ...Object.keys(known)]);
    throw new RangeError(
      `There is no layer class "${className}". ${hint || `For one of your own call keras.utils.registerKerasSerializable(${className}) first, or loadModel(path, { customObjects: { ${className} } }).`}`,
    );
  }
  return (found as unknown as LayerClass).fromConfig(config);
}

/** Runs `work` with more classes known by their names, those that are layers or models. */
export function withLayers<T>(classes: { readonly [name: string]: unknown }, work: () => T): T {
  const before = new Map(registered);
  for (const [name, value] of Object.entries(classes)) {
    if (typeof value === "function" && value.prototype instanceof Layer) registered.set(name, value as never);
  }
  try {
    return work();
  } finally {
    registered.clear();
    for (const [name, layerClass] of before) registered.set(name, layerClass);
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
  const { prototype } = layerClass as { readonly prototype?: unknown };
  if (!(prototype instanceof Layer)) {
    throw new TypeError(
      `registerKerasSerializable() expected a class that extends keras.layers.Layer or keras.Model but found ${describe(layerClass)}.`,
    );
  }
  registerLayer(layerClass.name, layerClass);
}
