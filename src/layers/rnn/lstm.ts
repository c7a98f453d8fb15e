import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../../callable";
import { Gated, type GatedOptions } from "./recurrent";

/** Options of {@link LSTM}. */
export interface LSTMOptions extends GatedOptions {
  /** Whether the bias of the forget gate starts at 1 (Jozefowicz et al., 2015). Default true. */
  readonly unitForgetBias?: boolean;
}

export class LSTMLayer extends Gated {
  static override readonly className = "LSTM";
  readonly unitForgetBias: boolean;

  constructor(units: number, options: LSTMOptions = {}) {
    super(units, options, 4, 2, ["unitForgetBias"]);
    this.unitForgetBias = options.unitForgetBias ?? true;
  }

  protected override addBias(): tf.Variable {
    const { initializer, ...rest } = this.treatments.bias;
    const { units } = this;
    const start = (shape: readonly number[], dtype?: tf.DataType) => {
      if (!this.unitForgetBias) return initializer.call(shape, dtype);
      return tf.concat([initializer.call([units], dtype), tf.ones([units]), initializer.call([2 * units], dtype)]);
    };
    return this.addWeight({ name: "bias", shape: [4 * units], initializer: start, ...rest });
  }

  protected override step(
    projected: tf.Tensor2D,
    fed: tf.Tensor2D,
    [, c]: readonly [tf.Tensor2D, tf.Tensor2D],
  ): tf.Tensor2D[] {
    const z = tf.add(projected, tf.matMul(fed, this.recurrentKernel as tf.Tensor as tf.Tensor2D));
    const [input, forget, candidate, output] = tf.split(z, 4, 1) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    const gate = this.recurrentActivation;
    const added = tf.mul(gate(input), this.activation(candidate));
    const next = tf.add(tf.mul(gate(forget), c), added) as tf.Tensor2D;
    return [tf.mul(gate(output), this.activation(next)), next];
  }

  override getConfig() {
    return { ...super.getConfig(), unitForgetBias: this.unitForgetBias };
  }
}

/**
 * Long short-term memory (Hochreiter and Schmidhuber, 1997). Kernels hold input, forget, cell and output gate side by side.
 * https://keras.io/api/layers/recurrent_layers/lstm/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.LSTM(4, { returnSequences: true })(tf.zeros([32, 10, 8])).shape // [32, 10, 4]
 * ```
 */
export const LSTM = callable(LSTMLayer);
export type LSTM = LSTMLayer;
