import * as tf from "@tensorflow/tfjs-core";
import type { Kind } from "../../options/kinds";
import { callableLayer } from "../callable_layer";
import type { Shape } from "../keras_tensor";
import { Layer, type LayerOptions } from "../layer";
import { argument, layerKinds } from "../layer_options";

const order: Kind = {
  expected: "the axes 1, 2 … in a new order, such as [2, 1],",
  accepts: (value) => Array.isArray(value) && [...value].sort((a, b) => a - b).every((dim, i) => dim === i + 1),
};

export class PermuteLayer extends Layer {
  static override readonly className = "Permute";
  static override readonly positional = ["dims"];
  static override readonly optionKinds = layerKinds;
  readonly dims: readonly number[];

  constructor(dims: readonly number[], options: LayerOptions = {}) {
    super(options);
    this.dims = [...argument(this, "dims", dims, order)];
    this.inputSpec = { ndim: dims.length + 1 };
  }

  override call(x: tf.Tensor): tf.Tensor {
    return tf.transpose(x, [0, ...this.dims]);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return [0, ...this.dims].map((axis) => inputShape[axis] ?? null);
  }
}

/**
 * Puts the axes of each sample into another order, counted from 1.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Permute([2, 1])(tf.zeros([5, 10, 64])).shape // [5, 64, 10]
 * ```
 * @see https://keras.io/api/layers/reshaping_layers/permute/
 */
export const Permute = callableLayer(PermuteLayer);
export type Permute = PermuteLayer;
