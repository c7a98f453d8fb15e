import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../../callable";
import * as kinds from "../../options/kinds";
import { LearningRateSchedule, rate, type ScheduleKinds, scheduleOptions, steps } from "./learning_rate_schedule";

/** Options of {@link ExponentialDecay} and {@link InverseTimeDecay}. */
export interface DecayOptions {
  readonly initialLearningRate: number;
  /** How many updates one decay takes. */
  readonly decaySteps: number;
  readonly decayRate: number;
  /** Whether the rate goes down in steps rather than smoothly. Default false. */
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

const decayKinds: ScheduleKinds = {
  required: { initialLearningRate: rate, decaySteps: steps, decayRate: kinds.number() },
  optional: { staircase: kinds.boolean, name: kinds.name },
};

abstract class Decay extends LearningRateSchedule {
  readonly initialLearningRate: number;
  readonly decaySteps: number;
  readonly decayRate: number;
  readonly staircase: boolean;
  override readonly name: string;

  constructor(...args: DecayArguments) {
    super();
    const where = `${new.target.className}()`;
    const options = scheduleOptions<DecayOptions>(where, decayKinds, args);
    this.initialLearningRate = options.initialLearningRate;
    this.decaySteps = options.decaySteps;
    this.decayRate = options.decayRate;
    this.staircase = options.staircase ?? false;
    this.name = options.name ?? new.target.className;
  }

  /** How many decays have passed. */
  protected decays(step: tf.Tensor): tf.Tensor {
    const decays = tf.div(step, this.decaySteps);
    return this.staircase ? tf.floor(decays) : decays;
  }

  override getConfig() {
    const { initialLearningRate, decaySteps, decayRate, staircase, name } = this;
    return { initialLearningRate, decaySteps, decayRate, staircase, name };
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
  /** After how many updates the end is reached. */
  readonly decaySteps: number;
  /** Default 0.0001. */
  readonly endLearningRate?: number;
  /** Default 1: a straight line. */
  readonly power?: number;
  /** Whether to start again, with a longer period, after the end. Default false. */
  readonly cycle?: boolean;
  readonly name?: string;
}

type PolynomialArguments =
  | [options: PolynomialDecayOptions]
  | [
      initialLearningRate: number,
      decaySteps: number,
      options?: Omit<PolynomialDecayOptions, "initialLearningRate" | "decaySteps">,
    ];

const polynomialKinds: ScheduleKinds = {
  required: { initialLearningRate: rate, decaySteps: steps },
  optional: { endLearningRate: rate, power: kinds.number(), cycle: kinds.boolean, name: kinds.name },
};

export class PolynomialDecaySchedule extends LearningRateSchedule {
  static override readonly className = "PolynomialDecay";
  readonly initialLearningRate: number;
  readonly decaySteps: number;
  readonly endLearningRate: number;
  readonly power: number;
  readonly cycle: boolean;
  override readonly name: string;

  constructor(...args: PolynomialArguments) {
    super();
    const options = scheduleOptions<PolynomialDecayOptions>("PolynomialDecay()", polynomialKinds, args);
    this.initialLearningRate = options.initialLearningRate;
    this.decaySteps = options.decaySteps;
    this.endLearningRate = options.endLearningRate ?? 0.0001;
    this.power = options.power ?? 1;
    this.cycle = options.cycle ?? false;
    this.name = options.name ?? "PolynomialDecay";
  }

  override call(step: tf.Tensor): tf.Tensor {
    const period = this.cycle
      ? tf.mul(this.decaySteps, tf.maximum(1, tf.ceil(tf.div(step, this.decaySteps))))
      : tf.scalar(this.decaySteps);
    const passed = tf.div(tf.minimum(step, period), period);
    const range = this.initialLearningRate - this.endLearningRate;
    return tf.add(tf.mul(range, tf.pow(tf.sub(1, passed), this.power)), this.endLearningRate);
  }

  override getConfig() {
    const { initialLearningRate, decaySteps, endLearningRate, power, cycle, name } = this;
    return { initialLearningRate, decaySteps, endLearningRate, power, cycle, name };
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
  /** The last step of each value but the last, ascending. */
  readonly boundaries: readonly number[];
  /** One more than there are boundaries. */
  readonly values: readonly number[];
  readonly name?: string;
}

const piecewiseKinds: ScheduleKinds = {
  required: { boundaries: kinds.numbers, values: kinds.numbers },
  optional: { name: kinds.name },
};

export class PiecewiseConstantDecaySchedule extends LearningRateSchedule {
  static override readonly className = "PiecewiseConstantDecay";
  readonly boundaries: readonly number[];
  readonly values: readonly number[];
  override readonly name: string;

  constructor(
    ...args:
      | [options: PiecewiseConstantDecayOptions]
      | [boundaries: readonly number[], values: readonly number[], options?: { readonly name?: string }]
  ) {
    super();
    const where = "PiecewiseConstantDecay()";
    const options = scheduleOptions<PiecewiseConstantDecayOptions>(where, piecewiseKinds, args);
    this.boundaries = options.boundaries;
    this.values = options.values;
    this.name = options.name ?? "PiecewiseConstant";
    if (this.boundaries.length !== this.values.length - 1) {
      throw new RangeError(
        `${where} expected one value more than boundaries but found ${this.values.length} values and ${this.boundaries.length} boundaries.`,
      );
    }
  }

  override call(step: tf.Tensor): tf.Tensor {
    let rate: tf.Tensor = tf.scalar(this.values[0] as number);
    for (const [i, boundary] of this.boundaries.entries()) {
      rate = tf.where(tf.greater(step, boundary), tf.scalar(this.values[i + 1] as number), rate);
    }
    return rate;
  }

  override getConfig() {
    return { boundaries: this.boundaries, values: this.values, name: this.name };
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
