import * as tf from "@tensorflow/tfjs-core";
import type { Pair } from "../../backend/nn/convolution";
import { resize } from "../../backend/nn/resize";
import { callableLayer } from "../callable_layer";
import type { Shape } from "../keras_tensor";
import { Layer, type LayerOptions } from "../layer";
import { argument, layerKinds, lower, positive, word } from "../layer_options";
import { type PairLike, pairArgument } from "../pairs";

/** Each value along `axis`, `times` in a row. */
function repeat(x: tf.Tensor, times: number, axis: number): tf.Tensor {
  if (times === 1) return x;
  const shape = x.shape.map((size, i) => (i === axis ? size * times : size));
  return tf.reshape(tf.stack(Array<tf.Tensor>(times).fill(x), axis + 1), shape);
}

const times = (size: number | null | undefined, factor: number) => (typeof size === "number" ? size * factor : null);

export class UpSampling1DLayer extends Layer {
  static override readonly className = "UpSampling1D";
  static override readonly positional = ["size"];
  static override readonly optionKinds = layerKinds;
  readonly size: number;

  constructor(size = 2, options: LayerOptions = {}) {
    super(options);
    this.size = argument(this, "size", size, positive);
    this.inputSpec = { ndim: 3 };
  }

  override call(x: tf.Tensor): tf.Tensor {
    return repeat(x, this.size, 1);
  }

  override computeOutputShape([batch = null, steps, channels = null]: Shape): Shape {
    return [batch, times(steps, this.size), channels];
  }
}

/**
 * Repeats each step of `[batch, steps, channels]`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.UpSampling1D(2)(tf.zeros([1, 3, 4])).shape // [1, 6, 4]
 * ```
 * @see https://keras.io/api/layers/reshaping_layers/up_sampling1d/
 */
export const UpSampling1D = callableLayer(UpSampling1DLayer);
export type UpSampling1D = UpSampling1DLayer;

/** Options of {@link UpSampling2D}. */
export interface UpSampling2DOptions extends LayerOptions {
  /** Whether values are repeated or interpolated. Default `"nearest"`. */
  readonly interpolation?: "nearest" | "bilinear";
}

export class UpSampling2DLayer extends Layer {
  static override readonly className = "UpSampling2D";
  static override readonly positional = ["size"];
  static override readonly optionKinds = { ...layerKinds, interpolation: word("nearest", "bilinear") };
  readonly size: Pair;
  readonly interpolation: "nearest" | "bilinear";

  constructor(size: PairLike = 2, options: UpSampling2DOptions = {}) {
    super(options);
    this.size = pairArgument(this, "size", size);
    this.interpolation = lower(options.interpolation ?? "nearest");
    this.inputSpec = { ndim: 4 };
  }

  override call(x: tf.Tensor): tf.Tensor {
    if (this.interpolation === "nearest") return repeat(repeat(x, this.size[0], 1), this.size[1], 2);
    const [, height = 0, width = 0] = x.shape;
    return resize(x, [height * this.size[0], width * this.size[1]], this.interpolation);
  }

  override computeOutputShape([batch = null, height, width, channels = null]: Shape): Shape {
    return [batch, times(height, this.size[0]), times(width, this.size[1]), channels];
  }
}

/**
 * Makes images larger by whole factors, by repeating or interpolating pixels.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.UpSampling2D(2)(tf.zeros([1, 3, 3, 4])).shape // [1, 6, 6, 4]
 * ```
 * @see https://keras.io/api/layers/reshaping_layers/up_sampling2d/
 */
export const UpSampling2D = callableLayer(UpSampling2DLayer);
export type UpSampling2D = UpSampling2DLayer;
