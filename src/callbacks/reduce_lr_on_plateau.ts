import { callable } from "../callable";
import * as kinds from "../options/kinds";
import { checkOptions } from "../options/options";
import type { Logs } from "./logs";
import { MonitorCallback, type MonitorOptions, monitorKinds, verboseKind } from "./monitor_callback";

/** What `ReduceLROnPlateau` takes. */
export interface ReduceLROnPlateauOptions extends MonitorOptions {
  /** What the learning rate is multiplied by, below 1. Default 0.1. */
  readonly factor?: number;
  /** Epochs without an improvement before that. Default 10. */
  readonly patience?: number;
  /** Epochs after a reduction that do not count. Default 0. */
  readonly cooldown?: number;
  /** The least learning rate. Default 0. */
  readonly minLr?: number;
  /** How much better counts as an improvement. Default 1e-4. */
  readonly minDelta?: number;
  /** 1 says when it acts. Default 0. */
  readonly verbose?: 0 | 1;
}

const reduceLrKinds: kinds.KindsOf<ReduceLROnPlateauOptions> = {
  ...monitorKinds,
  factor: kinds.number({ above: 0, below: 1 }),
  patience: kinds.index,
  cooldown: kinds.index,
  minLr: kinds.number({ min: 0 }),
  verbose: verboseKind,
};

export class ReduceLROnPlateauCallback extends MonitorCallback {
  static override readonly className = "ReduceLROnPlateau";
  readonly #options: ReduceLROnPlateauOptions;
  #wait = 0;
  #cooldown = 0;

  constructor(options: ReduceLROnPlateauOptions = {}) {
    super({ minDelta: 1e-4, ...options });
    checkOptions("ReduceLROnPlateau()", options, reduceLrKinds);
    this.#options = options;
  }

  override onTrainBegin(): void {
    this.#wait = 0;
    this.#cooldown = 0;
    this.best = undefined;
  }

  override onEpochEnd(epoch: number, logs: Logs = {}): void {
    const { optimizer } = this.model;
    const { factor = 0.1, patience = 10, cooldown = 0, minLr = 0, verbose = 0 } = this.#options;
    const rate = optimizer.learningRate;
    logs["learning_rate"] = rate;
    const value = this.read(logs);
    if (value === undefined) return;
    if (this.#cooldown > 0) {
      this.#cooldown--;
      this.#wait = 0;
    }
    if (this.improves(value)) {
      this.best = value;
      this.#wait = 0;
    } else if (this.#cooldown === 0) {
      this.#wait++;
      // The rate is stored in 32 bits.
      if (this.#wait < patience || rate <= Math.fround(minLr)) return;
      const reduced = Math.max(rate * factor, minLr);
      optimizer.learningRate = reduced;
      if (verbose > 0) console.log(`\nEpoch ${epoch + 1}: ReduceLROnPlateau reducing learning rate to ${reduced}.`);
      this.#cooldown = cooldown;
      this.#wait = 0;
    }
  }
}

/**
 * Lowers the learning rate when a value has stopped improving.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * keras.callbacks.ReduceLROnPlateau({ monitor: "loss", factor: 0.5, patience: 3 });
 * ```
 * @see https://keras.io/api/callbacks/reduce_lr_on_plateau/
 */
export const ReduceLROnPlateau = callable(ReduceLROnPlateauCallback);
export type ReduceLROnPlateau = ReduceLROnPlateauCallback;
