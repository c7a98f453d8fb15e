import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { callable } from "../callable";
import { fixed } from "../display/decimals";
import * as kinds from "../options/kinds";
import { checkOptions, describe } from "../options/options";
import { formatPath } from "./format_path";
import type { Logs } from "./logs";
import { MonitorCallback, type MonitorOptions, monitorKinds, verboseKind } from "./monitor_callback";
import { type SaveFrequency, saveByBatches, saveFrequency } from "./save_frequency";

/** What `ModelCheckpoint` takes besides the path. */
export interface ModelCheckpointOptions extends Omit<MonitorOptions, "minDelta"> {
  /** Whether only a model better than all before is saved. Default false. */
  readonly saveBestOnly?: boolean;
  /** Whether only the weights are saved; the path then ends in `.weights.h5`. Default false. */
  readonly saveWeightsOnly?: boolean;
  /** After each epoch, or every so many batches, which slows training down. Default `"epoch"`. */
  readonly saveFreq?: SaveFrequency;
  /** A value that the first model must exceed to be saved. Default none. */
  readonly initialValueThreshold?: number | null;
  /** 1 says when it saves. Default 0. */
  readonly verbose?: 0 | 1;
}

const checkpointKinds: kinds.KindsOf<ModelCheckpointOptions> = {
  monitor: monitorKinds.monitor,
  mode: monitorKinds.mode,
  saveBestOnly: kinds.boolean,
  saveWeightsOnly: kinds.boolean,
  saveFreq: saveFrequency,
  initialValueThreshold: kinds.orNull(kinds.number()),
  verbose: verboseKind,
};

export class ModelCheckpointCallback extends MonitorCallback {
  static override readonly className = "ModelCheckpoint";
  readonly filepath: string;
  readonly #options: ModelCheckpointOptions;
  #epoch = 0;

  constructor(filepath: string, options: ModelCheckpointOptions = {}) {
    super(options);
    const who = "ModelCheckpoint()";
    checkOptions(who, options, checkpointKinds);
    const ending = options.saveWeightsOnly === true ? ".weights.h5" : ".keras";
    if (typeof filepath !== "string" || !filepath.endsWith(ending)) {
      const why = options.saveWeightsOnly === true ? " with saveWeightsOnly" : "";
      throw new Error(`${who} expected a path that ends in "${ending}"${why}, but found ${describe(filepath)}.`);
    }
    this.filepath = filepath;
    this.#options = options;
    this.best = options.initialValueThreshold ?? undefined;
    saveByBatches(this, options.saveFreq ?? "epoch", (batch, logs) =>
      this.#save(logs, { ...logs, epoch: this.#epoch + 1, batch: batch + 1 }),
    );
  }

  override onEpochBegin(epoch: number): void {
    this.#epoch = epoch;
  }

  override async onEpochEnd(epoch: number, logs: Logs = {}): Promise<void> {
    if ((this.#options.saveFreq ?? "epoch") === "epoch") await this.#save(logs, { ...logs, epoch: epoch + 1 });
  }

  async #save(logs: Logs, values: Logs): Promise<void> {
    const path = formatPath("ModelCheckpoint", this.filepath, values);
    if (!this.#isWanted(logs, path)) return;
    await mkdir(dirname(path), { recursive: true });
    if (this.#options.saveWeightsOnly === true) await this.model.saveWeights(path);
    else await this.model.save(path);
    this.#say(`finished saving model to ${path}`);
  }

  /** Whether to save this model; prints what Keras prints. */
  #isWanted(logs: Logs, path: string): boolean {
    if (this.#options.saveBestOnly !== true) {
      this.#say(`saving model to ${path}`);
      return true;
    }
    const { monitor: name, best } = this;
    const value = this.read(logs);
    // Without the value every model is saved, as in Keras.
    if (value === undefined) return true;
    const before = best === undefined ? "None" : fixed(best, 5);
    if (!this.improves(value)) {
      this.#say(`${name} did not improve from ${before}`);
      return false;
    }
    this.#say(`${name} improved from ${before} to ${fixed(value, 5)}, saving model to ${path}`);
    this.best = value;
    return true;
  }

  #say(what: string): void {
    if (this.#options.verbose) console.log(`\nEpoch ${this.#epoch + 1}: ${what}`);
  }
}

/**
 * Saves the model while it trains: after each epoch, or only when it is better than ever.
 *
 * @param filepath of the file; may hold values: `"{epoch:02d}-{val_loss:.2f}.keras"`. Folders are made.
 * @throws TypeError for an unknown option
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * keras.callbacks.ModelCheckpoint("best-model.keras", { saveBestOnly: true }).filepath; // "best-model.keras"
 * ```
 * @see https://keras.io/api/callbacks/model_checkpoint/
 */
export const ModelCheckpoint = callable(ModelCheckpointCallback);
export type ModelCheckpoint = ModelCheckpointCallback;
