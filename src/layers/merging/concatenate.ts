import * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../../options/kinds";
import { callableLayer } from "../callable_layer";
import { formatShape, type Shape, shapesOf } from "../keras_tensor";
import { type Inputs, type LayerOptions, layerKinds } from "../layer_options";
import type { Mask } from "../masks";
import { asFunction, type MergeFunction } from "./arithmetic";
import { Merge } from "./merge";

/** Options of {@link Concatenate}. */
export interface ConcatenateOptions extends LayerOptions {
  /** The axis along which the inputs are joined. Default -1. */
  readonly axis?: number;
}

export class ConcatenateLayer extends Merge {
  static override readonly className = "Concatenate";
  static override readonly optionKinds = { ...layerKinds, axis: kinds.axis };
  readonly axis: number;

  constructor(options: ConcatenateOptions = {}) {
    super(options);
    this.axis = options.axis ?? -1;
  }

  protected override merge(inputs: readonly tf.Tensor[]): tf.Tensor {
    return tf.concat([...inputs], this.axis);
  }

  override computeMask(inputs: Inputs, mask: Mask): Mask {
    if (!Array.isArray(mask) || !Array.isArray(inputs)) return null;
    const full = inputs.map((input, i) => {
      const own = mask[i] as tf.Tensor | null;
      if (own === null) return tf.onesLike(tf.cast(input, "bool"));
      return own.rank < input.rank ? tf.logicalOr(tf.expandDims(own, -1), tf.zerosLike(tf.cast(input, "bool"))) : own;
    });
    return tf.any(tf.concat(full, this.axis), -1);
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const shapes = shapesOf(inputShape);
    const first = shapes[0]!;
    const axis = this.axis < 0 ? this.axis + first.length : this.axis;
    const fits = (shape: Shape) =>
      shape.length === first.length &&
      shape.every((size, i) => i === axis || size === first[i] || size === null || first[i] === null);
    if (!shapes.every(fits)) {
      const list = shapes.map(formatShape).join(" and ");
      throw new RangeError(
        `Layer "${this.name}" expected shapes that differ only in axis ${this.axis} but found ${list}.`,
      );
    }
    const sizes = shapes.map((shape) => shape[axis] ?? null);
    const total = sizes.includes(null) ? null : sizes.reduce<number>((sum, size) => sum + size!, 0);
    return first.map((size, i) => (i === axis ? total : size));
  }
}

/**
 * Joins the inputs along `axis`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Concatenate()([tf.tensor2d([[1, 2]]), tf.tensor2d([[3]])]) // [[1, 2, 3]]
 * ```
 * @see https://keras.io/api/layers/merging_layers/concatenate/
 */
export const Concatenate = callableLayer(ConcatenateLayer);
export type Concatenate = ConcatenateLayer;

/** {@link Concatenate} as a function: `keras.layers.concatenate([a, b])`. */
export const concatenate: MergeFunction = asFunction(Concatenate);
