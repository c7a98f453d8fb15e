import type * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import * as kinds from "../options/kinds";
import { checkOptions } from "../options/options";
import type { Logs } from "./logs";
import { MonitorCallback, type MonitorOptions, monitorKinds, verboseKind } from "./monitor_callback";

/** What `EarlyStopping` takes. */
export interface EarlyStoppingOptions extends MonitorOptions {
  /** Epochs without an improvement after which training ends. Default 0. */
  readonly patience?: number;
  /** A value that training must exceed to go on. Default none. */
  readonly baseline?: number;
  /** Whether the weights of the best epoch are restored at the end. Default false. */
  readonly restoreBestWeights?: boolean;
  /** Epochs at the start that do not count. Default 0. */
  readonly startFromEpoch?: number;
  /** 1 says when it stops. Default 0. */
  readonly verbose?: 0 | 1;
}

const earlyStoppingKinds: kinds.KindsOf<EarlyStoppingOptions> = {
  ...monitorKinds,
  patience: kinds.index,
  baseline: kinds.number(),
  restoreBestWeights: kinds.boolean,
  startFromEpoch: kinds.index,
  verbose: verboseKind,
};

export class EarlyStoppingCallback extends MonitorCallback {
  static override readonly className = "EarlyStopping";
  readonly #options: EarlyStoppingOptions;
  #wait = 0;
  #bestWeights: tf.Tensor[] | undefined;
  /** The epoch at which training was ended, counted from 0; 0 if it was not. */
  stoppedEpoch = 0;
  /** The epoch of the best value, counted from 0; 0 before there is one. */
  bestEpoch = 0;

  constructor(options: EarlyStoppingOptions = {}) {
    super(options);
    checkOptions("EarlyStopping()", options, earlyStoppingKinds);
    this.#options = options;
  }

  override onTrainBegin(): void {
    this.#wait = 0;
    this.stoppedEpoch = 0;
    this.#bestWeights = undefined;
    this.bestEpoch = 0;
    this.best = undefined;
  }

  override onEpochEnd(epoch: number, logs: Logs = {}): void {
    const { startFromEpoch = 0, patience = 0, baseline, restoreBestWeights = false, verbose = 0 } = this.#options;
    const value = this.read(logs);
    if (value === undefined || epoch < startFromEpoch) return;
    if (restoreBestWeights && this.#bestWeights === undefined) {
      // Weights to restore even if nothing improves.
      this.#bestWeights = this.model.getWeights();
      this.bestEpoch = epoch;
    }
    this.#wait++;
    if (this.improves(value)) {
      this.best = value;
      this.bestEpoch = epoch;
      if (restoreBestWeights) this.#bestWeights = this.model.getWeights();
      if (baseline === undefined || this.isBetter(value, baseline)) this.#wait = 0;
      return;
    }
    if (this.#wait >= patience && epoch > 0) {
      this.stoppedEpoch = epoch;
      this.model.stopTraining = true;
      if (verbose > 0) console.log(`Epoch ${epoch + 1}: early stopping`);
    }
  }

  override onTrainEnd(): void {
    if (this.#bestWeights === undefined) return;
    if (this.#options.verbose) {
      console.log(`Restoring model weights from the end of the best epoch: ${this.bestEpoch + 1}.`);
    }
    this.model.setWeights(this.#bestWeights);
  }
}

/**
 * Ends training when a value has stopped improving.
 *
 * @throws TypeError for an unknown option
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * const stop = keras.callbacks.EarlyStopping({ patience: 2, restoreBestWeights: true });
 * stop.stoppedEpoch; // 0
 * stop.bestEpoch; // 0
 * ```
 * @see https://keras.io/api/callbacks/early_stopping/
 */
export const EarlyStopping = callable(EarlyStoppingCallback);
export type EarlyStopping = EarlyStoppingCallback;
