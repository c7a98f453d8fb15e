import { callable } from "../callable";
import * as kinds from "../options/kinds";
import { checkOptions, describe } from "../options/options";
import { Callback, type Logs } from "./callback";

/** The learning rate of an epoch (counted from 0), from the one before it. */
export type EpochSchedule = (epoch: number, learningRate: number) => number;

export class LearningRateSchedulerCallback extends Callback {
  static readonly className = "LearningRateScheduler";
  readonly schedule: EpochSchedule;
  readonly #verbose: number;

  constructor(schedule: EpochSchedule, options: { readonly verbose?: 0 | 1 } = {}) {
    super();
    if (typeof schedule !== "function") {
      throw new TypeError(
        `LearningRateScheduler() takes a function (epoch, learningRate) => number, but found ${describe(schedule)}.`,
      );
    }
    checkOptions("LearningRateScheduler()", options, { verbose: kinds.oneOf(0, 1) });
    this.schedule = schedule;
    this.#verbose = options.verbose ?? 0;
  }

  override onEpochBegin(epoch: number): void {
    const { optimizer } = this.model;
    const rate = this.schedule(epoch, optimizer.learningRate);
    if (typeof rate !== "number" || !Number.isFinite(rate)) {
      throw new TypeError(
        `The schedule of a LearningRateScheduler must give a number, but gave ${describe(rate)} for epoch ${epoch}.`,
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
