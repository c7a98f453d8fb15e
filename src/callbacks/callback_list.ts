import type { KerasModel } from "../models/model";
import { describe, didYouMean } from "../options/options";
import {
  Callback,
  type CallbackHooks,
  type CallbackLike,
  type CallbackParams,
  type HookName,
  hookNames,
  type Logs,
} from "./callback";

/** The callbacks of one run, called in order. */
export class CallbackList {
  readonly #callbacks: readonly CallbackHooks[];

  constructor(callbacks: readonly CallbackLike[], model: KerasModel, params: CallbackParams) {
    this.#callbacks = callbacks;
    for (const callback of callbacks) {
      if (!(callback instanceof Callback)) continue;
      callback.setModel(model);
      callback.setParams(params);
    }
  }

  /** Whether any callback wants to be called at this moment. */
  wants(hook: HookName): boolean {
    return this.#callbacks.some((callback) => callback[hook] !== undefined);
  }

  /** Whether any callback wants to be told of progress now. */
  wantsProgress(): boolean {
    // Every one is asked: for some, that is a sign of life.
    return this.#callbacks
      .filter(({ onProgress }) => onProgress)
      .map((each) => each.wantsProgress?.() ?? true)
      .includes(true);
  }

  /** Calls all callbacks that have something to do at a moment, and waits for those that are async. */
  async call(hook: "onProgress", done: number, logs: Logs): Promise<void>;
  async call(hook: HookName, ...args: [logs?: Logs] | [index: number, logs?: Logs]): Promise<void>;
  async call(hook: HookName, ...args: unknown[]): Promise<void> {
    for (const callback of this.#callbacks) {
      const result = (callback[hook] as ((...args: unknown[]) => unknown) | undefined)?.call(callback, ...args);
      if (result instanceof Promise) await result;
    }
  }
}

/** The callbacks that an option names: one, or a list; plain objects are checked for misspelt methods. */
export function standardizeCallbacks(callbacks: CallbackLike | readonly CallbackLike[] | undefined): CallbackLike[] {
  const list: readonly CallbackLike[] =
    callbacks === undefined ? [] : Array.isArray(callbacks) ? callbacks : [callbacks as CallbackLike];
  for (const callback of list) {
    if (callback instanceof Callback) continue;
    if (typeof callback !== "object" || callback === null) {
      throw new TypeError(
        `callbacks takes keras.callbacks objects, or objects with methods such as onEpochEnd, but found ${describe(callback)}.`,
      );
    }
    for (const name of Object.keys(callback)) {
      if (name.startsWith("on") && !(hookNames as readonly string[]).includes(name)) {
        throw new TypeError(
          `A callback has no method "${name}". ${didYouMean(name, hookNames) || `It may have ${hookNames.join(", ")}.`}`,
        );
      }
    }
  }
  return [...list];
}
