import { asList } from "../backend/lists";
import { describe, didYouMean } from "../options/options";
import {
  Callback,
  type CallbackHooks,
  type CallbackLike,
  type CallbackParams,
  type HookName,
  hookNames,
  hookOf,
} from "./callback";
import type { CallbackModel, Model } from "./callback_model";
import { History } from "./history";
import type { Logs } from "./logs";
import { ProgbarLogger } from "./progbar_logger";

/** The callbacks of one run, called in order. */
export class CallbackList {
  readonly #callbacks: CallbackHooks[];

  /**
   * @param callbacks one, or a list
   * @param options `verbose` above 0 adds a progress bar, `addHistory` a {@link History}, if there is none
   * @throws TypeError for what is no callback, and for a misspelled method of a plain object
   */
  constructor(
    callbacks: CallbackLike | readonly CallbackLike[] | undefined,
    { verbose, addHistory = false }: { readonly verbose: number; readonly addHistory?: boolean },
  ) {
    this.#callbacks = asList<CallbackLike>(callbacks);
    this.#callbacks.forEach(check);
    if (verbose > 0 && !this.#callbacks.some((each) => each instanceof ProgbarLogger)) {
      this.#callbacks.push(new ProgbarLogger());
    }
    if (addHistory && this.history === undefined) this.#callbacks.push(new History());
  }

  /** The callback that records losses and metrics, if there is one. */
  get history(): History | undefined {
    return this.#callbacks.find((each) => each instanceof History);
  }

  /** Tells the callbacks what runs. */
  start(model: CallbackModel, params: CallbackParams): void {
    for (const callback of this.#callbacks) {
      if (!(callback instanceof Callback)) continue;
      callback.setModel(model as Model);
      callback.setParams(params);
    }
  }

  /** Whether any callback has a method for this moment. */
  wants(hook: HookName): boolean {
    return this.#callbacks.some((callback) => hookOf(callback, hook) !== undefined);
  }

  /** Whether any callback wants to be told of progress now. */
  wantsProgress(): boolean {
    // Each is asked, because some take the question as a sign of life.
    return this.#callbacks
      .filter(({ onProgress }) => onProgress)
      .map((each) => each.wantsProgress?.() ?? true)
      .includes(true);
  }

  /** Calls a method of all callbacks that have it, and waits for those that are async. */
  async call(hook: "onProgress", done: number, logs: Logs): Promise<void>;
  async call(hook: HookName, ...args: [logs?: Logs] | [index: number, logs?: Logs]): Promise<void>;
  async call(hook: HookName, ...args: unknown[]): Promise<void> {
    for (const callback of this.#callbacks) {
      const result = hookOf(callback, hook)?.call(callback, ...args);
      if (result instanceof Promise) await result;
    }
  }
}

function check(callback: CallbackLike): void {
  if (callback instanceof Callback) return;
  if (typeof callback !== "object" || callback === null) {
    throw new TypeError(
      `Expected callbacks to be keras.callbacks objects, or objects with methods such as onEpochEnd, but found ${describe(callback)}.`,
    );
  }
  for (const name of Object.keys(callback)) {
    if (name.startsWith("on") && !hookNames.includes(name)) {
      throw new TypeError(
        `A callback has no method "${name}". ${didYouMean(name, hookNames) || `It may have ${hookNames.join(", ")}.`}`,
      );
    }
  }
}
