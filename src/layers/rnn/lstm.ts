import * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../../options/kinds";
import { callableLayer } from "../callable_layer";
import { Gated, type GatedOptions } from "./recurrent";

/** Options of {@link LSTM}. */
export interface LSTMOptions extends GatedOptions {
  /** Whether the bias of the forget gate starts at 1 (Jozefowicz et al., 2015). Default true. */
  readonly unitForgetBias?: boolean;
}

export class LSTMLayer extends Gated {
  static override readonly className = "LSTM";
  static override readonly optionKinds = { ...Gated.optionKinds, unitForgetBias: kinds.boolean };
  protected override readonly gates = 4;
  protected override readonly stateCount = 2;
  readonly unitForgetBias: boolean;

  constructor(units: number, options: LSTMOptions = {}) {
    super(units, options);
    this.unitForgetBias = options.unitForgetBias ?? true;
  }

  protected override addBiases(): void {
    const { units, unitForgetBias } = this;
    const { initializer, ...restraints } = this.treatments.bias;
    const start = (_shape: readonly number[], dtype?: tf.DataType) =>
      tf.concat([initializer.call([units], dtype), tf.ones([units]), initializer.call([2 * units], dtype)]);
    this.addBias([4 * units], { initializer: unitForgetBias ? start : initializer, ...restraints });
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
}

/**
 * Long short-term memory (Hochreiter and Schmidhuber, 1997). Kernels hold input, forget, cell and output gate side by side.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.LSTM(4, { returnSequences: true })(tf.zeros([32, 10, 8])).shape // [32, 10, 4]
 * ```
 * @see https://keras.io/api/layers/recurrent_layers/lstm/
 */
export const LSTM = callableLayer(LSTMLayer);
export type LSTM = LSTMLayer;
