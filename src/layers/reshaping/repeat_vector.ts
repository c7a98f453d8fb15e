import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../../callable";
import { positiveInteger } from "../arguments";
import type { Shape } from "../keras_tensor";
import { Layer, type LayerOptions, layerOptionNames } from "../layer";
import { checkLayerOptions } from "../layer_options";

export class RepeatVectorLayer extends Layer {
  static override readonly className = "RepeatVector";
  static override readonly positional = ["n"];
  readonly n: number;

  constructor(n: number, options: LayerOptions = {}) {
    super(options);
    checkLayerOptions("RepeatVector()", options, layerOptionNames);
    this.n = positiveInteger("RepeatVector", "n", n);
    this.inputSpec = { ndim: 2 };
    this.built = true;
  }

  override call(x: tf.Tensor): tf.Tensor {
    return tf.tile(tf.expandDims(x, 1), [1, this.n, 1]);
  }

  override computeOutputShape([batch = null, features = null]: Shape): Shape {
    return [batch, this.n, features];
  }

  override getConfig() {
    return { ...super.getConfig(), n: this.n };
  }
}

/**
 * The same vector at `n` steps: `[batch, features]` → `[batch, n, features]`.
 * https://keras.io/api/layers/reshaping_layers/repeat_vector/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.RepeatVector(3)(tf.zeros([1, 32])).shape // [1, 3, 32]
 * ```
 */
export const RepeatVector = callable(RepeatVectorLayer);
export type RepeatVector = RepeatVectorLayer;
