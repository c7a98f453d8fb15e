import * as kinds from "../options/kinds";
import type { Model } from "./callback_model";
import type { Logs } from "./logs";

export type { Logs } from "./logs";

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
  /** Keras's short name of {@link onTrainBatchBegin}; called where a callback lacks that method. */
  onBatchBegin?(batch: number, logs?: Logs): unknown;
  /** Keras's short name of {@link onTrainBatchEnd}; called where a callback lacks that method. */
  onBatchEnd?(batch: number, logs?: Logs): unknown;
  onTestBegin?(logs?: Logs): unknown;
  onTestEnd?(logs?: Logs): unknown;
  onTestBatchBegin?(batch: number, logs?: Logs): unknown;
  onTestBatchEnd?(batch: number, logs?: Logs): unknown;
  onPredictBegin?(logs?: Logs): unknown;
  onPredictEnd?(logs?: Logs): unknown;
  onPredictBatchBegin?(batch: number, logs?: Logs): unknown;
  onPredictBatchEnd?(batch: number, logs?: Logs): unknown;
  /**
   * While steps run, about twenty times a second at most, with the number of steps done. Unlike the batch hooks it costs
   * nothing.
   */
  onProgress?(done: number, logs: Logs): unknown;
  /**
   * Whether {@link onProgress} is worth a call now; it may be called even so. Default: it always is. Reading the logs takes
   * as long as many steps of a small model, which a callback that seldom acts can save.
   */
  wantsProgress?(): boolean;
}

/** The methods of {@link CallbackHooks}. */
export const hookKinds: kinds.KindsOf<CallbackHooks> = {
  onTrainBegin: kinds.callback,
  onTrainEnd: kinds.callback,
  onEpochBegin: kinds.callback,
  onEpochEnd: kinds.callback,
  onTrainBatchBegin: kinds.callback,
  onTrainBatchEnd: kinds.callback,
  onBatchBegin: kinds.callback,
  onBatchEnd: kinds.callback,
  onTestBegin: kinds.callback,
  onTestEnd: kinds.callback,
  onTestBatchBegin: kinds.callback,
  onTestBatchEnd: kinds.callback,
  onPredictBegin: kinds.callback,
  onPredictEnd: kinds.callback,
  onPredictBatchBegin: kinds.callback,
  onPredictBatchEnd: kinds.callback,
  onProgress: kinds.callback,
  wantsProgress: kinds.callback,
};

/** The name of a moment at which callbacks are called. */
export type HookName = Exclude<keyof CallbackHooks, "wantsProgress" | "onBatchBegin" | "onBatchEnd">;

const shortNames: { readonly [hook in HookName]?: "onBatchBegin" | "onBatchEnd" } = {
  onTrainBatchBegin: "onBatchBegin",
  onTrainBatchEnd: "onBatchEnd",
};

type AnyHook = (this: CallbackHooks, ...args: unknown[]) => unknown;

/** The method of a callback for a moment, if it has one. */
export function hookOf(callback: CallbackHooks, hook: HookName): AnyHook | undefined {
  const short = shortNames[hook];
  return (callback[hook] ?? (short && callback[short])) as AnyHook | undefined;
}

export const hookNames: readonly string[] = Object.keys(hookKinds).filter((name) => name.startsWith("on"));

/**
 * Base of callbacks, which act while a model trains. Write the methods you need; they may be async.
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
  declare model: Model;
  /** How the run was called. */
  params: CallbackParams = { verbose: 0, epochs: 1, steps: null };

  setModel(model: Model): void {
    this.model = model;
  }

  setParams(params: CallbackParams): void {
    this.params = params;
  }
}

export interface Callback extends CallbackHooks {}

/** A callback, or a plain object with some of its methods. */
export type CallbackLike = Callback | CallbackHooks;
