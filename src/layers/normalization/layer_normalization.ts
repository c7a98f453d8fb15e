import type * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../../options/kinds";
import { callableLayer } from "../callable_layer";
import type { Shape } from "../keras_tensor";
import { Affine, type AffineOptions } from "./affine";

/** Options of {@link LayerNormalization}. */
export interface LayerNormalizationOptions extends AffineOptions {
  /** The axes that are normalized together. Default -1. */
  readonly axis?: number | readonly number[];
}

export class LayerNormalizationLayer extends Affine {
  static override readonly className = "LayerNormalization";
  static override readonly optionKinds = { ...Affine.optionKinds, axis: kinds.axes };
  readonly axis: number | readonly number[];

  constructor(options: LayerNormalizationOptions = {}) {
    super(options);
    this.axis = options.axis ?? -1;
  }

  #axes(rank: number): number[] {
    const list = typeof this.axis === "number" ? [this.axis] : [...this.axis];
    return list.map((axis) => (axis < 0 ? axis + rank : axis)).sort((a, b) => a - b);
  }

  override build(inputShape: Shape): void {
    this.addGammaAndBeta(this.#axes(inputShape.length).map((axis) => inputShape[axis]));
  }

  override call(x: tf.Tensor): tf.Tensor {
    const axes = this.#axes(x.rank);
    return this.scaled(this.normalized(x, axes), axes);
  }
}

/**
 * Gives each sample mean 0 and variance 1 along `axis`, then `gamma · x + beta` (Ba et al., 2016).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.LayerNormalization()(tf.tensor2d([[1, 3]])) // about [[-1, 1]]
 * ```
 * @see https://keras.io/api/layers/normalization_layers/layer_normalization/
 */
export const LayerNormalization = callableLayer(LayerNormalizationLayer);
export type LayerNormalization = LayerNormalizationLayer;
