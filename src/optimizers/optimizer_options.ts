import * as kinds from "../options/kinds";
import { describe } from "../options/options";
import { LearningRateSchedule } from "./schedules/learning_rate_schedule";

/** A learning rate: a number, or a schedule that gives one for each update. */
export type LearningRate = number | LearningRateSchedule;

/** Options of every optimizer. */
export interface OptimizerOptions {
  /** Default 0.001 (SGD: 0.01). */
  readonly learningRate?: LearningRate;
  /** Share of each weight, times the learning rate, that every update subtracts. Default null: none (AdamW: 0.004). */
  readonly weightDecay?: number | null;
  /** The largest norm of a gradient, of each weight separately. Default null: any. */
  readonly clipnorm?: number | null;
  /** The largest absolute value of a gradient's elements. Default null: any. */
  readonly clipvalue?: number | null;
  /** The largest norm of all gradients together. Default null: any. */
  readonly globalClipnorm?: number | null;
  /** Whether the weights are replaced by their moving averages at the end of training. Default false. */
  readonly useEma?: boolean;
  /** Share of an average that each update keeps. Default 0.99. */
  readonly emaMomentum?: number;
  /** Number of updates after which the averages replace the weights, repeatedly. Default null: only at the end. */
  readonly emaOverwriteFrequency?: number | null;
  /** Number of batches whose gradients are averaged for one update. Default null: 1. */
  readonly gradientAccumulationSteps?: number | null;
  readonly name?: string;
}

/** The first argument of an optimizer: the learning rate, or all options. */
export type FirstArgument<O extends OptimizerOptions> = LearningRate | O;

/** What an optimizer's own options may be. */
export type OwnOptions<O extends OptimizerOptions> = kinds.KindsOf<Omit<O, keyof OptimizerOptions>>;

/** The decay of a mean over the updates. */
export const beta = kinds.number({ min: 0, below: 1 });

/** What keeps a division finite. */
export const epsilon = kinds.number({ min: 0 });

const clip = kinds.orNull(kinds.number({ above: 0 }));

/** What the options of every optimizer may be. */
export const commonOptions: kinds.KindsOf<OptimizerOptions> = {
  learningRate: {
    expected: "a number of 0 or more, or a keras.optimizers.schedules object",
    accepts: (rate) =>
      rate instanceof LearningRateSchedule || (typeof rate === "number" && Number.isFinite(rate) && rate >= 0),
  },
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

/** The defaults of the options of every optimizer, apart from the name. */
export const commonDefaults: Required<Omit<OptimizerOptions, "name">> & Pick<OptimizerOptions, "name"> = {
  learningRate: 0.001,
  weightDecay: null,
  clipnorm: null,
  globalClipnorm: null,
  clipvalue: null,
  useEma: false,
  emaMomentum: 0.99,
  emaOverwriteFrequency: null,
  gradientAccumulationSteps: null,
};

/** The options and defaults of an optimizer, whether the learning rate is the first argument or among the options. */
export function allOptions<O extends OptimizerOptions>(
  first: FirstArgument<O> | undefined,
  options: O | undefined,
  defaults: Partial<O>,
): O {
  const isRate = typeof first === "number" || first instanceof LearningRateSchedule;
  if (!isRate && first !== undefined && (typeof first !== "object" || first === null)) {
    throw new TypeError(
      `An optimizer expected its learning rate, or options such as { learningRate: 0.01 }, first but found ${describe(first)}.`,
    );
  }
  const given = isRate || first === undefined ? options : first;
  // What is not an object of options is left to the check of the constructor.
  if (given !== undefined && !kinds.object.accepts(given)) return given;
  const defined = Object.entries(given ?? {}).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(defined), ...(isRate ? { learningRate: first } : {}) } as O;
}
