import * as tf from "@tensorflow/tfjs-core";
import { callableLayer } from "../callable_layer";
import { Recurrent } from "./recurrent";

export class SimpleRNNLayer extends Recurrent {
  static override readonly className = "SimpleRNN";

  protected override step(projected: tf.Tensor2D, fed: tf.Tensor2D): tf.Tensor2D[] {
    const recurrent = tf.matMul(fed, this.recurrentKernel as tf.Tensor as tf.Tensor2D);
    return [this.activation(tf.add(projected, recurrent)) as tf.Tensor2D];
  }
}

/**
 * Recurrent layer that feeds its output back: `h = tanh(x · kernel + h · recurrentKernel + bias)`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.SimpleRNN(4)(tf.zeros([32, 10, 8])).shape // [32, 4]
 * ```
 * @see https://keras.io/api/layers/recurrent_layers/simple_rnn/
 */
export const SimpleRNN = callableLayer(SimpleRNNLayer);
export type SimpleRNN = SimpleRNNLayer;
