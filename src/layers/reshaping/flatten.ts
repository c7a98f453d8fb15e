import * as tf from "@tensorflow/tfjs-core";
import { sizeFromShape } from "../../backend/shapes";
import { callableLayer } from "../callable_layer";
import type { InputSpec } from "../input_spec";
import type { Shape } from "../keras_tensor";
import { Layer } from "../layer";
import { layerKinds } from "../layer_options";

export class FlattenLayer extends Layer {
  static override readonly className = "Flatten";
  static override readonly optionKinds = layerKinds;
  override inputSpec: InputSpec = { minNdim: 1 };

  override call(x: tf.Tensor): tf.Tensor {
    const [batch = 1, ...rest] = x.shape;
    return tf.reshape(x, [batch, sizeFromShape(rest)]);
  }

  override computeOutputShape([batch = null, ...rest]: Shape): Shape {
    return [batch, rest.includes(null) ? null : sizeFromShape(rest as number[])];
  }
}

/**
 * All values of a sample in one row: `[batch, 28, 28]` → `[batch, 784]`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Flatten()(tf.zeros([2, 28, 28])).shape // [2, 784]
 * ```
 * @see https://keras.io/api/layers/reshaping_layers/flatten/
 */
export const Flatten = callableLayer(FlattenLayer);
export type Flatten = FlattenLayer;
