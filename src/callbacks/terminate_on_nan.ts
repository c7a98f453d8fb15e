import { callable } from "../callable";
import { Callback, type Logs } from "./callback";

export class TerminateOnNaNCallback extends Callback {
  static readonly className = "TerminateOnNaN";

  override onProgress(done: number, logs: Logs): void {
    this.#check(`Step ${done}`, logs);
  }

  override onEpochEnd(epoch: number, logs: Logs = {}): void {
    if (!this.model.stopTraining) this.#check(`Epoch ${epoch + 1}`, logs);
  }

  // Once one step's loss is NaN, so is the mean over the epoch.
  #check(when: string, logs: Logs): void {
    const loss = logs["loss"];
    if (loss === undefined || Number.isFinite(loss)) return;
    console.log(`${when}: Invalid loss, terminating training`);
    this.model.stopTraining = true;
  }
}

/**
 * Ends training when the loss is NaN or infinite.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * keras.callbacks.TerminateOnNaN();
 * ```
 * @see https://keras.io/api/callbacks/terminate_on_nan/
 */
export const TerminateOnNaN = callable(TerminateOnNaNCallback);
export type TerminateOnNaN = TerminateOnNaNCallback;
