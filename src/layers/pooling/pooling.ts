import * as tf from "@tensorflow/tfjs-core";
import { outputLength, type Padding, type Pair } from "../../backend/nn/convolution";
import { oneOf, type PairLike, positiveInteger, positivePair } from "../arguments";
import type { Shape } from "../keras_tensor";
import { type CallOptions, Layer, type LayerOptions, layerOptionNames } from "../layer";
import { checkLayerOptions } from "../layer_options";

/** Options of the 2-D poolings. */
export interface Pooling2DOptions extends LayerOptions {
  /** Steps between windows. Default null: the window's size. */
  readonly strides?: PairLike | null;
  /** `"valid"` uses whole windows only, `"same"` gives `ceil(size / stride)` outputs. Default `"valid"`. */
  readonly padding?: Padding;
}

/** Options of the 1-D poolings. */
export interface Pooling1DOptions extends LayerOptions {
  /** Steps between windows. Default null: the window's size. */
  readonly strides?: number | null;
  /** `"valid"` uses whole windows only, `"same"` gives `ceil(size / stride)` outputs. Default `"valid"`. */
  readonly padding?: Padding;
}

/** What a pooling does with the windows of `[batch, height, width, channels]`. */
export type Pool = (x: tf.Tensor4D, window: Pair, strides: Pair, padding: Padding) => tf.Tensor4D;

/** Base of the 2-D poolings. */
export abstract class Pooling2D extends Layer {
  static override readonly positional = ["poolSize"];
  readonly poolSize: Pair;
  readonly strides: Pair;
  readonly padding: Padding;
  readonly #pool: Pool;

  constructor(pool: Pool, poolSize: PairLike, options: Pooling2DOptions) {
    super(options);
    const layer = this.className;
    checkLayerOptions(`${layer}()`, options, [...layerOptionNames, "strides", "padding"]);
    this.#pool = pool;
    this.poolSize = positivePair(layer, "poolSize", poolSize);
    this.strides = positivePair(layer, "strides", options.strides ?? this.poolSize);
    this.padding = oneOf(layer, "padding", options.padding ?? "valid", ["valid", "same"]);
    this.inputSpec = { ndim: 4 };
    this.built = true;
  }

  override call(x: tf.Tensor): tf.Tensor {
    return this.#pool(x as tf.Tensor4D, this.poolSize, this.strides, this.padding);
  }

  override computeOutputShape([batch = null, height = null, width = null, channels = null]: Shape): Shape {
    const { poolSize, strides, padding } = this;
    const sizes = [height, width].map((size, axis) => outputLength(size, poolSize[axis]!, padding, strides[axis]!));
    if (sizes.some((size) => size !== null && size < 1)) {
      throw new RangeError(
        `Layer "${this.name}" has windows of ${poolSize.join(" × ")}, larger than its input ${height} × ${width}. Leave a pooling out, or use padding: "same".`,
      );
    }
    return [batch, ...sizes, channels];
  }

  override getConfig() {
    const { poolSize, strides, padding } = this;
    return { ...super.getConfig(), poolSize, strides, padding };
  }
}

/** Base of the 1-D poolings. */
export abstract class Pooling1D extends Layer {
  static override readonly positional = ["poolSize"];
  readonly poolSize: number;
  readonly strides: number;
  readonly padding: Padding;
  readonly #pool: Pool;

  constructor(pool: Pool, poolSize: number, options: Pooling1DOptions) {
    super(options);
    const layer = this.className;
    checkLayerOptions(`${layer}()`, options, [...layerOptionNames, "strides", "padding"]);
    this.#pool = pool;
    this.poolSize = positiveInteger(layer, "poolSize", poolSize);
    this.strides = positiveInteger(layer, "strides", options.strides ?? poolSize);
    this.padding = oneOf(layer, "padding", options.padding ?? "valid", ["valid", "same"]);
    this.inputSpec = { ndim: 3 };
    this.built = true;
  }

  override call(x: tf.Tensor): tf.Tensor {
    const rows = tf.expandDims(x, 1) as tf.Tensor4D;
    return tf.squeeze(this.#pool(rows, [1, this.poolSize], [1, this.strides], this.padding), [1]);
  }

  override computeOutputShape([batch = null, steps = null, channels = null]: Shape): Shape {
    const size = outputLength(steps, this.poolSize, this.padding, this.strides);
    if (size !== null && size < 1) {
      throw new RangeError(
        `Layer "${this.name}" has windows of ${this.poolSize}, larger than its input of ${steps} steps.`,
      );
    }
    return [batch, size, channels];
  }

  override getConfig() {
    const { poolSize, strides, padding } = this;
    return { ...super.getConfig(), poolSize, strides, padding };
  }
}

/** Options of the global poolings. */
export interface GlobalPoolingOptions extends LayerOptions {
  /** Whether the pooled axes stay, with size 1. Default false. */
  readonly keepdims?: boolean;
}

/** Base of the global poolings: one value per channel. */
export abstract class GlobalPooling extends Layer {
  readonly keepdims: boolean;
  readonly #axes: number[];
  readonly #reduce: (x: tf.Tensor, axes: number[], keepdims: boolean) => tf.Tensor;

  constructor(
    dimensions: 1 | 2,
    reduce: (x: tf.Tensor, axes: number[], keepdims: boolean) => tf.Tensor,
    options: GlobalPoolingOptions,
  ) {
    super(options);
    checkLayerOptions(`${this.className}()`, options, [...layerOptionNames, "keepdims"]);
    this.keepdims = options.keepdims ?? false;
    this.#axes = dimensions === 1 ? [1] : [1, 2];
    this.#reduce = reduce;
    this.inputSpec = { ndim: dimensions + 2 };
    this.built = true;
  }

  override call(x: tf.Tensor, _options?: CallOptions): tf.Tensor {
    return this.#reduce(x, this.#axes, this.keepdims);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    const kept = this.keepdims ? this.#axes.map(() => 1) : [];
    return [inputShape[0] ?? null, ...kept, inputShape.at(-1) ?? null];
  }

  override getConfig() {
    return { ...super.getConfig(), keepdims: this.keepdims };
  }
}
