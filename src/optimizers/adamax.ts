import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import * as kinds from "../options/kinds";
import { Optimizer, type Slot } from "./optimizer";
import { type FirstArgument, type OptimizerOptions, type OwnOptions, optimizerOptions } from "./optimizer_options";

/** Options of {@link Adamax}. */
export interface AdamaxOptions extends OptimizerOptions {
  /** How much of the mean gradient each update keeps. Default 0.9. */
  readonly beta1?: number;
  /** How much of the mean square each update keeps. Default 0.999. */
  readonly beta2?: number;
  /** Keeps the division finite. Default 1e-7. */
  readonly epsilon?: number;
}

export class AdamaxOptimizer extends Optimizer {
  static override readonly className = "Adamax";
  static override readonly ownOptions: OwnOptions<AdamaxOptions> = {
    beta1: kinds.number({ min: 0, below: 1 }),
    beta2: kinds.number({ min: 0, below: 1 }),
    epsilon: kinds.number({ min: 0 }),
  };
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  #power: tf.Tensor | number = 0;
  #momentums: Slot = [];
  #norms: Slot = [];

  constructor(first?: FirstArgument<AdamaxOptions>, options?: AdamaxOptions) {
    const all = optimizerOptions(first, options);
    super({ learningRate: 0.001, ...all });
    this.beta1 = all.beta1 ?? 0.9;
    this.beta2 = all.beta2 ?? 0.999;
    this.epsilon = all.epsilon ?? 1e-7;
  }

  override build(variables: readonly tf.Variable[]): void {
    if (this.built) return;
    super.build(variables);
    [this.#momentums, this.#norms] = this.addSlots(["momentum", "norm"]) as [Slot, Slot];
  }

  protected override prepare(): void {
    this.#power = tf.pow(this.beta1, tf.add(tf.cast(this.iterations, "float32"), 1));
  }

  override updateStep(gradient: tf.Tensor, variable: tf.Variable, learningRate: tf.Tensor): void {
    const momentum = this.slotOf(this.#momentums, variable);
    const norm = this.slotOf(this.#norms, variable);
    momentum.assign(tf.add(momentum, tf.mul(tf.sub(gradient, momentum), 1 - this.beta1)));
    norm.assign(tf.maximum(tf.mul(this.beta2, norm), tf.abs(gradient)));
    const rate = tf.div(learningRate, tf.sub(1, this.#power));
    variable.assign(tf.sub(variable, tf.div(tf.mul(rate, momentum), tf.add(norm, this.epsilon))));
  }

  override getConfig() {
    const { beta1, beta2, epsilon } = this;
    return { ...super.getConfig(), beta1, beta2, epsilon };
  }
}

/**
 * Adam with the largest recent gradient in place of the mean square (Kingma and Ba, 2015, section 7). Learning rate 0.001 by
 * default. https://keras.io/api/optimizers/adamax/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * const w = tf.variable(tf.tensor([1]));
 * keras.optimizers.Adamax(0.1).apply([tf.tensor([2])], [w]);
 * w // [0.9]
 * ```
 */
export const Adamax = callable(AdamaxOptimizer);
export type Adamax = AdamaxOptimizer;
