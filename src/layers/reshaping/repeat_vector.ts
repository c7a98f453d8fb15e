import * as tf from "@tensorflow/tfjs-core";
import { callableLayer } from "../callable_layer";
import type { Shape } from "../keras_tensor";
import { Layer, type LayerOptions } from "../layer";
import { argument, layerKinds, positive } from "../layer_options";

export class RepeatVectorLayer extends Layer {
  static override readonly className = "RepeatVector";
  static override readonly positional = ["n"];
  static override readonly optionKinds = layerKinds;
  readonly n: number;

  constructor(n: number, options: LayerOptions = {}) {
    super(options);
    this.n = argument(this, "n", n, positive);
    this.inputSpec = { ndim: 2 };
  }

  override call(x: tf.Tensor): tf.Tensor {
    return tf.tile(tf.expandDims(x, 1), [1, this.n, 1]);
  }

  override computeOutputShape([batch = null, features = null]: Shape): Shape {
    return [batch, this.n, features];
  }
}

/**
 * The same vector at `n` steps: `[batch, features]` → `[batch, n, features]`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.RepeatVector(3)(tf.zeros([1, 32])).shape // [1, 3, 32]
 * ```
 * @see https://keras.io/api/layers/reshaping_layers/repeat_vector/
 */
export const RepeatVector = callableLayer(RepeatVectorLayer);
export type RepeatVector = RepeatVectorLayer;
