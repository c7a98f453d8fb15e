import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import * as kinds from "../options/kinds";
import { Optimizer } from "./optimizer";
import { allOptions, epsilon, type FirstArgument, type OptimizerOptions, type OwnOptions } from "./optimizer_options";

/** Options of {@link Adadelta}. */
export interface AdadeltaOptions extends OptimizerOptions {
  /** Share of the mean squares that each update keeps. Default 0.95. */
  readonly rho?: number;
  /** Keeps the division finite. Default 1e-7. */
  readonly epsilon?: number;
}

export class AdadeltaOptimizer extends Optimizer {
  static override readonly className = "Adadelta";
  static override readonly ownOptions: OwnOptions<AdadeltaOptions> = { rho: kinds.share, epsilon };
  declare readonly rho: number;
  declare readonly epsilon: number;
  readonly #averages = this.addOptimizerVariables("accumulated_grad", "accumulated_delta_var");

  constructor(first?: FirstArgument<AdadeltaOptions>, options?: AdadeltaOptions) {
    super(allOptions(first, options, { rho: 0.95, epsilon: 1e-7 }));
  }

  override updateStep(gradient: tf.Tensor, variable: tf.Variable, learningRate: tf.Tensor): void {
    const { rho } = this;
    const root = (x: tf.Tensor) => tf.sqrt(tf.add(x, this.epsilon));
    const [gradients, changes] = this.#averages(variable);
    gradients.assign(tf.add(tf.mul(rho, gradients), tf.mul(1 - rho, tf.square(gradient))));
    const change = tf.neg(tf.div(tf.mul(root(changes), gradient), root(gradients)));
    changes.assign(tf.add(tf.mul(rho, changes), tf.mul(1 - rho, tf.square(change))));
    variable.assign(tf.add(variable, tf.mul(learningRate, change)));
  }
}

/**
 * Scales each step by the root mean square of the recent ones (Zeiler, 2012). Learning rate 0.001 by default; the
 * paper's is 1.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * const w = tf.variable(tf.tensor([1]));
 * keras.optimizers.Adadelta(1).apply([tf.tensor([2])], [w]);
 * w // [0.999]
 * ```
 * @see https://keras.io/api/optimizers/adadelta/
 */
export const Adadelta = callable(AdadeltaOptimizer);
export type Adadelta = AdadeltaOptimizer;
