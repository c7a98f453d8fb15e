import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../../callable";
import * as kinds from "../../options/kinds";
import type { Shape } from "../keras_tensor";
import { Layer, type LayerOptions, layerOptionNames } from "../layer";
import { checkLayerOptions } from "../layer_options";

/** Options of {@link UnitNormalization}. */
export interface UnitNormalizationOptions extends LayerOptions {
  /** The axes of what becomes a vector of length 1. Default -1. */
  readonly axis?: number | readonly number[];
}

export class UnitNormalizationLayer extends Layer {
  static override readonly className = "UnitNormalization";
  override supportsMasking = true;
  readonly axis: number | readonly number[];

  constructor(options: UnitNormalizationOptions = {}) {
    super(options);
    checkLayerOptions("UnitNormalization()", options, [...layerOptionNames, "axis"], { axis: kinds.axes });
    this.axis = options.axis ?? -1;
    this.built = true;
  }

  override call(x: tf.Tensor): tf.Tensor {
    const squares = tf.sum(tf.square(x), [this.axis].flat(), true);
    return tf.mul(x, tf.rsqrt(tf.maximum(squares, 1e-12)));
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig() {
    return { ...super.getConfig(), axis: this.axis };
  }
}

/**
 * Scales each sample to length 1 along `axis`.
 * https://keras.io/api/layers/normalization_layers/unit_normalization/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.UnitNormalization()(tf.tensor2d([[3, 4]])) // [[0.6, 0.8]]
 * ```
 */
export const UnitNormalization = callable(UnitNormalizationLayer);
export type UnitNormalization = UnitNormalizationLayer;
