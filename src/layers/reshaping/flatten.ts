import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../../callable";
import type { Shape } from "../keras_tensor";
import { Layer, type LayerOptions, layerOptionNames } from "../layer";
import { checkLayerOptions } from "../layer_options";

export class FlattenLayer extends Layer {
  static override readonly className = "Flatten";

  constructor(options: LayerOptions = {}) {
    super(options);
    checkLayerOptions("Flatten()", options, layerOptionNames);
    this.inputSpec = { minNdim: 1 };
    this.built = true;
  }

  override call(x: tf.Tensor): tf.Tensor {
    const [batch = 1, ...rest] = x.shape;
    return tf.reshape(x, [batch, rest.reduce((size, n) => size * n, 1)]);
  }

  override computeOutputShape([batch = null, ...rest]: Shape): Shape {
    return [batch, rest.includes(null) ? null : rest.reduce<number>((size, n) => size * (n ?? 1), 1)];
  }
}

/**
 * All values of a sample in one row: `[batch, 28, 28]` → `[batch, 784]`.
 * https://keras.io/api/layers/reshaping_layers/flatten/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Flatten()(tf.zeros([2, 28, 28])).shape // [2, 784]
 * ```
 */
export const Flatten = callable(FlattenLayer);
export type Flatten = FlattenLayer;
