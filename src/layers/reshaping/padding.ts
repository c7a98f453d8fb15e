import * as tf from "@tensorflow/tfjs-core";
import { index, type Kind, type KindsOf } from "../../options/kinds";
import { callableLayer } from "../callable_layer";
import type { Shape } from "../keras_tensor";
import { Layer, type LayerOptions } from "../layer";
import { argument, layerKinds } from "../layer_options";

/** Rows before and after an axis. */
export type Margin = readonly [number, number];

/** The same on all sides, one per axis, or both sides of each axis: `1`, `[1, 2]`, `[[1, 0], [2, 2]]`. */
export type Margins2D = number | readonly [number, number] | readonly [Margin, Margin];

const margin: Kind = {
  expected: "a whole number of 0 or more, or [before, after],",
  accepts: (value) =>
    index.accepts(value) || (Array.isArray(value) && value.length === 2 && value.every(index.accepts)),
};

const margins: Kind = {
  expected: `${margin.expected} or one of these for each axis,`,
  accepts: (value) =>
    margin.accepts(value) || (Array.isArray(value) && value.length === 2 && value.every(margin.accepts)),
};

const bothSides = (value: number | Margin): Margin => (typeof value === "number" ? [value, value] : value);

/** Base of paddings and croppings: adds rows to the axes after the batch, or removes them. */
abstract class Margins extends Layer {
  static override readonly optionKinds: KindsOf<LayerOptions> = layerKinds;
  readonly margins: readonly Margin[];
  readonly #sign: 1 | -1;

  /**
   * @param sign 1 adds rows, -1 removes them
   * @param name what the argument is called
   */
  constructor(sign: 1 | -1, axes: 1 | 2, name: string, value: Margins2D, options: LayerOptions) {
    super(options);
    argument(this, name, value, axes === 1 ? margin : margins);
    const each = axes === 1 ? [value as number | Margin] : typeof value === "number" ? [value, value] : value;
    this.margins = each.map(bothSides);
    this.#sign = sign;
    this.inputSpec = { ndim: axes + 2 };
  }

  override call(x: tf.Tensor): tf.Tensor {
    if (this.#sign === 1) return tf.pad(x, [[0, 0], ...this.margins.map(([a, b]): [number, number] => [a, b]), [0, 0]]);
    const begin = [0, ...this.margins.map(([before]) => before), 0];
    return tf.slice(x, begin, this.computeOutputShape(x.shape) as number[]);
  }

  override computeOutputShape([batch = null, ...rest]: Shape): Shape {
    const sizes = rest.map((size, axis) => {
      const [before, after] = this.margins[axis] ?? [0, 0];
      return size === null ? null : size + this.#sign * (before + after);
    });
    if (sizes.some((size) => size !== null && size < 1)) {
      throw new RangeError(`Layer "${this.name}" leaves nothing of an input of shape [${rest.map(String)}].`);
    }
    return [batch, ...sizes];
  }
}

export class ZeroPadding1DLayer extends Margins {
  static override readonly className = "ZeroPadding1D";
  static override readonly positional = ["padding"];
  readonly padding: number | Margin;

  constructor(padding: number | Margin = 1, options: LayerOptions = {}) {
    super(1, 1, "padding", padding, options);
    this.padding = padding;
  }
}

/**
 * Adds steps of zeros before and after `[batch, steps, channels]`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.ZeroPadding1D(2)(tf.zeros([1, 3, 4])).shape // [1, 7, 4]
 * ```
 * @see https://keras.io/api/layers/reshaping_layers/zero_padding1d/
 */
export const ZeroPadding1D = callableLayer(ZeroPadding1DLayer);
export type ZeroPadding1D = ZeroPadding1DLayer;

export class ZeroPadding2DLayer extends Margins {
  static override readonly className = "ZeroPadding2D";
  static override readonly positional = ["padding"];
  readonly padding: Margins2D;

  constructor(padding: Margins2D = 1, options: LayerOptions = {}) {
    super(1, 2, "padding", padding, options);
    this.padding = padding;
  }
}

/**
 * Adds rows and columns of zeros around `[batch, height, width, channels]`: `1`, `[1, 2]` or `[[top, bottom], [left, right]]`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.ZeroPadding2D([1, 2])(tf.zeros([1, 3, 3, 4])).shape // [1, 5, 7, 4]
 * ```
 * @see https://keras.io/api/layers/reshaping_layers/zero_padding2d/
 */
export const ZeroPadding2D = callableLayer(ZeroPadding2DLayer);
export type ZeroPadding2D = ZeroPadding2DLayer;

export class Cropping1DLayer extends Margins {
  static override readonly className = "Cropping1D";
  static override readonly positional = ["cropping"];
  readonly cropping: number | Margin;

  constructor(cropping: number | Margin = 1, options: LayerOptions = {}) {
    super(-1, 1, "cropping", cropping, options);
    this.cropping = cropping;
  }
}

/**
 * Removes steps before and after `[batch, steps, channels]`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Cropping1D(1)(tf.zeros([1, 5, 4])).shape // [1, 3, 4]
 * ```
 * @see https://keras.io/api/layers/reshaping_layers/cropping1d/
 */
export const Cropping1D = callableLayer(Cropping1DLayer);
export type Cropping1D = Cropping1DLayer;

export class Cropping2DLayer extends Margins {
  static override readonly className = "Cropping2D";
  static override readonly positional = ["cropping"];
  readonly cropping: Margins2D;

  constructor(cropping: Margins2D = 0, options: LayerOptions = {}) {
    super(-1, 2, "cropping", cropping, options);
    this.cropping = cropping;
  }
}

/**
 * Removes rows and columns around `[batch, height, width, channels]`: `1`, `[1, 2]` or `[[top, bottom], [left, right]]`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Cropping2D(1)(tf.zeros([1, 5, 5, 4])).shape // [1, 3, 3, 4]
 * ```
 * @see https://keras.io/api/layers/reshaping_layers/cropping2d/
 */
export const Cropping2D = callableLayer(Cropping2DLayer);
export type Cropping2D = Cropping2DLayer;
