import type { CallbackLike } from "../callbacks/callback";
import { checkOptions, describe } from "../utils/options";
import type { Batches, Data } from "./data";
import type { ClassWeight } from "./sample_weights";

/** How much is printed: nothing, a bar, a line an epoch. `"auto"` is the bar. */
export type Verbose = "auto" | 0 | 1 | 2;

/** Data for validation: arrays, or batches. */
export type ValidationData = readonly [x: Data, y: Data, sampleWeight?: Data] | Batches;

/** What `fit` takes besides the data. */
export interface FitOptions {
  /** Samples for each update. Default 32. */
  readonly batchSize?: number;
  /** Passes over the data. Default 1. */
  readonly epochs?: number;
  /** Default `"auto"`: a bar. */
  readonly verbose?: Verbose;
  /** `keras.callbacks` objects, or plain objects with methods such as `onEpochEnd`. */
  readonly callbacks?: CallbackLike | readonly CallbackLike[];
  /** Share of the samples, from the end, that is kept for validation. Default 0. */
  readonly validationSplit?: number;
  /** `[x, y]` or `[x, y, sampleWeight]`, or batches. */
  readonly validationData?: ValidationData;
  /** Whether each epoch takes the rows in a new order. Default true. */
  readonly shuffle?: boolean;
  /** How much samples count by their class: `{ 0: 1, 1: 5 }`; 1 for classes that are not named. */
  readonly classWeight?: ClassWeight;
  /** How much each sample counts: one number for each. */
  readonly sampleWeight?: Data;
  /** The epoch to go on from, counted from 0; training ends with epoch `epochs` all the same. Default 0. */
  readonly initialEpoch?: number;
  /** Updates in an epoch. Default: one pass over the data. */
  readonly stepsPerEpoch?: number;
  /** Batches of validation data to use. Default all. */
  readonly validationSteps?: number;
  /** Default the training's `batchSize`. */
  readonly validationBatchSize?: number;
  /** Validates every so many epochs, or after the epochs in a list (counted from 1). Default 1. */
  readonly validationFreq?: number | readonly number[];
}

const fitOptionNames = [
  "batchSize",
  "epochs",
  "verbose",
  "callbacks",
  "validationSplit",
  "validationData",
  "shuffle",
  "classWeight",
  "sampleWeight",
  "initialEpoch",
  "stepsPerEpoch",
  "validationSteps",
  "validationBatchSize",
  "validationFreq",
] as const satisfies readonly (keyof FitOptions)[];

/** What `evaluate` takes besides the data. */
export interface EvaluateOptions {
  /** Default 32. */
  readonly batchSize?: number;
  readonly verbose?: Verbose;
  readonly sampleWeight?: Data;
  /** Batches to use. Default all. */
  readonly steps?: number;
  readonly callbacks?: CallbackLike | readonly CallbackLike[];
  /** True gives an object by name instead of a list. Default false. */
  readonly returnDict?: boolean;
}

/** What `predict` takes besides the data. */
export type PredictOptions = Pick<EvaluateOptions, "batchSize" | "verbose" | "steps" | "callbacks">;

/** What `trainOnBatch` takes besides the batch. */
export interface BatchOptions {
  readonly sampleWeight?: Data;
  readonly classWeight?: ClassWeight;
  readonly returnDict?: boolean;
}

function checkCount(where: string, name: string, value: unknown, least = 1): void {
  if (value === undefined || (typeof value === "number" && Number.isInteger(value) && value >= least)) return;
  throw new RangeError(
    `${where}: expected ${name} to be a whole number of ${least} or more, but found ${describe(value)}.`,
  );
}

function checkVerbose(where: string, verbose: unknown): void {
  if (verbose === undefined || ["auto", 0, 1, 2].includes(verbose as Verbose)) return;
  throw new RangeError(
    `${where}: expected verbose to be 0 (nothing), 1 (a bar), 2 (a line an epoch) or "auto", but found ${describe(verbose)}.`,
  );
}

/** `verbose` as a number. */
export const verbosity = (verbose: Verbose | undefined): 0 | 1 | 2 =>
  verbose === undefined || verbose === "auto" ? 1 : verbose;

/** Throws for options of `fit` that do not exist, are out of range, or contradict one another. */
export function checkFitOptions(options: FitOptions, batches: boolean): void {
  const where = "model.fit()";
  checkOptions(where, options, fitOptionNames);
  for (const name of ["batchSize", "epochs", "stepsPerEpoch", "validationSteps", "validationBatchSize"] as const) {
    checkCount(where, name, options[name]);
  }
  checkCount(where, "initialEpoch", options.initialEpoch, 0);
  checkVerbose(where, options.verbose);
  if (options.shuffle !== undefined && typeof options.shuffle !== "boolean") {
    throw new TypeError(`${where}: expected shuffle to be true or false, but found ${describe(options.shuffle)}.`);
  }
  const { validationSplit, validationFreq } = options;
  if (
    validationSplit !== undefined &&
    !(typeof validationSplit === "number" && validationSplit >= 0 && validationSplit < 1)
  ) {
    throw new RangeError(
      `${where}: expected validationSplit from 0 to below 1, but found ${describe(validationSplit)}.`,
    );
  }
  if (validationFreq !== undefined) {
    for (const freq of [validationFreq].flat()) checkCount(where, "validationFreq", freq);
  }
  if (!batches) return;
  for (const name of ["validationSplit", "batchSize", "sampleWeight", "classWeight"] as const) {
    if (options[name] === undefined || (name === "validationSplit" && options[name] === 0)) continue;
    const instead = {
      validationSplit: "Give validationData",
      batchSize: "The batches have their own size",
      sampleWeight: "Yield [x, y, sampleWeight]",
      classWeight: "Yield [x, y, sampleWeight]",
    }[name];
    throw new Error(`${where}: ${name} cannot be used with a generator of batches. ${instead}.`);
  }
}

/** Throws for options of `evaluate` or `predict` that do not exist or are out of range. */
export function checkRunOptions(
  where: string,
  options: EvaluateOptions,
  allowed: readonly (keyof EvaluateOptions)[],
): void {
  checkOptions(where, options, allowed);
  checkCount(where, "batchSize", options.batchSize);
  checkCount(where, "steps", options.steps);
  checkVerbose(where, options.verbose);
}
