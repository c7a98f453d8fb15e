import * as kinds from "../options/kinds";
import { describe } from "../options/options";
import { LearningRateSchedule } from "./schedules/learning_rate_schedule";

/** A learning rate: a number, or a schedule that gives one for each update. */
export type LearningRate = number | LearningRateSchedule;

/** Options of every optimizer. */
export interface OptimizerOptions {
  readonly learningRate?: LearningRate;
  /** Share of each weight that every update takes away, times the learning rate. Default null: none (AdamW: 0.004). */
  readonly weightDecay?: number | null;
  /** The largest norm of a gradient, each weight for itself. Default null: any. */
  readonly clipnorm?: number | null;
  /** The largest absolute value of a gradient's elements. Default null: any. */
  readonly clipvalue?: number | null;
  /** The largest norm of all gradients together. Default null: any. */
  readonly globalClipnorm?: number | null;
  /** Whether the weights' moving averages take their place at the end of training. Default false. */
  readonly useEma?: boolean;
  /** How much of an average each update keeps. Default 0.99. */
  readonly emaMomentum?: number;
  /** Every how many updates the averages take the weights' place. Default null: only at the end. */
  readonly emaOverwriteFrequency?: number | null;
  /** Over how many batches gradients are averaged for one update. Default null: 1. */
  readonly gradientAccumulationSteps?: number | null;
  readonly name?: string;
}

/** What `optimizer:` options an optimizer takes as its first argument: the learning rate or all of them. */
export type FirstArgument<O extends OptimizerOptions> = LearningRate | O;

/** What the options of one optimizer may be, beyond those of all. */
export type OwnOptions<O extends OptimizerOptions> = kinds.KindsOf<Omit<O, keyof OptimizerOptions>>;

const clip = kinds.orNull(kinds.number({ above: 0 }));

/** What the options of every optimizer may be. */
export const commonOptions: kinds.KindsOf<OptimizerOptions> = {
  learningRate: kinds.readElsewhere,
  weightDecay: kinds.orNull(kinds.number({ min: 0 })),
  clipnorm: clip,
  clipvalue: clip,
  globalClipnorm: clip,
  useEma: kinds.boolean,
  emaMomentum: kinds.share,
  emaOverwriteFrequency: kinds.orNull(kinds.count),
  gradientAccumulationSteps: kinds.orNull(kinds.number({ min: 2, whole: true })),
  name: kinds.name,
};

/** The options of an optimizer, whether the learning rate was given as first argument or among them. */
export function optimizerOptions<O extends OptimizerOptions>(
  first: FirstArgument<O> | undefined,
  options: O | undefined,
): O {
  if (typeof first === "number" || first instanceof LearningRateSchedule) {
    return { ...options, learningRate: first } as O;
  }
  if (first === undefined) return { ...options } as O;
  if (typeof first === "object" && first !== null) return first;
  throw new TypeError(
    `An optimizer takes its learning rate, or options such as { learningRate: 0.01 }, first, but found ${describe(first)}.`,
  );
}

/** `rate` if it is a learning rate; else an error that says where. */
export function checkRate(where: string, rate: unknown): LearningRate {
  if (rate instanceof LearningRateSchedule) return rate;
  if (typeof rate === "number" && Number.isFinite(rate) && rate >= 0) return rate;
  throw new TypeError(
    `${where} expected learningRate to be a number of 0 or more, or a keras.optimizers.schedules object, but found ${describe(rate)}.`,
  );
}
