import * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../../options/kinds";
import { callableLayer } from "../callable_layer";
import { type LayerOptions, layerKinds } from "../layer_options";
import { SameShape } from "../same_shape";

/** Options of {@link UnitNormalization}. */
export interface UnitNormalizationOptions extends LayerOptions {
  /** The axes along which the length becomes 1. Default -1. */
  readonly axis?: number | readonly number[];
}

export class UnitNormalizationLayer extends SameShape {
  static override readonly className = "UnitNormalization";
  static override readonly optionKinds = { ...layerKinds, axis: kinds.axes };
  readonly axis: number | readonly number[];

  constructor(options: UnitNormalizationOptions = {}) {
    super(options);
    this.axis = options.axis ?? -1;
  }

  override call(x: tf.Tensor): tf.Tensor {
    const squares = tf.sum(tf.square(x), [this.axis].flat(), true);
    return tf.mul(x, tf.rsqrt(tf.maximum(squares, 1e-12)));
  }
}

/**
 * Scales each sample to length 1 along `axis`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.UnitNormalization()(tf.tensor2d([[3, 4]])) // [[0.6, 0.8]]
 * ```
 * @see https://keras.io/api/layers/normalization_layers/unit_normalization/
 */
export const UnitNormalization = callableLayer(UnitNormalizationLayer);
export type UnitNormalization = UnitNormalizationLayer;
