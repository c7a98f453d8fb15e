import * as tf from "@tensorflow/tfjs-core";
import type { Pair } from "../../backend/nn/convolution";
import { callable } from "../../utils/callable";
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

/** `[size · factor, size]`: the share of each value in each interpolated one, pixels taken at their centres. */
function interpolationMatrix(size: number, factor: number): tf.Tensor2D {
  const shares = new Float32Array(size * factor * size);
  for (let i = 0; i < size * factor; i++) {
    const at = Math.min(Math.max((i + 0.5) / factor - 0.5, 0), size - 1);
    const below = Math.floor(at);
    const above = Math.min(below + 1, size - 1);
    shares[i * size + below] = (shares[i * size + below] as number) + 1 - (at - below);
    shares[i * size + above] = (shares[i * size + above] as number) + (at - below);
  }
  return tf.tensor2d(shares, [size * factor, size]);
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
    const [batch, height, width, channels] = x.shape as [number, number, number, number];
    const [tall, wide] = [height * this.size[0], width * this.size[1]];
    // A linear map along each axis, so that the gradient is that of a matrix product.
    const rows = tf.reshape(x, [batch, height, width * channels]);
    const stretched = tf.matMul(tile(interpolationMatrix(height, this.size[0]), batch), rows);
    const columns = tf.reshape(stretched, [batch * tall, width, channels]);
    const widened = tf.matMul(tile(interpolationMatrix(width, this.size[1]), batch * tall), columns);
    return tf.reshape(widened, [batch, tall, wide, channels]);
  }

  override computeOutputShape([batch = null, height, width, channels = null]: Shape): Shape {
    return [batch, times(height, this.size[0]), times(width, this.size[1]), channels];
  }

  override getConfig() {
    return { ...super.getConfig(), size: this.size, interpolation: this.interpolation };
  }
}

const tile = (matrix: tf.Tensor2D, count: number) => tf.tile(tf.expandDims(matrix, 0), [count, 1, 1]) as tf.Tensor3D;

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
