import type { CallbackLike } from "../callbacks/callback";
import * as kinds from "../options/kinds";
import { checkOptions } from "../options/options";
import type { Batches } from "./batches";
import type { Data } from "./data";
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
  /** The epoch to begin with, counted from 0; `epochs` is still where training ends. Default 0. */
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

/** What `evaluate` takes besides the data. */
export interface EvaluateOptions {
  /** Default 32. */
  readonly batchSize?: number;
  readonly verbose?: Verbose;
  readonly sampleWeight?: Data;
  /** Batches to use. Default all. */
  readonly steps?: number;
  readonly callbacks?: CallbackLike | readonly CallbackLike[];
  /** Whether to return an object by name instead of a list. Default false. */
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

const verbose: kinds.Kind = {
  ...kinds.oneOf("auto", 0, 1, 2),
  expected: '0 (nothing), 1 (a bar), 2 (a line an epoch) or "auto"',
};

// Data and callbacks are checked where they are read.
/** What {@link PredictOptions} may be. */
export const predictKinds: kinds.KindsOf<PredictOptions> = {
  batchSize: kinds.count,
  verbose,
  steps: kinds.count,
  callbacks: kinds.readElsewhere,
};

/** What {@link EvaluateOptions} may be. */
export const evaluateKinds: kinds.KindsOf<EvaluateOptions> = {
  ...predictKinds,
  sampleWeight: kinds.readElsewhere,
  returnDict: kinds.boolean,
};

/** What {@link BatchOptions} may be. */
export const batchKinds: kinds.KindsOf<BatchOptions> = {
  sampleWeight: kinds.readElsewhere,
  classWeight: kinds.readElsewhere,
  returnDict: kinds.boolean,
};

const fitKinds: kinds.KindsOf<FitOptions> = {
  batchSize: kinds.count,
  epochs: kinds.count,
  verbose,
  callbacks: kinds.readElsewhere,
  validationSplit: kinds.number({ min: 0, below: 1 }),
  validationData: kinds.readElsewhere,
  shuffle: kinds.boolean,
  classWeight: kinds.readElsewhere,
  sampleWeight: kinds.readElsewhere,
  initialEpoch: kinds.index,
  stepsPerEpoch: kinds.count,
  validationSteps: kinds.count,
  validationBatchSize: kinds.count,
  validationFreq: {
    expected: "a whole number of 1 or more, or a list of epochs",
    accepts: (value) => [value].flat().every(kinds.count.accepts),
  },
};

/** `verbose` as a number. */
export const verbosity = (verbose: Verbose | undefined): 0 | 1 | 2 =>
  verbose === undefined || verbose === "auto" ? 1 : verbose;

/** Throws for options of `fit` that do not exist, are out of range, or do not go with batches. */
export function checkFitOptions(options: FitOptions, batches: boolean): void {
  const where = "model.fit()";
  checkOptions(where, options, fitKinds);
  if (!batches) return;
  const instead = {
    validationSplit: "Give validationData",
    batchSize: "The batches have their own size",
    sampleWeight: "Yield [x, y, sampleWeight]",
    classWeight: "Yield [x, y, sampleWeight]",
  } as const;
  for (const [name, hint] of Object.entries(instead)) {
    const value = options[name as keyof typeof instead];
    if (value === undefined || (name === "validationSplit" && value === 0)) continue;
    throw new Error(`${where}: ${name} cannot be used with a generator of batches. ${hint}.`);
  }
}
