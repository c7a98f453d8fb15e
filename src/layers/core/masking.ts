import * as tf from "@tensorflow/tfjs-core";
import { rememberMask } from "../../backend/mask";
import * as kinds from "../../options/kinds";
import { callableLayer } from "../callable_layer";
import { type LayerOptions, layerKinds } from "../layer_options";
import { SameShape } from "../same_shape";

/** Options of {@link Masking}. */
export interface MaskingOptions extends LayerOptions {
  /** The value of all features of a step to skip. Default 0. */
  readonly maskValue?: number;
}

export class MaskingLayer extends SameShape {
  static override readonly className = "Masking";
  static override readonly optionKinds = { ...layerKinds, maskValue: kinds.number() };
  readonly maskValue: number;

  constructor(options: MaskingOptions = {}) {
    super(options);
    this.maskValue = options.maskValue ?? 0;
  }

  override call(x: tf.Tensor): tf.Tensor {
    const mask = this.computeMask(x);
    return rememberMask(tf.where(tf.expandDims(mask, -1), x, 0), mask);
  }

  override computeMask(x: tf.Tensor): tf.Tensor {
    return tf.any(tf.notEqual(x, this.maskValue), -1);
  }
}

/**
 * Marks the steps of `[batch, steps, features]` whose features all are `maskValue`: the layers after it skip them.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * const model = keras.Sequential([keras.layers.Input([3, 1]), keras.layers.Masking(), keras.layers.GlobalAveragePooling1D()]);
 * model(tf.tensor3d([[[2], [4], [0]]])) // [[3]]
 * ```
 * @see https://keras.io/api/layers/core_layers/masking/
 */
export const Masking = callableLayer(MaskingLayer);
export type Masking = MaskingLayer;
