import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../../callable";
import * as kinds from "../../options/kinds";
import { LearningRateSchedule, type RateAndSteps, rate, steps } from "./learning_rate_schedule";

/** Options of {@link CosineDecay}. */
export interface CosineDecayOptions {
  readonly initialLearningRate: number;
  /** Number of updates until the end is reached, not counting the warm-up. */
  readonly decaySteps: number;
  /** The end, as a share of the start. Default 0. */
  readonly alpha?: number;
  readonly name?: string;
  /** The rate that the warm-up climbs to. Default null: no warm-up. */
  readonly warmupTarget?: number | null;
  /** Default 0. */
  readonly warmupSteps?: number;
}

/** From 1 to `alpha` along half a cosine as `t` goes from 0 to 1. */
function cosine(t: tf.Tensor, alpha: number, height: tf.Tensor | number = 1): tf.Tensor {
  const half = tf.mul(0.5, tf.add(1, tf.cos(tf.mul(Math.PI, t))));
  return tf.add(tf.mul(1 - alpha, tf.mul(height, half)), alpha);
}

export class CosineDecaySchedule extends LearningRateSchedule {
  static override readonly className = "CosineDecay";
  declare readonly initialLearningRate: number;
  declare readonly decaySteps: number;
  declare readonly alpha: number;
  declare readonly name: string;
  declare readonly warmupTarget: number | null;
  declare readonly warmupSteps: number;

  constructor(...args: RateAndSteps<CosineDecayOptions>) {
    super();
    this.configureFrom<CosineDecayOptions>(
      args,
      {
        initialLearningRate: rate,
        decaySteps: steps,
        alpha: kinds.number(),
        name: kinds.name,
        warmupTarget: kinds.orNull(rate),
        warmupSteps: kinds.number({ min: 0 }),
      },
      { alpha: 0, name: "CosineDecay", warmupTarget: null, warmupSteps: 0 },
    );
  }

  override call(step: tf.Tensor): tf.Tensor {
    const { initialLearningRate, decaySteps, alpha, warmupTarget, warmupSteps } = this;
    if (warmupTarget === null) {
      return tf.mul(initialLearningRate, cosine(tf.div(tf.minimum(step, decaySteps), decaySteps), alpha));
    }
    const now = tf.minimum(step, decaySteps + warmupSteps);
    const climb = tf.div(tf.mul(warmupTarget - initialLearningRate, now), Math.max(1, warmupSteps));
    const decayed = tf.mul(warmupTarget, cosine(tf.div(tf.sub(now, warmupSteps), decaySteps), alpha));
    return tf.where(tf.less(now, warmupSteps), tf.add(climb, initialLearningRate), decayed);
  }
}

/**
 * Half a cosine from the start to `alpha` times it (Loshchilov and Hutter, 2017), optionally after a linear warm-up.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.optimizers.schedules.CosineDecay(0.1, 100)(50) // 0.05
 * ```
 */
export const CosineDecay = callable(CosineDecaySchedule);
export type CosineDecay = CosineDecaySchedule;

/** Options of {@link CosineDecayRestarts}. */
export interface CosineDecayRestartsOptions {
  readonly initialLearningRate: number;
  /** Updates until the first restart. */
  readonly firstDecaySteps: number;
  /** How many times longer each period is than the one before. Default 2. */
  readonly tMul?: number;
  /** The start of each period, as a share of the start of the one before. Default 1. */
  readonly mMul?: number;
  /** The end, as a share of the start. Default 0. */
  readonly alpha?: number;
  readonly name?: string;
}

type RestartsArguments =
  | [options: CosineDecayRestartsOptions]
  | [
      initialLearningRate: number,
      firstDecaySteps: number,
      options?: Omit<CosineDecayRestartsOptions, "initialLearningRate" | "firstDecaySteps">,
    ];

export class CosineDecayRestartsSchedule extends LearningRateSchedule {
  static override readonly className = "CosineDecayRestarts";
  declare readonly initialLearningRate: number;
  declare readonly firstDecaySteps: number;
  declare readonly tMul: number;
  declare readonly mMul: number;
  declare readonly alpha: number;
  declare readonly name: string;

  constructor(...args: RestartsArguments) {
    super();
    this.configureFrom<CosineDecayRestartsOptions>(
      args,
      {
        initialLearningRate: rate,
        firstDecaySteps: steps,
        tMul: kinds.number({ above: 0 }),
        mMul: kinds.number({ min: 0 }),
        alpha: kinds.number(),
        name: kinds.name,
      },
      { tMul: 2, mMul: 1, alpha: 0, name: "SGDRDecay" },
    );
  }

  override call(step: tf.Tensor): tf.Tensor {
    const { tMul } = this;
    const t = tf.div(step, this.firstDecaySteps);
    const restarts =
      tMul === 1 ? tf.floor(t) : tf.floor(tf.div(tf.log(tf.sub(1, tf.mul(t, 1 - tMul))), Math.log(tMul)));
    const length = tf.pow(tMul, restarts);
    const before = tMul === 1 ? restarts : tf.div(tf.sub(1, length), 1 - tMul);
    const within = tf.div(tf.sub(t, before), length);
    return tf.mul(this.initialLearningRate, cosine(within, this.alpha, tf.pow(this.mMul, restarts)));
  }
}

/**
 * {@link CosineDecay} that starts again after `firstDecaySteps`, each time `tMul` times longer (Loshchilov and Hutter,
 * 2017).
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.optimizers.schedules.CosineDecayRestarts(0.1, 100)(150) // 0.085
 * ```
 */
export const CosineDecayRestarts = callable(CosineDecayRestartsSchedule);
export type CosineDecayRestarts = CosineDecayRestartsSchedule;
