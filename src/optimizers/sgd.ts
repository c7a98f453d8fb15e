import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import * as kinds from "../options/kinds";
import { Optimizer } from "./optimizer";
import { allOptions, type FirstArgument, type OptimizerOptions, type OwnOptions } from "./optimizer_options";

/** Options of {@link SGD}. */
export interface SGDOptions extends OptimizerOptions {
  /** Share of the last update that is added to each, from 0 to 1. Default 0. */
  readonly momentum?: number;
  /** Whether to use Nesterov momentum, which looks ahead. Default false. */
  readonly nesterov?: boolean;
}

export class SGDOptimizer extends Optimizer {
  static override readonly className = "SGD";
  static override readonly ownOptions: OwnOptions<SGDOptions> = { momentum: kinds.share, nesterov: kinds.boolean };
  declare readonly momentum: number;
  declare readonly nesterov: boolean;
  readonly #momentums;

  constructor(first?: FirstArgument<SGDOptions>, options?: SGDOptions) {
    super(allOptions(first, options, { learningRate: 0.01, momentum: 0, nesterov: false }));
    this.#momentums = this.momentum === 0 ? undefined : this.addOptimizerVariables("momentum");
  }

  override updateStep(gradient: tf.Tensor, variable: tf.Variable, learningRate: tf.Tensor): void {
    const change = tf.mul(gradient, learningRate);
    if (this.#momentums === undefined) {
      variable.assign(tf.sub(variable, change));
      return;
    }
    const [momentum] = this.#momentums(variable);
    momentum.assign(tf.sub(tf.mul(momentum, this.momentum), change));
    const step = this.nesterov ? tf.sub(tf.mul(momentum, this.momentum), change) : momentum;
    variable.assign(tf.add(variable, step));
  }
}

/**
 * Gradient descent, optionally with momentum: `v = momentum · v - learningRate · g; w += v`. Learning rate 0.01 by
 * default;
 * `SGD(0.1)`, `SGD({ learningRate: 0.1, momentum: 0.9 })` or `"sgd"`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * const w = tf.variable(tf.tensor([1]));
 * keras.optimizers.SGD(0.1).apply([tf.tensor([2])], [w]);
 * w // [0.8]
 * ```
 * @see https://keras.io/api/optimizers/sgd/
 */
export const SGD = callable(SGDOptimizer);
export type SGD = SGDOptimizer;
