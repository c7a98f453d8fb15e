import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import * as kinds from "../options/kinds";
import { Optimizer } from "./optimizer";
import { allOptions, beta, type FirstArgument, type OptimizerOptions, type OwnOptions } from "./optimizer_options";

/** Options of {@link Lion}. */
export interface LionOptions extends OptimizerOptions {
  /** Share of the momentum in the direction of an update. Default 0.9. */
  readonly beta1?: number;
  /** Share of the momentum that each update keeps. Default 0.99. */
  readonly beta2?: number;
}

export class LionOptimizer extends Optimizer {
  static override readonly className = "Lion";
  static override readonly ownOptions: OwnOptions<LionOptions> = {
    beta1: kinds.number({ above: 0, below: 1 }),
    beta2: beta,
  };
  declare readonly beta1: number;
  declare readonly beta2: number;
  readonly #momentums = this.addOptimizerVariables("momentum");

  constructor(first?: FirstArgument<LionOptions>, options?: LionOptions) {
    super(allOptions(first, options, { beta1: 0.9, beta2: 0.99 }));
  }

  override updateStep(gradient: tf.Tensor, variable: tf.Variable, learningRate: tf.Tensor): void {
    const [momentum] = this.#momentums(variable);
    const direction = tf.sign(tf.add(tf.mul(momentum, this.beta1), tf.mul(gradient, 1 - this.beta1)));
    variable.assign(tf.sub(variable, tf.mul(learningRate, direction)));
    momentum.assign(tf.add(tf.mul(momentum, this.beta2), tf.mul(gradient, 1 - this.beta2)));
  }
}

/**
 * Steps of the same size along the sign of the momentum (Chen et al., 2023). Learning rate 0.001 by default.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * const w = tf.variable(tf.tensor([1]));
 * keras.optimizers.Lion(0.1).apply([tf.tensor([2])], [w]);
 * w // [0.9]
 * ```
 * @see https://keras.io/api/optimizers/lion/
 */
export const Lion = callable(LionOptimizer);
export type Lion = LionOptimizer;
