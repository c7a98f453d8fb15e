import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import * as kinds from "../options/kinds";
import { Optimizer } from "./optimizer";
import { allOptions, type FirstArgument, type OptimizerOptions, type OwnOptions } from "./optimizer_options";

/** Options of {@link Ftrl}. */
export interface FtrlOptions extends OptimizerOptions {
  /** How the rate falls with the sum of squares, 0 or less. Default -0.5. */
  readonly learningRatePower?: number;
  /** Initial value of the sums of squares. Default 0.1. */
  readonly initialAccumulatorValue?: number;
  /** Default 0. */
  readonly l1RegularizationStrength?: number;
  /** Default 0. */
  readonly l2RegularizationStrength?: number;
  /** A penalty on the size of the weights, not part of the proximal step. Default 0. */
  readonly l2ShrinkageRegularizationStrength?: number;
  /** The β of the paper. Default 0. */
  readonly beta?: number;
}

export class FtrlOptimizer extends Optimizer {
  static override readonly className = "Ftrl";
  static override readonly ownOptions: OwnOptions<FtrlOptions> = {
    learningRatePower: kinds.number({ max: 0 }),
    initialAccumulatorValue: kinds.number({ min: 0 }),
    l1RegularizationStrength: kinds.number({ min: 0 }),
    l2RegularizationStrength: kinds.number({ min: 0 }),
    l2ShrinkageRegularizationStrength: kinds.number({ min: 0 }),
    beta: kinds.number(),
  };
  declare readonly learningRatePower: number;
  declare readonly initialAccumulatorValue: number;
  declare readonly l1RegularizationStrength: number;
  declare readonly l2RegularizationStrength: number;
  declare readonly l2ShrinkageRegularizationStrength: number;
  declare readonly beta: number;
  readonly #sums;

  constructor(first?: FirstArgument<FtrlOptions>, options?: FtrlOptions) {
    super(
      allOptions(first, options, {
        learningRatePower: -0.5,
        initialAccumulatorValue: 0.1,
        l1RegularizationStrength: 0,
        l2RegularizationStrength: 0,
        l2ShrinkageRegularizationStrength: 0,
        beta: 0,
      }),
    );
    this.#sums = this.addOptimizerVariables(["accumulator", this.initialAccumulatorValue], "linear");
  }

  override updateStep(gradient: tf.Tensor, variable: tf.Variable, learningRate: tf.Tensor): void {
    const [accumulator, linear] = this.#sums(variable);
    const l1 = this.l1RegularizationStrength;
    const l2 = tf.add(this.l2RegularizationStrength, tf.div(this.beta / 2, learningRate));
    const shrunk = tf.add(gradient, tf.mul(2 * this.l2ShrinkageRegularizationStrength, variable));
    const sum = tf.add(accumulator, tf.square(gradient));
    const power = (x: tf.Tensor) => tf.div(tf.pow(x, -this.learningRatePower), learningRate);
    linear.assign(tf.add(linear, tf.sub(shrunk, tf.mul(tf.sub(power(sum), power(accumulator)), variable))));
    const clipped = tf.clipByValue(linear, -l1, l1);
    variable.assign(tf.div(tf.sub(clipped, linear), tf.add(power(sum), tf.mul(2, l2))));
    accumulator.assign(sum);
  }
}

/**
 * Follow the regularized leader, for sparse linear models (McMahan et al., 2013). Learning rate 0.001 by default.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * const w = tf.variable(tf.tensor([1]));
 * keras.optimizers.Ftrl(0.1).apply([tf.tensor([2])], [w]);
 * w // [0.745]
 * ```
 * @see https://keras.io/api/optimizers/ftrl/
 */
export const Ftrl = callable(FtrlOptimizer);
export type Ftrl = FtrlOptimizer;
