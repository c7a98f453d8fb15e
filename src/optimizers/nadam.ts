import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import type { AdamOptions } from "./adam";
import { Optimizer } from "./optimizer";
import { allOptions, beta, epsilon, type FirstArgument, type OwnOptions } from "./optimizer_options";

/** Options of {@link Nadam}. */
export type NadamOptions = Omit<AdamOptions, "amsgrad">;

export class NadamOptimizer extends Optimizer {
  static override readonly className = "Nadam";
  static override readonly ownOptions: OwnOptions<NadamOptions> = { beta1: beta, beta2: beta, epsilon };
  declare readonly beta1: number;
  declare readonly beta2: number;
  declare readonly epsilon: number;
  #product: tf.Variable | undefined;
  // The bias-corrected factors of the three terms of an update.
  #ofMomentum: tf.Tensor | number = 0;
  #ofGradient: tf.Tensor | number = 0;
  #ofVelocity: tf.Tensor | number = 1;
  readonly #moments = this.addOptimizerVariables("momentum", "velocity");

  constructor(first?: FirstArgument<NadamOptions>, options?: NadamOptions) {
    super(allOptions(first, options, { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }));
  }

  override build(variables: readonly tf.Variable[]): void {
    if (this.built) return;
    super.build(variables);
    this.#product = this.addVariable(1, "u_product");
  }

  protected override prepare(): void {
    const step = tf.add(tf.cast(this.iterations, "float32"), 1);
    const share = (at: tf.Tensor) => tf.mul(this.beta1, tf.sub(1, tf.mul(0.5, tf.pow(0.96, at))));
    const [now, next] = [share(step), share(tf.add(step, 1))];
    const product = this.#product as tf.Variable;
    product.assign(tf.mul(product, now));
    this.#ofMomentum = tf.div(next, tf.sub(1, tf.mul(product, next)));
    this.#ofGradient = tf.div(tf.sub(1, now), tf.sub(1, product));
    this.#ofVelocity = tf.sub(1, tf.pow(this.beta2, step));
  }

  override updateStep(gradient: tf.Tensor, variable: tf.Variable, learningRate: tf.Tensor): void {
    const [momentum, velocity] = this.#moments(variable);
    momentum.assign(tf.add(momentum, tf.mul(tf.sub(gradient, momentum), 1 - this.beta1)));
    velocity.assign(tf.add(velocity, tf.mul(tf.sub(tf.square(gradient), velocity), 1 - this.beta2)));
    const ahead = tf.add(tf.mul(this.#ofMomentum, momentum), tf.mul(this.#ofGradient, gradient));
    const spread = tf.add(tf.sqrt(tf.div(velocity, this.#ofVelocity)), this.epsilon);
    variable.assign(tf.sub(variable, tf.div(tf.mul(ahead, learningRate), spread)));
  }
}

/**
 * Adam with Nesterov momentum (Dozat, 2016). Learning rate 0.001 by default.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * const w = tf.variable(tf.tensor([1]));
 * keras.optimizers.Nadam(0.1).apply([tf.tensor([2])], [w]);
 * w // [0.9]
 * ```
 * @see https://keras.io/api/optimizers/Nadam/
 */
export const Nadam = callable(NadamOptimizer);
export type Nadam = NadamOptimizer;
