import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../../callable";
import { normalize } from "../../losses/shapes";
import { describe } from "../../options/options";
import type { Shape } from "../keras_tensor";
import type { LayerOptions } from "../layer";
import { Merge } from "./merge";

/** Options of {@link Dot}. */
export interface DotOptions extends LayerOptions {
  /** Whether vectors are scaled to length 1 first: the result is their cosine. Default false. */
  readonly normalize?: boolean;
}

export class DotLayer extends Merge {
  static override readonly className = "Dot";
  static override readonly positional = ["axes"];
  readonly axes: number | readonly [number, number];
  readonly normalize: boolean;

  constructor(axes: number | readonly [number, number], options: DotOptions = {}) {
    super(options, ["normalize"]);
    const list = typeof axes === "number" ? [axes, axes] : axes;
    if (!Array.isArray(list) || list.length !== 2 || !list.every(Number.isInteger) || list.includes(0)) {
      throw new TypeError(
        `Dot() expected an axis, or one for each input, batch excluded, but found ${describe(axes)}.`,
      );
    }
    this.axes = axes;
    this.normalize = options.normalize ?? false;
  }

  protected override get inputCount(): readonly [number, number] {
    return [2, 2];
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
    const [a, b] = this.shapes(inputShape) as [Shape, Shape];
    const [m, n] = this.#axesOf([a.length, b.length]);
    if (a[m] !== b[n]) {
      throw new RangeError(`Layer "${this.name}" expects axes of one size but found ${a[m]} and ${b[n]}.`);
    }
    const rest = (shape: Shape, summed: number) => shape.filter((_, axis) => axis !== 0 && axis !== summed);
    const sizes = [...rest(a, m), ...rest(b, n)];
    return [a[0] ?? null, ...(sizes.length === 0 ? [1] : sizes)];
  }

  override getConfig() {
    return { ...super.getConfig(), axes: this.axes, normalize: this.normalize };
  }
}

/**
 * Sum of the products of two inputs along an axis of each, sample by sample.
 * https://keras.io/api/layers/merging_layers/dot/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Dot(1)([tf.tensor2d([[1, 2]]), tf.tensor2d([[3, 4]])]) // [[11]]
 * ```
 */
export const Dot = callable(DotLayer);
export type Dot = DotLayer;
