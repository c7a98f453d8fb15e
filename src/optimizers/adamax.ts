import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import type { AdamOptions } from "./adam";
import { Optimizer } from "./optimizer";
import { allOptions, beta, epsilon, type FirstArgument, type OwnOptions } from "./optimizer_options";

/** Options of {@link Adamax}. */
export type AdamaxOptions = Omit<AdamOptions, "amsgrad">;

export class AdamaxOptimizer extends Optimizer {
  static override readonly className = "Adamax";
  static override readonly ownOptions: OwnOptions<AdamaxOptions> = { beta1: beta, beta2: beta, epsilon };
  declare readonly beta1: number;
  declare readonly beta2: number;
  declare readonly epsilon: number;
  #power: tf.Tensor | number = 0;
  readonly #moments = this.addOptimizerVariables("momentum", "norm");

  constructor(first?: FirstArgument<AdamaxOptions>, options?: AdamaxOptions) {
    super(allOptions(first, options, { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }));
  }

  protected override prepare(): void {
    this.#power = tf.pow(this.beta1, tf.add(tf.cast(this.iterations, "float32"), 1));
  }

  override updateStep(gradient: tf.Tensor, variable: tf.Variable, learningRate: tf.Tensor): void {
    const [momentum, norm] = this.#moments(variable);
    momentum.assign(tf.add(momentum, tf.mul(tf.sub(gradient, momentum), 1 - this.beta1)));
    norm.assign(tf.maximum(tf.mul(this.beta2, norm), tf.abs(gradient)));
    const rate = tf.div(learningRate, tf.sub(1, this.#power));
    variable.assign(tf.sub(variable, tf.div(tf.mul(rate, momentum), tf.add(norm, this.epsilon))));
  }
}

/**
 * Adam with the largest recent gradient instead of the mean square (Kingma and Ba, 2015, section 7). Learning rate
 * 0.001 by default.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * const w = tf.variable(tf.tensor([1]));
 * keras.optimizers.Adamax(0.1).apply([tf.tensor([2])], [w]);
 * w // [0.9]
 * ```
 * @see https://keras.io/api/optimizers/adamax/
 */
export const Adamax = callable(AdamaxOptimizer);
export type Adamax = AdamaxOptimizer;
