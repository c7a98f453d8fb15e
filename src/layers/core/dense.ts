import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../../callable";
import { positiveInteger } from "../arguments";
import type { Shape } from "../keras_tensor";
import { KernelLayer, type KernelOptions } from "../kernel_layer";

export class DenseLayer extends KernelLayer {
  static override readonly className = "Dense";
  static override readonly positional = ["units"];
  override supportsMasking = true;
  readonly units: number;

  constructor(units: number, options: KernelOptions = {}) {
    super(options);
    this.units = positiveInteger("Dense", "units", units);
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
    let y: tf.Tensor = tf.matMul(rows as tf.Tensor2D, kernel);
    if (this.bias !== undefined) y = tf.add(y, this.bias);
    if (x.rank > 2) y = tf.reshape(y, [...x.shape.slice(0, -1), this.units]);
    return this.activation(y);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return [...inputShape.slice(0, -1), this.units];
  }

  override getConfig() {
    return { ...super.getConfig(), units: this.units };
  }
}

/**
 * A fully connected layer: `activation(x · kernel + bias)` along the last axis, `[batch, …, in]` → `[batch, …, units]`.
 * Kernel `[in, units]` (`"glorot_uniform"`), bias `[units]` (zeros). https://keras.io/api/layers/core_layers/dense/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Dense(2, { kernelInitializer: "ones" })(tf.tensor2d([[1, 2, 3]])) // [[6, 6]]
 * ```
 */
export const Dense = callable(DenseLayer);
export type Dense = DenseLayer;
