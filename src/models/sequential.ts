import type * as tf from "@tensorflow/tfjs-core";
import { asList } from "../backend/lists";
import { callable } from "../callable";
import { Input, InputLayer } from "../layers/input";
import { KerasTensor, type Shape } from "../layers/keras_tensor";
import { type CallOptions, type Inputs, isShape, Layer, type LayerClass } from "../layers/layer";
import * as kinds from "../options/kinds";
import { checkOptions, describe } from "../options/options";
import { layerFromConfig, registerLayers } from "../saving/object_registration";
import type { Serialized } from "../saving/serialization";
import { Graph } from "./graph";
import { KerasModel } from "./model";
import { serializeLayer } from "./model_config";

/** What `Sequential` takes besides its layers. */
export interface SequentialOptions {
  /** In any script. Default `sequential`, `sequential_1` … */
  readonly name?: string;
  readonly trainable?: boolean;
}

const sequentialKinds: kinds.KindsOf<SequentialOptions> = { name: kinds.name, trainable: kinds.boolean };

/** A chain of layers: see {@link Sequential}. */
export class SequentialModel extends KerasModel {
  static override readonly className: string = "Sequential";
  #input: KerasTensor | undefined;
  readonly #chain: Layer[] = [];

  constructor(layers: readonly (Layer | KerasTensor)[] | SequentialOptions = [], options?: SequentialOptions) {
    const all = options ?? (Array.isArray(layers) ? {} : (layers as SequentialOptions));
    checkOptions("keras.Sequential()", all, sequentialKinds);
    super(all);
    this.built = false;
    if (Array.isArray(layers)) {
      for (const layer of layers) this.#append(layer);
      this.#rebuild();
    }
  }

  /** Adds a layer at the end. */
  add(layer: Layer | KerasTensor): void {
    this.#append(layer);
    this.#rebuild();
  }

  /** Removes the last layer and returns it. */
  pop(): Layer | undefined {
    const layer = this.#chain.pop();
    this.#rebuild();
    return layer;
  }

  #append(layer: Layer | KerasTensor): void {
    if (layer instanceof KerasTensor || layer instanceof InputLayer) {
      const input = layer instanceof KerasTensor ? layer : (layer.output as KerasTensor);
      if (!(input.node.layer instanceof InputLayer)) {
        throw new TypeError(
          `A Sequential model takes layers, but found the output of layer "${input.node.layer.name}". Add the layer itself, or use keras.Model({ inputs, outputs }).`,
        );
      }
      if (this.#input !== undefined || this.#chain.length > 0) {
        throw new Error(`The Input must be the first of Sequential model "${this.name}", and the only one.`);
      }
      this.#input = input;
      return;
    }
    if (!(layer instanceof Layer)) {
      throw new TypeError(
        `A Sequential model takes layers such as keras.layers.Dense(10), but found ${describe(layer)}.`,
      );
    }
    if (this.#chain.some((other) => other.name === layer.name)) {
      throw new Error(
        `Sequential model "${this.name}" already has a layer named "${layer.name}". Names must differ: { name: "…" }.`,
      );
    }
    if (this.#chain.length === 0 && this.#input === undefined) {
      if (layer.inputShapeOption !== undefined) this.#input = Input(layer.inputShapeOption);
      else if (layer instanceof KerasModel && layer.graph !== undefined) this.#input = Input(layer.inputShape.slice(1));
    }
    this.#chain.push(layer);
  }

  #rebuild(): void {
    this.clearSteps();
    if (this.#input === undefined || this.#chain.length === 0) {
      this.setGraph(undefined, false);
      return;
    }
    let tensor: KerasTensor = this.#input;
    for (const layer of this.#chain) tensor = layer.apply(tensor);
    this.setGraph(new Graph([this.#input], [tensor]), false);
  }

  override build(inputShape: Shape | readonly Shape[]): void {
    if (this.#chain.length === 0)
      throw new Error(`Sequential model "${this.name}" has no layers. Add some with add().`);
    if (!isShape(inputShape))
      throw new RangeError(`Sequential model "${this.name}" takes one input, but found ${inputShape.length}.`);
    if (this.graph !== undefined) return;
    this.#input ??= Input(inputShape.slice(1));
    this.#rebuild();
  }

  override call(inputs: Inputs, options: CallOptions): tf.Tensor | tf.Tensor[] {
    if (this.graph === undefined) {
      this.build(asList(inputs)[0]!.shape);
    }
    return super.call(inputs, options);
  }

  override getConfig(): { [option: string]: unknown } {
    const { name, trainable } = this;
    const input = this.#input === undefined ? [] : [serializeLayer(this.#input.node.layer)];
    return { name, trainable, layers: [...input, ...this.#chain.map(serializeLayer)] };
  }

  /** Makes a model from what {@link getConfig} returned, with new weights. */
  static override fromConfig<T extends Layer>(this: LayerClass<T>, config: { readonly [option: string]: unknown }): T {
    const { name, trainable, layers } = config as { name: string; trainable: boolean; layers: Serialized[] };
    return new this(layers.map(layerFromConfig), { name, trainable });
  }

  override get sublayers(): readonly Layer[] {
    return [...new Set([...this.#chain, ...super.sublayers])];
  }

  /** The layers, without the Input. */
  override get layers(): readonly Layer[] {
    return [...this.#chain];
  }
}

/**
 * A model that is a chain of layers.
 *
 * Without an `Input` (or `inputShape` on the first layer) its weights are created when it first sees data.
 *
 * @param layers in order; the first may be a `keras.layers.Input`
 * @throws TypeError if one of them is not a layer
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * const model = keras.Sequential([
 *   keras.layers.Input([784]),
 *   keras.layers.Dense(100, { activation: "relu" }),
 *   keras.layers.Dense(10, { activation: "softmax" }),
 * ]);
 * model.countParams(); // 79510
 * ```
 * @see https://keras.io/api/models/sequential/
 */
export const Sequential = callable(SequentialModel);
export type Sequential = SequentialModel;
registerLayers({ Sequential: SequentialModel });
