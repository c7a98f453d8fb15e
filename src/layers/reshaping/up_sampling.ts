import * as tf from "@tensorflow/tfjs-core";
import type { Pair } from "../../backend/nn/convolution";
import { resize } from "../../backend/nn/resize";
import { callable } from "../../callable";
import { oneOf, type PairLike, positiveInteger, positivePair } from "../arguments";
import type { Shape } from "../keras_tensor";
import { Layer, type LayerOptions, layerOptionNames } from "../layer";
import { checkLayerOptions } from "../layer_options";

/** Each value along `axis`, `times` in a row. */
function repeat(x: tf.Tensor, times: number, axis: number): tf.Tensor {
  if (times === 1) return x;
  const copies = tf.stack(Array<tf.Tensor>(times).fill(x), axis + 1);
  return tf.reshape(
    copies,
    x.shape.map((size, i) => (i === axis ? size * times : size)),
  );
}

const times = (size: number | null | undefined, factor: number) => (typeof size === "number" ? size * factor : null);

export class UpSampling1DLayer extends Layer {
  static override readonly className = "UpSampling1D";
  static override readonly positional = ["size"];
  readonly size: number;

  constructor(size = 2, options: LayerOptions = {}) {
    super(options);
    checkLayerOptions("UpSampling1D()", options, layerOptionNames);
    this.size = positiveInteger("UpSampling1D", "size", size);
    this.inputSpec = { ndim: 3 };
    this.built = true;
  }

  override call(x: tf.Tensor): tf.Tensor {
    return repeat(x, this.size, 1);
  }

  override computeOutputShape([batch = null, steps, channels = null]: Shape): Shape {
    return [batch, times(steps, this.size), channels];
  }

  override getConfig() {
    return { ...super.getConfig(), size: this.size };
  }
}

/**
 * Repeats each step of `[batch, steps, channels]`. https://keras.io/api/layers/reshaping_layers/up_sampling1d/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.UpSampling1D(2)(tf.zeros([1, 3, 4])).shape // [1, 6, 4]
 * ```
 */
export const UpSampling1D = callable(UpSampling1DLayer);
export type UpSampling1D = UpSampling1DLayer;

/** Options of {@link UpSampling2D}. */
export interface UpSampling2DOptions extends LayerOptions {
  /** Whether values are repeated or interpolated. Default `"nearest"`. */
  readonly interpolation?: "nearest" | "bilinear";
}

export class UpSampling2DLayer extends Layer {
  static override readonly className = "UpSampling2D";
  static override readonly positional = ["size"];
  readonly size: Pair;
  readonly interpolation: "nearest" | "bilinear";

  constructor(size: PairLike = 2, options: UpSampling2DOptions = {}) {
    super(options);
    checkLayerOptions("UpSampling2D()", options, [...layerOptionNames, "interpolation"]);
    this.size = positivePair("UpSampling2D", "size", size);
    const known = ["nearest", "bilinear"] as const;
    this.interpolation = oneOf("UpSampling2D", "interpolation", options.interpolation ?? "nearest", known);
    this.inputSpec = { ndim: 4 };
    this.built = true;
  }

  override call(x: tf.Tensor): tf.Tensor {
    if (this.interpolation === "nearest") return repeat(repeat(x, this.size[0], 1), this.size[1], 2);
    const [, height = 0, width = 0] = x.shape;
    return resize(x, [height * this.size[0], width * this.size[1]], this.interpolation);
  }

  override computeOutputShape([batch = null, height, width, channels = null]: Shape): Shape {
    return [batch, times(height, this.size[0]), times(width, this.size[1]), channels];
  }

  override getConfig() {
    return { ...super.getConfig(), size: this.size, interpolation: this.interpolation };
  }
}

/**
 * Makes images larger by whole factors, by repeating or interpolating pixels.
 * https://keras.io/api/layers/reshaping_layers/up_sampling2d/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.UpSampling2D(2)(tf.zeros([1, 3, 3, 4])).shape // [1, 6, 6, 4]
 * ```
 */
export const UpSampling2D = callable(UpSampling2DLayer);
export type UpSampling2D = UpSampling2DLayer;
