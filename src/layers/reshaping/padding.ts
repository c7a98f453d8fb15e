import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../../callable";
import { describe } from "../../options/options";
import type { Shape } from "../keras_tensor";
import { Layer, type LayerOptions, layerOptionNames } from "../layer";
import { checkLayerOptions } from "../layer_options";

/** Rows before and after an axis. */
export type Margin = readonly [number, number];

/** The same on all sides, one per axis, or both sides of each axis: `1`, `[1, 2]`, `[[1, 0], [2, 2]]`. */
export type Margins2D = number | readonly [number, number] | readonly [Margin, Margin];

const whole = (n: unknown): n is number => typeof n === "number" && Number.isInteger(n) && n >= 0;
const isMargin = (value: unknown): value is Margin => Array.isArray(value) && value.length === 2 && value.every(whole);

/** The margins of one axis. */
export function margins1D(layer: string, value: unknown): Margin {
  if (whole(value)) return [value, value];
  if (isMargin(value)) return value;
  throw new RangeError(
    `${layer}() expected a whole number of 0 or more, or [before, after], but found ${describe(value)}.`,
  );
}

/** The margins of both axes. */
export function margins2D(layer: string, value: unknown): readonly [Margin, Margin] {
  if (Array.isArray(value) && value.length === 2) {
    return [margins1D(layer, value[0]), margins1D(layer, value[1])];
  }
  const both = margins1D(layer, value);
  return [both, both];
}

/** Base of paddings and croppings: adds rows to, or takes them from, the axes after the batch. */
abstract class Margins extends Layer {
  constructor(
    readonly margins: readonly Margin[],
    /** 1 adds rows, -1 takes them away. */
    private readonly sign: 1 | -1,
    options: LayerOptions,
  ) {
    super(options);
    checkLayerOptions(`${this.className}()`, options, layerOptionNames);
    this.inputSpec = { ndim: margins.length + 2 };
    this.built = true;
  }

  override call(x: tf.Tensor): tf.Tensor {
    if (this.sign === 1) return tf.pad(x, [[0, 0], ...this.margins.map(([a, b]): [number, number] => [a, b]), [0, 0]]);
    const begin = [0, ...this.margins.map(([before]) => before), 0];
    return tf.slice(x, begin, this.computeOutputShape(x.shape) as number[]);
  }

  override computeOutputShape([batch = null, ...rest]: Shape): Shape {
    const sizes = rest.map((size, axis) => {
      const [before, after] = this.margins[axis] ?? [0, 0];
      return size === null ? null : size + this.sign * (before + after);
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
    super([margins1D("ZeroPadding1D", padding)], 1, options);
    this.padding = padding;
  }

  override getConfig() {
    return { ...super.getConfig(), padding: this.padding };
  }
}

/**
 * Adds steps of zeros before and after `[batch, steps, channels]`.
 * https://keras.io/api/layers/reshaping_layers/zero_padding1d/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.ZeroPadding1D(2)(tf.zeros([1, 3, 4])).shape // [1, 7, 4]
 * ```
 */
export const ZeroPadding1D = callable(ZeroPadding1DLayer);
export type ZeroPadding1D = ZeroPadding1DLayer;

export class ZeroPadding2DLayer extends Margins {
  static override readonly className = "ZeroPadding2D";
  static override readonly positional = ["padding"];
  readonly padding: Margins2D;

  constructor(padding: Margins2D = 1, options: LayerOptions = {}) {
    super(margins2D("ZeroPadding2D", padding), 1, options);
    this.padding = padding;
  }

  override getConfig() {
    return { ...super.getConfig(), padding: this.padding };
  }
}

/**
 * Adds rows and columns of zeros around `[batch, height, width, channels]`: `1`, `[1, 2]` or `[[top, bottom], [left, right]]`.
 * https://keras.io/api/layers/reshaping_layers/zero_padding2d/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.ZeroPadding2D([1, 2])(tf.zeros([1, 3, 3, 4])).shape // [1, 5, 7, 4]
 * ```
 */
export const ZeroPadding2D = callable(ZeroPadding2DLayer);
export type ZeroPadding2D = ZeroPadding2DLayer;

export class Cropping1DLayer extends Margins {
  static override readonly className = "Cropping1D";
  static override readonly positional = ["cropping"];
  readonly cropping: number | Margin;

  constructor(cropping: number | Margin = 1, options: LayerOptions = {}) {
    super([margins1D("Cropping1D", cropping)], -1, options);
    this.cropping = cropping;
  }

  override getConfig() {
    return { ...super.getConfig(), cropping: this.cropping };
  }
}

/**
 * Takes steps away before and after `[batch, steps, channels]`.
 * https://keras.io/api/layers/reshaping_layers/cropping1d/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Cropping1D(1)(tf.zeros([1, 5, 4])).shape // [1, 3, 4]
 * ```
 */
export const Cropping1D = callable(Cropping1DLayer);
export type Cropping1D = Cropping1DLayer;

export class Cropping2DLayer extends Margins {
  static override readonly className = "Cropping2D";
  static override readonly positional = ["cropping"];
  readonly cropping: Margins2D;

  constructor(cropping: Margins2D = 0, options: LayerOptions = {}) {
    super(margins2D("Cropping2D", cropping), -1, options);
    this.cropping = cropping;
  }

  override getConfig() {
    return { ...super.getConfig(), cropping: this.cropping };
  }
}

/**
 * Takes rows and columns away around `[batch, height, width, channels]`: `1`, `[1, 2]` or `[[top, bottom], [left, right]]`.
 * https://keras.io/api/layers/reshaping_layers/cropping2d/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Cropping2D(1)(tf.zeros([1, 5, 5, 4])).shape // [1, 3, 3, 4]
 * ```
 */
export const Cropping2D = callable(Cropping2DLayer);
export type Cropping2D = Cropping2DLayer;
