import * as tf from "@tensorflow/tfjs-core";
import { normalize } from "../../losses/shapes";
import * as kinds from "../../options/kinds";
import { callableLayer } from "../callable_layer";
import { type Shape, shapesOf } from "../keras_tensor";
import { argument, type LayerOptions, layerKinds } from "../layer_options";
import { Merge } from "./merge";

/** Options of {@link Dot}. */
export interface DotOptions extends LayerOptions {
  /** Whether vectors are scaled to length 1 first: the result is their cosine. Default false. */
  readonly normalize?: boolean;
}

const axesKind: kinds.Kind = {
  expected: "an axis other than the batch, or one for each input",
  accepts: (value) => {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value, value];
    return list.length === 2 && list.every((axis) => Number.isInteger(axis) && axis !== 0);
  },
};

export class DotLayer extends Merge {
  static override readonly className = "Dot";
  static override readonly positional = ["axes"];
  static override readonly optionKinds = { ...layerKinds, normalize: kinds.boolean };
  protected override readonly inputCount = [2, 2] as const;
  readonly axes: number | readonly [number, number];
  readonly normalize: boolean;

  constructor(axes: number | readonly [number, number], options: DotOptions = {}) {
    super(options);
    this.axes = argument(this, "axes", axes, axesKind);
    this.normalize = options.normalize ?? false;
  }

  /** The axes from the front, for inputs of these ranks. */
  #axesOf(ranks: readonly [number, number]): [number, number] {
    const [a, b] = typeof this.axes === "number" ? [this.axes, this.axes] : this.axes;
    return [a < 0 ? a + ranks[0] : a, b < 0 ? b + ranks[1] : b];
  }

  protected override merge([first, second]: readonly [tf.Tensor, tf.Tensor]): tf.Tensor {
    const axes = this.#axesOf([first.rank, second.rank]);
    const [a, b] = [first, second].map((x, i) => {
      const unit = this.normalize ? normalize(x, axes[i]!) : x;
      const order = [...x.shape.keys()].slice(1).filter((axis) => axis !== axes[i]);
      // [batch, rest, summed], so that one matrix product sums.
      const moved = tf.transpose(unit, [0, ...order, axes[i]!]);
      return tf.reshape(moved, [x.shape[0]!, -1, x.shape[axes[i]!] as number]);
    }) as [tf.Tensor3D, tf.Tensor3D];
    return tf.reshape(tf.matMul(a, b, false, true), this.computeOutputShape([first.shape, second.shape]) as number[]);
  }

  override computeMask(): null {
    return null;
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const [a, b] = shapesOf(inputShape) as [Shape, Shape];
    const [m, n] = this.#axesOf([a.length, b.length]);
    if (a[m] !== b[n]) {
      throw new RangeError(`Layer "${this.name}" expected axes of one size but found ${a[m]} and ${b[n]}.`);
    }
    const rest = (shape: Shape, summed: number) => shape.filter((_, axis) => axis !== 0 && axis !== summed);
    const sizes = [...rest(a, m), ...rest(b, n)];
    return [a[0] ?? null, ...(sizes.length === 0 ? [1] : sizes)];
  }
}

/**
 * Sum of the products of two inputs along an axis of each, sample by sample.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Dot(1)([tf.tensor2d([[1, 2]]), tf.tensor2d([[3, 4]])]) // [[11]]
 * ```
 * @see https://keras.io/api/layers/merging_layers/dot/
 */
export const Dot = callableLayer(DotLayer);
export type Dot = DotLayer;
