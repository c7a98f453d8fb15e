import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import * as kinds from "../options/kinds";
import { Optimizer } from "./optimizer";
import { allOptions, epsilon, type FirstArgument, type OptimizerOptions, type OwnOptions } from "./optimizer_options";

/** Options of {@link Adagrad}. */
export interface AdagradOptions extends OptimizerOptions {
  /** Initial value of the sums of squares. Default 0.1. */
  readonly initialAccumulatorValue?: number;
  /** Keeps the division finite. Default 1e-7. */
  readonly epsilon?: number;
}

export class AdagradOptimizer extends Optimizer {
  static override readonly className = "Adagrad";
  static override readonly ownOptions: OwnOptions<AdagradOptions> = {
    initialAccumulatorValue: kinds.number({ min: 0 }),
    epsilon,
  };
  declare readonly initialAccumulatorValue: number;
  declare readonly epsilon: number;
  readonly #accumulators;

  constructor(first?: FirstArgument<AdagradOptions>, options?: AdagradOptions) {
    super(allOptions(first, options, { initialAccumulatorValue: 0.1, epsilon: 1e-7 }));
    this.#accumulators = this.addOptimizerVariables(["accumulator", this.initialAccumulatorValue]);
  }

  override updateStep(gradient: tf.Tensor, variable: tf.Variable, learningRate: tf.Tensor): void {
    const [accumulator] = this.#accumulators(variable);
    accumulator.assign(tf.add(accumulator, tf.square(gradient)));
    const step = tf.div(tf.mul(learningRate, gradient), tf.sqrt(tf.add(accumulator, this.epsilon)));
    variable.assign(tf.sub(variable, step));
  }
}

/**
 * Divides each gradient by the root of the sum of its squares so far (Duchi et al., 2011). Learning rate 0.001 by
 * default.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * const w = tf.variable(tf.tensor([1]));
 * keras.optimizers.Adagrad(0.1).apply([tf.tensor([2])], [w]);
 * w // [0.901]
 * ```
 * @see https://keras.io/api/optimizers/adagrad/
 */
export const Adagrad = callable(AdagradOptimizer);
export type Adagrad = AdagradOptimizer;
