import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../../callable";
import { describe } from "../../options/options";
import type { Shape } from "../keras_tensor";
import { Layer, type LayerOptions, layerOptionNames } from "../layer";
import { checkLayerOptions } from "../layer_options";

export class PermuteLayer extends Layer {
  static override readonly className = "Permute";
  static override readonly positional = ["dims"];
  readonly dims: readonly number[];

  constructor(dims: readonly number[], options: LayerOptions = {}) {
    super(options);
    checkLayerOptions("Permute()", options, layerOptionNames);
    if (!Array.isArray(dims) || [...dims].sort((a, b) => a - b).some((dim, i) => dim !== i + 1)) {
      throw new TypeError(
        `Permute() expected the axes 1, 2 … in a new order, such as [2, 1], but found ${describe(dims)}.`,
      );
    }
    this.dims = [...dims];
    this.inputSpec = { ndim: dims.length + 1 };
    this.built = true;
  }

  override call(x: tf.Tensor): tf.Tensor {
    return tf.transpose(x, [0, ...this.dims]);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return [0, ...this.dims].map((axis) => inputShape[axis] ?? null);
  }

  override getConfig() {
    return { ...super.getConfig(), dims: this.dims };
  }
}

/**
 * Puts the axes of each sample into another order, counted from 1.
 * https://keras.io/api/layers/reshaping_layers/permute/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Permute([2, 1])(tf.zeros([5, 10, 64])).shape // [5, 64, 10]
 * ```
 */
export const Permute = callable(PermuteLayer);
export type Permute = PermuteLayer;
