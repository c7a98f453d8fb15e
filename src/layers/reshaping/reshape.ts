import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../../callable";
import { describe } from "../../options/options";
import type { Shape } from "../keras_tensor";
import { Layer, type LayerOptions, layerOptionNames } from "../layer";
import { checkLayerOptions } from "../layer_options";

export class ReshapeLayer extends Layer {
  static override readonly className = "Reshape";
  static override readonly positional = ["targetShape"];
  readonly targetShape: readonly number[];

  constructor(targetShape: readonly number[], options: LayerOptions = {}) {
    super(options);
    checkLayerOptions("Reshape()", options, layerOptionNames);
    const sizes = Array.isArray(targetShape) && targetShape.every((n) => Number.isInteger(n) && (n > 0 || n === -1));
    if (!sizes || targetShape.filter((n) => n === -1).length > 1) {
      throw new TypeError(
        `Reshape() expected the shape of a sample, such as [28, 28, 1], with at most one -1, but found ${describe(targetShape)}.`,
      );
    }
    this.targetShape = [...targetShape];
    this.built = true;
  }

  override call(x: tf.Tensor): tf.Tensor {
    const [batch, ...target] = this.computeOutputShape(x.shape) as number[];
    return tf.reshape(x, [batch as number, ...target]);
  }

  override computeOutputShape([batch = null, ...rest]: Shape): Shape {
    const known = this.targetShape.reduce((size, n) => (n === -1 ? size : size * n), 1);
    const size = rest.includes(null) ? null : rest.reduce<number>((product, n) => product * (n ?? 1), 1);
    const free = this.targetShape.includes(-1);
    if (size !== null && (free ? size % known !== 0 : size !== known)) {
      throw new RangeError(
        `Layer "${this.name}" cannot reshape a sample of shape [${rest}] (${size} values) to [${this.targetShape}].`,
      );
    }
    return [batch, ...this.targetShape.map((n) => (n === -1 ? (size === null ? null : size / known) : n))];
  }

  override getConfig() {
    return { ...super.getConfig(), targetShape: this.targetShape };
  }
}

/**
 * Gives each sample another shape; one size may be -1, "whatever is left".
 * https://keras.io/api/layers/reshaping_layers/reshape/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Reshape([28, 28, 1])(tf.zeros([2, 784])).shape // [2, 28, 28, 1]
 * ```
 */
export const Reshape = callable(ReshapeLayer);
export type Reshape = ReshapeLayer;
