import * as tf from "@tensorflow/tfjs-core";
import { callableLayer } from "../callable_layer";
import type { Shape } from "../keras_tensor";
import { KernelLayer, type KernelOptions } from "../kernel_layer";
import { argument, positive } from "../layer_options";

export class DenseLayer extends KernelLayer {
  static override readonly className = "Dense";
  static override readonly positional = ["units"];
  override supportsMasking = true;
  readonly units: number;

  constructor(units: number, options: KernelOptions = {}) {
    super(options);
    this.units = argument(this, "units", units, positive);
    this.inputSpec = { minNdim: 2 };
  }

  override build(inputShape: Shape): void {
    const size = inputShape.at(-1) ?? null;
    this.addKernel([size, this.units], this.units);
    this.inputSpec = { minNdim: 2, axes: { "-1": size as number } };
  }

  override call(x: tf.Tensor): tf.Tensor {
    const kernel = this.kernel as tf.Variable<tf.Rank.R2>;
    const rows = x.rank === 2 ? (x as tf.Tensor2D) : tf.reshape(x, [-1, kernel.shape[0]]);
    const y = this.biased(tf.matMul(rows as tf.Tensor2D, kernel));
    return this.activation(x.rank === 2 ? y : tf.reshape(y, [...x.shape.slice(0, -1), this.units]));
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return [...inputShape.slice(0, -1), this.units];
  }
}

/**
 * A fully connected layer: `activation(x · kernel + bias)` along the last axis, `[batch, …, in]` → `[batch, …, units]`.
 * Kernel `[in, units]` (`"glorot_uniform"`), bias `[units]` (zeros).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Dense(2, { kernelInitializer: "ones" })(tf.tensor2d([[1, 2, 3]])) // [[6, 6]]
 * ```
 * @see https://keras.io/api/layers/core_layers/dense/
 */
export const Dense = callableLayer(DenseLayer);
export type Dense = DenseLayer;
