import * as tf from "@tensorflow/tfjs-core";
import { sizeFromShape } from "../../backend/shapes";
import type { Kind } from "../../options/kinds";
import { callableLayer } from "../callable_layer";
import type { Shape } from "../keras_tensor";
import { Layer, type LayerOptions } from "../layer";
import { argument, layerKinds, positive } from "../layer_options";

const target: Kind = {
  expected: "the shape of a sample, such as [28, 28, 1], with at most one -1,",
  accepts: (value) =>
    Array.isArray(value) &&
    value.every((size) => size === -1 || positive.accepts(size)) &&
    value.indexOf(-1) === value.lastIndexOf(-1),
};

export class ReshapeLayer extends Layer {
  static override readonly className = "Reshape";
  static override readonly positional = ["targetShape"];
  static override readonly optionKinds = layerKinds;
  readonly targetShape: readonly number[];

  constructor(targetShape: readonly number[], options: LayerOptions = {}) {
    super(options);
    this.targetShape = [...argument(this, "targetShape", targetShape, target)];
  }

  override call(x: tf.Tensor): tf.Tensor {
    return tf.reshape(x, this.computeOutputShape(x.shape) as number[]);
  }

  override computeOutputShape([batch = null, ...rest]: Shape): Shape {
    const known = sizeFromShape(this.targetShape.filter((n) => n !== -1));
    const size = rest.includes(null) ? null : sizeFromShape(rest as number[]);
    const free = this.targetShape.includes(-1);
    if (size !== null && (free ? size % known !== 0 : size !== known)) {
      throw new RangeError(
        `Layer "${this.name}" cannot reshape a sample of shape [${rest}] (${size} values) to [${this.targetShape}].`,
      );
    }
    return [batch, ...this.targetShape.map((n) => (n === -1 ? (size === null ? null : size / known) : n))];
  }
}

/**
 * Gives each sample another shape; one size may be -1, which is computed from the others.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Reshape([28, 28, 1])(tf.zeros([2, 784])).shape // [2, 28, 28, 1]
 * ```
 * @see https://keras.io/api/layers/reshaping_layers/reshape/
 */
export const Reshape = callableLayer(ReshapeLayer);
export type Reshape = ReshapeLayer;
