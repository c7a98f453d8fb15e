import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import * as kinds from "../options/kinds";
import { Optimizer, type Slot } from "./optimizer";
import { type FirstArgument, type OptimizerOptions, type OwnOptions, optimizerOptions } from "./optimizer_options";

/** Options of {@link Lion}. */
export interface LionOptions extends OptimizerOptions {
  /** How much of the momentum an update follows. Default 0.9. */
  readonly beta1?: number;
  /** How much of the momentum each update keeps. Default 0.99. */
  readonly beta2?: number;
}

export class LionOptimizer extends Optimizer {
  static override readonly className = "Lion";
  static override readonly ownOptions: OwnOptions<LionOptions> = {
    beta1: kinds.number({ min: 0, below: 1 }),
    beta2: kinds.number({ min: 0, below: 1 }),
  };
  readonly beta1: number;
  readonly beta2: number;
  #momentums: Slot = [];

  constructor(first?: FirstArgument<LionOptions>, options?: LionOptions) {
    const all = optimizerOptions(first, options);
    super({ learningRate: 0.001, ...all });
    this.beta1 = all.beta1 ?? 0.9;
    this.beta2 = all.beta2 ?? 0.99;
    if (!(this.beta1 > 0 && this.beta1 <= 1)) {
      throw new RangeError(`Lion() expected beta1 above 0 and at most 1 but found ${this.beta1}.`);
    }
  }

  override build(variables: readonly tf.Variable[]): void {
    if (this.built) return;
    super.build(variables);
    [this.#momentums] = this.addSlots(["momentum"]) as [Slot];
  }

  override updateStep(gradient: tf.Tensor, variable: tf.Variable, learningRate: tf.Tensor): void {
    const momentum = this.slotOf(this.#momentums, variable);
    const direction = tf.sign(tf.add(tf.mul(momentum, this.beta1), tf.mul(gradient, 1 - this.beta1)));
    variable.assign(tf.sub(variable, tf.mul(learningRate, direction)));
    momentum.assign(tf.add(tf.mul(momentum, this.beta2), tf.mul(gradient, 1 - this.beta2)));
  }

  override getConfig() {
    const { beta1, beta2 } = this;
    return { ...super.getConfig(), beta1, beta2 };
  }
}

/**
 * Steps of the same size along the sign of the momentum (Chen et al., 2023). Learning rate 0.001 by default.
 * https://keras.io/api/optimizers/lion/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * const w = tf.variable(tf.tensor([1]));
 * keras.optimizers.Lion(0.1).apply([tf.tensor([2])], [w]);
 * w // [0.9]
 * ```
 */
export const Lion = callable(LionOptimizer);
export type Lion = LionOptimizer;
