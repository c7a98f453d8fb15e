import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import * as kinds from "../options/kinds";
import { Optimizer } from "./optimizer";
import { allOptions, epsilon, type FirstArgument, type OptimizerOptions, type OwnOptions } from "./optimizer_options";

/** Options of {@link RMSprop}. */
export interface RMSpropOptions extends OptimizerOptions {
  /** Share of the mean square that each update keeps. Default 0.9. */
  readonly rho?: number;
  /** Share of the last update that is added to each. Default 0. */
  readonly momentum?: number;
  /** Keeps the division finite. Default 1e-7. */
  readonly epsilon?: number;
  /** Whether to divide by the variance instead of the mean square. Default false. */
  readonly centered?: boolean;
}

export class RMSpropOptimizer extends Optimizer {
  static override readonly className = "RMSprop";
  static override readonly ownOptions: OwnOptions<RMSpropOptions> = {
    rho: kinds.share,
    momentum: kinds.share,
    epsilon,
    centered: kinds.boolean,
  };
  declare readonly rho: number;
  declare readonly momentum: number;
  declare readonly epsilon: number;
  declare readonly centered: boolean;
  readonly #scale: number;
  #rate: tf.Tensor | number = 0;
  readonly #velocities = this.addOptimizerVariables("velocity");
  readonly #momentums;
  readonly #averages;

  constructor(first?: FirstArgument<RMSpropOptions>, options?: RMSpropOptions) {
    super(allOptions(first, options, { rho: 0.9, momentum: 0, epsilon: 1e-7, centered: false }));
    this.#scale = this.rho < 1 ? Math.sqrt(1 - this.rho) : 1;
    this.#momentums = this.momentum > 0 ? this.addOptimizerVariables("momentum") : undefined;
    this.#averages = this.centered ? this.addOptimizerVariables("average_gradient") : undefined;
  }

  protected override prepare(learningRate: tf.Tensor): void {
    this.#rate = tf.div(learningRate, this.#scale);
  }

  override updateStep(gradient: tf.Tensor, variable: tf.Variable): void {
    const { rho } = this;
    const [velocity] = this.#velocities(variable);
    // The square of the scaled gradient needs no factor, which saves one pass over the weights.
    const scaled = tf.mul(gradient, this.#scale);
    velocity.assign(tf.add(tf.mul(rho, velocity), rho < 1 ? tf.square(scaled) : tf.mul(1 - rho, tf.square(gradient))));
    let spread: tf.Tensor = velocity;
    if (this.#averages) {
      const [average] = this.#averages(variable);
      average.assign(tf.add(tf.mul(rho, average), tf.mul((1 - rho) / this.#scale, scaled)));
      spread = tf.sub(velocity, tf.square(average));
    }
    const step = tf.div(tf.mul(this.#rate, scaled), tf.sqrt(tf.add(spread, this.epsilon)));
    if (this.#momentums === undefined) {
      variable.assign(tf.sub(variable, step));
      return;
    }
    const [momentum] = this.#momentums(variable);
    momentum.assign(tf.add(tf.mul(this.momentum, momentum), step));
    variable.assign(tf.sub(variable, momentum));
  }
}

/**
 * Divides each gradient by the root of its mean square (Hinton, 2012): `v = rho · v + (1 - rho) · g²; w -= learningRate
 * · g / sqrt(v + epsilon)`. Learning rate 0.001 by default; Keras's default optimizer.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * const w = tf.variable(tf.tensor([1]));
 * keras.optimizers.RMSprop(0.1).apply([tf.tensor([2])], [w]);
 * w // [0.684]
 * ```
 * @see https://keras.io/api/optimizers/rmsprop/
 */
export const RMSprop = callable(RMSpropOptimizer);
export type RMSprop = RMSpropOptimizer;
