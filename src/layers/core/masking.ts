import * as tf from "@tensorflow/tfjs-core";
import { rememberMask } from "../../backend/mask";
import { callable } from "../../callable";
import { numberOption } from "../../options/options";
import type { Shape } from "../keras_tensor";
import { Layer, type LayerOptions, layerOptionNames } from "../layer";
import { checkLayerOptions } from "../layer_options";

/** Options of {@link Masking}. */
export interface MaskingOptions extends LayerOptions {
  /** What the features of a step to be skipped are. Default 0. */
  readonly maskValue?: number;
}

export class MaskingLayer extends Layer {
  static override readonly className = "Masking";
  readonly maskValue: number;

  constructor(options: MaskingOptions = {}) {
    super(options);
    checkLayerOptions("Masking()", options, [...layerOptionNames, "maskValue"]);
    this.maskValue = numberOption("Masking()", "maskValue", options.maskValue ?? 0, {});
    this.built = true;
  }

  override call(x: tf.Tensor): tf.Tensor {
    const mask = this.computeMask(x);
    return rememberMask(tf.where(tf.expandDims(mask, -1), x, 0), mask);
  }

  override computeMask(x: tf.Tensor): tf.Tensor {
    return tf.any(tf.notEqual(x, this.maskValue), -1);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig() {
    return { ...super.getConfig(), maskValue: this.maskValue };
  }
}

/**
 * Marks the steps of `[batch, steps, features]` whose features all are `maskValue`: the layers after it skip them.
 * https://keras.io/api/layers/core_layers/masking/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * const model = keras.Sequential([keras.layers.Input([3, 1]), keras.layers.Masking(), keras.layers.GlobalAveragePooling1D()]);
 * model(tf.tensor3d([[[2], [4], [0]]])) // [[3]]
 * ```
 */
export const Masking = callable(MaskingLayer);
export type Masking = MaskingLayer;
