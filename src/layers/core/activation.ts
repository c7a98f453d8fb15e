import type * as tf from "@tensorflow/tfjs-core";
import * as activations from "../../activations/index";
import { reading } from "../../options/options";
import { callableLayer } from "../callable_layer";
import { type LayerOptions, layerKinds } from "../layer_options";
import { SameShape } from "../same_shape";

export class ActivationLayer extends SameShape {
  static override readonly className = "Activation";
  static override readonly optionKinds = layerKinds;
  static override readonly positional = ["activation"];
  readonly activation: activations.Activation;

  constructor(activation: activations.ActivationIdentifier, options: LayerOptions = {}) {
    super(options);
    this.activation = reading("Activation()", "activation", () => activations.get(activation));
  }

  override call(x: tf.Tensor): tf.Tensor {
    return this.activation(x);
  }

  override getConfig() {
    return { ...super.getConfig(), activation: activations.serialize(this.activation) };
  }
}

/**
 * Applies an activation function, by name or as a function; the shape does not change.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Activation("relu")(tf.tensor2d([[-1, 2]])) // [[0, 2]]
 * ```
 * @see https://keras.io/api/layers/core_layers/activation/
 */
export const Activation = callableLayer(ActivationLayer);
export type Activation = ActivationLayer;
