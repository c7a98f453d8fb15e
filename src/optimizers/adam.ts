import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import * as kinds from "../options/kinds";
import { Optimizer } from "./optimizer";
import {
  allOptions,
  beta,
  epsilon,
  type FirstArgument,
  type OptimizerOptions,
  type OwnOptions,
} from "./optimizer_options";

/** Options of {@link Adam}. */
export interface AdamOptions extends OptimizerOptions {
  /** Share of the mean gradient that each update keeps. Default 0.9. */
  readonly beta1?: number;
  /** Share of the mean square that each update keeps. Default 0.999. */
  readonly beta2?: number;
  /** Keeps the division finite. Default 1e-7. */
  readonly epsilon?: number;
  /** Whether to divide by the largest mean square so far (Reddi et al., 2018). Default false. */
  readonly amsgrad?: boolean;
}

export class AdamOptimizer extends Optimizer {
  static override readonly className: string = "Adam";
  static override readonly ownOptions: OwnOptions<AdamOptions> = {
    beta1: beta,
    beta2: beta,
    epsilon,
    amsgrad: kinds.boolean,
  };
  declare readonly beta1: number;
  declare readonly beta2: number;
  declare readonly epsilon: number;
  declare readonly amsgrad: boolean;
  #rate: tf.Tensor | number = 0;
  readonly #moments = this.addOptimizerVariables("momentum", "velocity");
  readonly #largest;

  constructor(first?: FirstArgument<AdamOptions>, options?: AdamOptions) {
    super(allOptions(first, options, { beta1: 0.9, beta2: 0.999, epsilon: 1e-7, amsgrad: false }));
    this.#largest = this.amsgrad ? this.addOptimizerVariables("velocity_hat") : undefined;
  }

  protected override prepare(learningRate: tf.Tensor): void {
    const step = tf.add(tf.cast(this.iterations, "float32"), 1);
    const correction = tf.div(tf.sqrt(tf.sub(1, tf.pow(this.beta2, step))), tf.sub(1, tf.pow(this.beta1, step)));
    this.#rate = tf.mul(learningRate, correction);
  }

  override updateStep(gradient: tf.Tensor, variable: tf.Variable): void {
    const [momentum, velocity] = this.#moments(variable);
    const { beta1, beta2 } = this;
    const share = tf.mul(gradient, 1 - beta1);
    momentum.assign(tf.add(tf.mul(momentum, beta1), share));
    // From the share, so that the gradient is read only once, and its factor can be fused with the operation that
    // computes it.
    const square =
      beta1 < 1 ? tf.mul(tf.square(share), (1 - beta2) / (1 - beta1) ** 2) : tf.mul(tf.square(gradient), 1 - beta2);
    velocity.assign(tf.add(tf.mul(velocity, beta2), square));
    let spread = velocity;
    if (this.#largest) {
      [spread] = this.#largest(variable);
      spread.assign(tf.maximum(spread, velocity));
    }
    const step = tf.div(tf.mul(momentum, this.#rate), tf.add(tf.sqrt(spread), this.epsilon));
    variable.assign(tf.sub(variable, step));
  }
}

/**
 * Mean gradient divided by the root of the mean square, both corrected for their start at 0 (Kingma and Ba, 2015, with
 * the "epsilon hat" of the paragraph before section 2.1, as in Keras). Learning rate 0.001 by default; `Adam(0.01)` or
 * `"adam"`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * const w = tf.variable(tf.tensor([1]));
 * keras.optimizers.Adam(0.1).apply([tf.tensor([2])], [w]);
 * w // [0.9]
 * ```
 * @see https://keras.io/api/optimizers/adam/
 */
export const Adam = callable(AdamOptimizer);
export type Adam = AdamOptimizer;

export class AdamWOptimizer extends AdamOptimizer {
  static override readonly className = "AdamW";

  constructor(first?: FirstArgument<AdamOptions>, options?: AdamOptions) {
    const all = allOptions(first, options, { weightDecay: 0.004 });
    if (all.weightDecay === null) {
      throw new TypeError(
        "AdamW() expected weightDecay to be a number but found null. Without weight decay use Adam().",
      );
    }
    super(all);
  }
}

/**
 * {@link Adam} with weight decay, 0.004 by default, applied separately from the gradients (Loshchilov and Hutter,
 * 2019).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * const w = tf.variable(tf.tensor([1]));
 * keras.optimizers.AdamW(0.1, { weightDecay: 0.5 }).apply([tf.tensor([2])], [w]);
 * w // [0.85]
 * ```
 * @see https://keras.io/api/optimizers/adamw/
 */
export const AdamW = callable(AdamWOptimizer);
export type AdamW = AdamWOptimizer;
