import type * as tf from "@tensorflow/tfjs-core";
import * as activations from "../../activations/index";
import { callable } from "../../callable";
import { reading } from "../../options/options";
import type { Shape } from "../keras_tensor";
import { Layer, type LayerOptions, layerOptionNames } from "../layer";
import { checkLayerOptions } from "../layer_options";

export class ActivationLayer extends Layer {
  static override readonly className = "Activation";
  static override readonly positional = ["activation"];
  override supportsMasking = true;
  readonly activation: activations.Activation;

  constructor(activation: activations.ActivationIdentifier, options: LayerOptions = {}) {
    super(options);
    checkLayerOptions("Activation()", options, layerOptionNames);
    this.activation = reading("Activation()", "activation", () => activations.get(activation));
    this.built = true;
  }

  override call(x: tf.Tensor): tf.Tensor {
    return this.activation(x);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig() {
    return { ...super.getConfig(), activation: activations.serialize(this.activation) };
  }
}

/**
 * Applies an activation function, by name or as a function; the shape stays.
 * https://keras.io/api/layers/core_layers/activation/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Activation("relu")(tf.tensor2d([[-1, 2]])) // [[0, 2]]
 * ```
 */
export const Activation = callable(ActivationLayer);
export type Activation = ActivationLayer;
