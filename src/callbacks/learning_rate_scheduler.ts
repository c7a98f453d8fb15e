import { callable } from "../callable";
import * as kinds from "../options/kinds";
import { checked, checkOptions, describe } from "../options/options";
import { Callback, type Logs } from "./callback";
import { verboseKind } from "./monitor_callback";

/** The learning rate of an epoch (counted from 0), from the one before it. */
export type EpochSchedule = (epoch: number, learningRate: number) => number;

const scheduleKind: kinds.Kind = { ...kinds.callback, expected: "a function (epoch, learningRate) => number" };

export class LearningRateSchedulerCallback extends Callback {
  static readonly className = "LearningRateScheduler";
  readonly schedule: EpochSchedule;
  readonly #verbose: number;

  constructor(schedule: EpochSchedule, options: { readonly verbose?: 0 | 1 } = {}) {
    super();
    this.schedule = checked("LearningRateScheduler()", "schedule", schedule, scheduleKind);
    checkOptions("LearningRateScheduler()", options, { verbose: verboseKind });
    this.#verbose = options.verbose ?? 0;
  }

  override onEpochBegin(epoch: number): void {
    const { optimizer } = this.model;
    const rate = this.schedule(epoch, optimizer.learningRate);
    if (typeof rate !== "number" || !Number.isFinite(rate)) {
      throw new TypeError(
        `LearningRateScheduler() expected schedule to return a number but found ${describe(rate)} for epoch ${epoch}.`,
      );
    }
    optimizer.learningRate = rate;
    if (this.#verbose > 0) console.log(`\nEpoch ${epoch + 1}: LearningRateScheduler setting learning rate to ${rate}.`);
  }

  override onEpochEnd(_epoch: number, logs: Logs = {}): void {
    logs["learning_rate"] = this.model.optimizer.learningRate;
  }
}

/**
 * Sets the learning rate at the start of each epoch.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * keras.callbacks.LearningRateScheduler((epoch, rate) => (epoch < 10 ? rate : rate * Math.exp(-0.1)));
 * ```
 * @see https://keras.io/api/callbacks/learning_rate_scheduler/
 */
export const LearningRateScheduler = callable(LearningRateSchedulerCallback);
export type LearningRateScheduler = LearningRateSchedulerCallback;
