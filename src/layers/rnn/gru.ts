import * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../../options/kinds";
import { callableLayer } from "../callable_layer";
import { Gated, type GatedOptions } from "./recurrent";

/** Options of {@link GRU}. */
export interface GRUOptions extends GatedOptions {
  /** Whether the reset gate acts after the matrix product (as cuDNN does) rather than before it. Default true. */
  readonly resetAfter?: boolean;
}

export class GRULayer extends Gated {
  static override readonly className = "GRU";
  static override readonly optionKinds = { ...Gated.optionKinds, resetAfter: kinds.boolean };
  protected override readonly gates = 3;
  readonly resetAfter: boolean;

  constructor(units: number, options: GRUOptions = {}) {
    super(units, options);
    this.resetAfter = options.resetAfter ?? true;
  }

  protected override addBiases(): void {
    this.addBias(this.resetAfter ? [2, 3 * this.units] : [3 * this.units]);
  }

  #biasRow(row: number): tf.Tensor | undefined {
    if (this.bias === undefined || !this.resetAfter) return this.bias;
    return tf.reshape(tf.slice(this.bias, [row, 0], [1, 3 * this.units]), [-1]);
  }

  protected override get inputBias(): tf.Tensor | undefined {
    return this.#biasRow(0);
  }

  protected override step(projected: tf.Tensor2D, fed: tf.Tensor2D, [h]: readonly [tf.Tensor2D]): tf.Tensor2D[] {
    const { units } = this;
    const kernel = this.recurrentKernel as tf.Tensor as tf.Tensor2D;
    const gate = this.recurrentActivation;
    const [xUpdate, xReset, xNew] = tf.split(projected, 3, 1) as [tf.Tensor, tf.Tensor, tf.Tensor];
    let update: tf.Tensor;
    let recurrent: tf.Tensor;
    if (this.resetAfter) {
      const bias = this.#biasRow(1);
      const product = tf.matMul(fed, kernel);
      const inner = bias === undefined ? product : tf.add(product, bias);
      const [hUpdate, hReset, hNew] = tf.split(inner, 3, 1) as [tf.Tensor, tf.Tensor, tf.Tensor];
      update = gate(tf.add(xUpdate, hUpdate));
      recurrent = tf.mul(gate(tf.add(xReset, hReset)), hNew);
    } else {
      const [gates, ofNew] = tf.split(kernel, [2 * units, units], 1) as [tf.Tensor2D, tf.Tensor2D];
      const [hUpdate, hReset] = tf.split(tf.matMul(fed, gates), 2, 1) as [tf.Tensor, tf.Tensor];
      update = gate(tf.add(xUpdate, hUpdate));
      recurrent = tf.matMul(tf.mul(gate(tf.add(xReset, hReset)), fed) as tf.Tensor2D, ofNew);
    }
    const candidate = this.activation(tf.add(xNew, recurrent));
    return [tf.add(tf.mul(update, h), tf.mul(tf.sub(1, update), candidate))];
  }
}

/**
 * Gated recurrent unit (Cho et al., 2014). Kernels hold update gate, reset gate and candidate side by side; with `resetAfter`
 * the bias is `[2, 3 · units]`, one row for inputs and one for the state.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.GRU(4)(tf.zeros([32, 10, 8])).shape // [32, 4]
 * ```
 * @see https://keras.io/api/layers/recurrent_layers/gru/
 */
export const GRU = callableLayer(GRULayer);
export type GRU = GRULayer;
