import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../../callable";
import * as kinds from "../../options/kinds";
import { LearningRateSchedule, type RateAndSteps, rate, steps } from "./learning_rate_schedule";

/** Options of {@link ExponentialDecay} and {@link InverseTimeDecay}. */
export interface DecayOptions {
  readonly initialLearningRate: number;
  /** Number of updates of one decay. */
  readonly decaySteps: number;
  readonly decayRate: number;
  /** Whether the rate falls in steps rather than smoothly. Default false. */
  readonly staircase?: boolean;
  readonly name?: string;
}

type DecayArguments =
  | [options: DecayOptions]
  | [
      initialLearningRate: number,
      decaySteps: number,
      decayRate: number,
      options?: Pick<DecayOptions, "staircase" | "name">,
    ];

abstract class Decay extends LearningRateSchedule {
  declare readonly initialLearningRate: number;
  declare readonly decaySteps: number;
  declare readonly decayRate: number;
  declare readonly staircase: boolean;
  declare readonly name: string;

  constructor(...args: DecayArguments) {
    super();
    this.configureFrom<DecayOptions>(
      args,
      {
        initialLearningRate: rate,
        decaySteps: steps,
        decayRate: kinds.number(),
        staircase: kinds.boolean,
        name: kinds.name,
      },
      { staircase: false, name: new.target.className },
    );
  }

  /** The number of decays so far. */
  protected decays(step: tf.Tensor): tf.Tensor {
    const decays = tf.div(step, this.decaySteps);
    return this.staircase ? tf.floor(decays) : decays;
  }
}

export class ExponentialDecaySchedule extends Decay {
  static override readonly className = "ExponentialDecay";

  override call(step: tf.Tensor): tf.Tensor {
    return tf.mul(this.initialLearningRate, tf.pow(this.decayRate, this.decays(step)));
  }
}

/**
 * `initialLearningRate · decayRate ^ (step / decaySteps)`.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.optimizers.schedules.ExponentialDecay(0.1, 1000, 0.5)(2000) // 0.025
 * ```
 */
export const ExponentialDecay = callable(ExponentialDecaySchedule);
export type ExponentialDecay = ExponentialDecaySchedule;

export class InverseTimeDecaySchedule extends Decay {
  static override readonly className = "InverseTimeDecay";

  override call(step: tf.Tensor): tf.Tensor {
    return tf.div(this.initialLearningRate, tf.add(1, tf.mul(this.decayRate, this.decays(step))));
  }
}

/**
 * `initialLearningRate / (1 + decayRate · step / decaySteps)`.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.optimizers.schedules.InverseTimeDecay(0.1, 1000, 1)(1000) // 0.05
 * ```
 */
export const InverseTimeDecay = callable(InverseTimeDecaySchedule);
export type InverseTimeDecay = InverseTimeDecaySchedule;

/** Options of {@link PolynomialDecay}. */
export interface PolynomialDecayOptions {
  readonly initialLearningRate: number;
  /** Number of updates until the end is reached. */
  readonly decaySteps: number;
  /** Default 0.0001. */
  readonly endLearningRate?: number;
  /** Default 1: a straight line. */
  readonly power?: number;
  /** Whether to start again, with a longer period, after the end. Default false. */
  readonly cycle?: boolean;
  readonly name?: string;
}

export class PolynomialDecaySchedule extends LearningRateSchedule {
  static override readonly className = "PolynomialDecay";
  declare readonly initialLearningRate: number;
  declare readonly decaySteps: number;
  declare readonly endLearningRate: number;
  declare readonly power: number;
  declare readonly cycle: boolean;
  declare readonly name: string;

  constructor(...args: RateAndSteps<PolynomialDecayOptions>) {
    super();
    this.configureFrom<PolynomialDecayOptions>(
      args,
      {
        initialLearningRate: rate,
        decaySteps: steps,
        endLearningRate: rate,
        power: kinds.number(),
        cycle: kinds.boolean,
        name: kinds.name,
      },
      { endLearningRate: 0.0001, power: 1, cycle: false, name: "PolynomialDecay" },
    );
  }

  override call(step: tf.Tensor): tf.Tensor {
    const period = this.cycle
      ? tf.mul(this.decaySteps, tf.maximum(1, tf.ceil(tf.div(step, this.decaySteps))))
      : tf.scalar(this.decaySteps);
    const passed = tf.div(tf.minimum(step, period), period);
    const range = this.initialLearningRate - this.endLearningRate;
    return tf.add(tf.mul(range, tf.pow(tf.sub(1, passed), this.power)), this.endLearningRate);
  }
}

/**
 * From `initialLearningRate` to `endLearningRate` in `decaySteps` updates along `(1 - t)^power`.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.optimizers.schedules.PolynomialDecay(0.1, 100, { endLearningRate: 0 })(50) // 0.05
 * ```
 */
export const PolynomialDecay = callable(PolynomialDecaySchedule);
export type PolynomialDecay = PolynomialDecaySchedule;

/** Options of {@link PiecewiseConstantDecay}. */
export interface PiecewiseConstantDecayOptions {
  /** The last step of each value except the last one, ascending. */
  readonly boundaries: readonly number[];
  /** The rates: one more than there are boundaries. */
  readonly values: readonly number[];
  readonly name?: string;
}

export class PiecewiseConstantDecaySchedule extends LearningRateSchedule {
  static override readonly className = "PiecewiseConstantDecay";
  declare readonly boundaries: readonly number[];
  declare readonly values: readonly number[];
  declare readonly name: string;

  constructor(
    ...args:
      | [options: PiecewiseConstantDecayOptions]
      | [boundaries: readonly number[], values: readonly number[], options?: { readonly name?: string }]
  ) {
    super();
    this.configureFrom<PiecewiseConstantDecayOptions>(
      args,
      { boundaries: kinds.numbers, values: kinds.numbers, name: kinds.name },
      { name: "PiecewiseConstant" },
    );
    if (this.boundaries.length !== this.values.length - 1) {
      throw new RangeError(
        `PiecewiseConstantDecay() expected one more value than boundaries but found ${this.values.length} values and ${this.boundaries.length} boundaries.`,
      );
    }
  }

  override call(step: tf.Tensor): tf.Tensor {
    let rate: tf.Tensor = tf.scalar(this.values[0]!);
    for (const [i, boundary] of this.boundaries.entries()) {
      rate = tf.where(tf.greater(step, boundary), tf.scalar(this.values[i + 1]!), rate);
    }
    return rate;
  }
}

/**
 * `values[0]` up to and including step `boundaries[0]`, then `values[1]`, and so on.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.optimizers.schedules.PiecewiseConstantDecay([100], [0.1, 0.01])(101) // 0.01
 * ```
 */
export const PiecewiseConstantDecay = callable(PiecewiseConstantDecaySchedule);
export type PiecewiseConstantDecay = PiecewiseConstantDecaySchedule;
