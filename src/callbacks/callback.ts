import type { KerasModel } from "../models/model";

/** Losses and metrics by name, as a callback gets them. */
export type Logs = { [name: string]: number };

/** How a run was called. */
export interface CallbackParams {
  readonly verbose: number;
  readonly epochs: number;
  /** Steps of an epoch; null while that is not known, as with a generator. */
  readonly steps: number | null;
}

/** What a callback may do; any of it may be async. */
export interface CallbackHooks {
  onTrainBegin?(logs?: Logs): unknown;
  onTrainEnd?(logs?: Logs): unknown;
  onEpochBegin?(epoch: number, logs?: Logs): unknown;
  onEpochEnd?(epoch: number, logs?: Logs): unknown;
  /** Before each training step. Training slows down, because each step is run on its own. */
  onTrainBatchBegin?(batch: number, logs?: Logs): unknown;
  /** After each training step. Training slows down, because each step is run on its own. */
  onTrainBatchEnd?(batch: number, logs?: Logs): unknown;
  onTestBegin?(logs?: Logs): unknown;
  onTestEnd?(logs?: Logs): unknown;
  onTestBatchBegin?(batch: number, logs?: Logs): unknown;
  onTestBatchEnd?(batch: number, logs?: Logs): unknown;
  onPredictBegin?(logs?: Logs): unknown;
  onPredictEnd?(logs?: Logs): unknown;
  onPredictBatchBegin?(batch: number, logs?: Logs): unknown;
  onPredictBatchEnd?(batch: number, logs?: Logs): unknown;
  /**
   * Now and then while steps run, about twenty times a second at most, with the number of steps done: for progress. Unlike
   * the batch hooks it costs nothing.
   */
  onProgress?(done: number, logs: Logs): unknown;
  /**
   * Whether {@link onProgress} is worth a call now; it may come all the same. Default: it always is. Asking for the logs takes
   * as long as many steps of a small model, which a callback that acts seldom saves.
   */
  wantsProgress?(): boolean;
}

/** The names of {@link CallbackHooks}, and how Keras also calls two of them. */
export const hookNames = [
  "onTrainBegin",
  "onTrainEnd",
  "onEpochBegin",
  "onEpochEnd",
  "onTrainBatchBegin",
  "onTrainBatchEnd",
  "onTestBegin",
  "onTestEnd",
  "onTestBatchBegin",
  "onTestBatchEnd",
  "onPredictBegin",
  "onPredictEnd",
  "onPredictBatchBegin",
  "onPredictBatchEnd",
  "onProgress",
] as const satisfies readonly (keyof CallbackHooks)[];

/** The name of a moment at which callbacks are called. */
export type HookName = (typeof hookNames)[number];

/**
 * Base of what acts while a model trains. Write the methods you need; they may be async.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * class StopAtTarget extends keras.callbacks.Callback {
 *   override onEpochEnd(_epoch: number, logs: keras.callbacks.Logs = {}) {
 *     if ((logs["accuracy"] ?? 0) > 0.95) this.model.stopTraining = true;
 *   }
 * }
 * ```
 * @see https://keras.io/api/callbacks/base_callback/
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the methods are optional, which a class cannot declare
export class Callback implements CallbackHooks {
  /** The model that trains; set before the first call. */
  declare model: KerasModel;
  /** How the run was called. */
  params: CallbackParams = { verbose: 0, epochs: 1, steps: null };

  setModel(model: KerasModel): void {
    this.model = model;
  }

  setParams(params: CallbackParams): void {
    this.params = params;
  }
}

export interface Callback extends CallbackHooks {}

/** A callback, or a plain object with some of its methods. */
export type CallbackLike = Callback | CallbackHooks;
