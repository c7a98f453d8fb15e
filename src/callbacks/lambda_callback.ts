import { callable } from "../callable";
import * as kinds from "../options/kinds";
import { checkOptions } from "../options/options";
import { Callback, type CallbackHooks, hookNames } from "./callback";

export class LambdaCallbackImplementation extends Callback {
  static readonly className = "LambdaCallback";

  constructor(hooks: CallbackHooks = {}) {
    super();
    const names = [...hookNames, "wantsProgress"];
    checkOptions("LambdaCallback()", hooks, Object.fromEntries(names.map((name) => [name, kinds.callback])));
    Object.assign(this, hooks);
  }
}

/**
 * A callback made of functions. A plain object with the same methods does as well.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * keras.callbacks.LambdaCallback({ onEpochEnd: (epoch, logs) => console.log(epoch, logs) });
 * ```
 * @see https://keras.io/api/callbacks/lambda_callback/
 */
export const LambdaCallback = callable(LambdaCallbackImplementation);
export type LambdaCallback = LambdaCallbackImplementation;
