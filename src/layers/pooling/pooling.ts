import * as tf from "@tensorflow/tfjs-core";
import { outputLength, type Padding, type Pair } from "../../backend/nn/convolution";
import * as kinds from "../../options/kinds";
import type { Shape } from "../keras_tensor";
import { type CallOptions, Layer, type LayerOptions } from "../layer";
import { argument, layerKinds, lower, padding, positive } from "../layer_options";
import { bothOf, type PairLike, pair, pairArgument } from "../pairs";

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
  static override readonly optionKinds: kinds.KindsOf<Pooling2DOptions> = {
    ...layerKinds,
    strides: kinds.orNull(pair),
    padding,
  };
  readonly poolSize: Pair;
  readonly strides: Pair;
  readonly padding: Padding;
  protected abstract readonly pool: Pool;

  constructor(poolSize: PairLike = 2, options: Pooling2DOptions = {}) {
    super(options);
    this.poolSize = pairArgument(this, "poolSize", poolSize);
    this.strides = bothOf(options.strides ?? poolSize);
    this.padding = lower(options.padding ?? "valid");
    this.inputSpec = { ndim: 4 };
  }

  override call(x: tf.Tensor): tf.Tensor {
    return this.pool(x as tf.Tensor4D, this.poolSize, this.strides, this.padding);
  }

  override computeOutputShape([batch = null, height = null, width = null, channels = null]: Shape): Shape {
    const { poolSize, strides, padding } = this;
    const sizes = [height, width].map((size, axis) => outputLength(size, poolSize[axis]!, padding, strides[axis]!));
    if (sizes.some((size) => size !== null && size < 1)) {
      throw new RangeError(
        `Layer "${this.name}" has windows of ${poolSize.join(" × ")}, larger than its input ${height} × ${width}. Remove a pooling, or use padding: "same".`,
      );
    }
    return [batch, ...sizes, channels];
  }
}

/** Base of the 1-D poolings. */
export abstract class Pooling1D extends Layer {
  static override readonly positional = ["poolSize"];
  static override readonly optionKinds: kinds.KindsOf<Pooling1DOptions> = {
    ...layerKinds,
    strides: kinds.orNull(positive),
    padding,
  };
  readonly poolSize: number;
  readonly strides: number;
  readonly padding: Padding;
  protected abstract readonly pool: Pool;

  constructor(poolSize: number = 2, options: Pooling1DOptions = {}) {
    super(options);
    this.poolSize = argument(this, "poolSize", poolSize, positive);
    this.strides = options.strides ?? poolSize;
    this.padding = lower(options.padding ?? "valid");
    this.inputSpec = { ndim: 3 };
  }

  override call(x: tf.Tensor): tf.Tensor {
    const rows = tf.expandDims(x, 1) as tf.Tensor4D;
    return tf.squeeze(this.pool(rows, [1, this.poolSize], [1, this.strides], this.padding), [1]);
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
}

/** Options of the global poolings. */
export interface GlobalPoolingOptions extends LayerOptions {
  /** Whether the pooled axes are kept with size 1. Default false. */
  readonly keepdims?: boolean;
}

/** Base of the global poolings: one value per channel. */
export abstract class GlobalPooling extends Layer {
  static override readonly optionKinds: kinds.KindsOf<GlobalPoolingOptions> = {
    ...layerKinds,
    keepdims: kinds.boolean,
  };
  readonly keepdims: boolean;
  protected abstract readonly reduce: (x: tf.Tensor, axes: number[], keepdims: boolean) => tf.Tensor;

  constructor(options: GlobalPoolingOptions = {}) {
    super(options);
    this.keepdims = options.keepdims ?? false;
  }

  override call(x: tf.Tensor, _options?: CallOptions): tf.Tensor {
    return this.reduce(x, [...x.shape.keys()].slice(1, -1), this.keepdims);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    const kept = this.keepdims ? inputShape.slice(1, -1).map(() => 1) : [];
    return [inputShape[0] ?? null, ...kept, inputShape.at(-1) ?? null];
  }
}
