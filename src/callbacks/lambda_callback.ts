import { callable } from "../callable";
import { checkOptions } from "../options/options";
import { Callback, type CallbackHooks, hookKinds } from "./callback";

export class LambdaCallbackImplementation extends Callback {
  static readonly className = "LambdaCallback";

  constructor(hooks: CallbackHooks = {}) {
    super();
    checkOptions("LambdaCallback()", hooks, hookKinds);
    Object.assign(this, hooks);
  }
}

/**
 * A callback made of functions. A plain object with the same methods is a callback as well.
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
