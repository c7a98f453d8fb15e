import { existsSync } from "node:fs";
import { mkdir, readFile, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { callable } from "../callable";
import * as kinds from "../options/kinds";
import { checked, checkOptions } from "../options/options";
import { writeWhole } from "../saving/files";
import { Callback } from "./callback";
import { type SaveFrequency, saveByBatches, saveFrequency } from "./save_frequency";

/** What `BackupAndRestore` takes besides the folder. */
export interface BackupAndRestoreOptions {
  /** After each epoch, or every so many batches, which slows training down. Default `"epoch"`. */
  readonly saveFreq?: SaveFrequency;
  /** Whether the backup is deleted when training has ended. Default true. */
  readonly deleteCheckpoint?: boolean;
}

const backupKinds: kinds.KindsOf<BackupAndRestoreOptions> = {
  saveFreq: saveFrequency,
  deleteCheckpoint: kinds.boolean,
};

const folder: kinds.Kind = { ...kinds.name, expected: "the path of a folder" };

export class BackupAndRestoreCallback extends Callback {
  static readonly className = "BackupAndRestore";
  readonly backupDir: string;
  readonly #options: BackupAndRestoreOptions;
  #epoch = 0;

  constructor(backupDir: string, options: BackupAndRestoreOptions = {}) {
    super();
    const who = "BackupAndRestore()";
    checkOptions(who, options, backupKinds);
    this.backupDir = checked(who, "backupDir", backupDir, folder);
    this.#options = options;
    saveByBatches(this, options.saveFreq ?? "epoch", (batch) => this.#save(batch + 1));
  }

  get #weights(): string {
    return join(this.backupDir, "latest.weights.h5");
  }

  get #metadata(): string {
    return join(this.backupDir, "training_metadata.json");
  }

  override async onTrainBegin(): Promise<void> {
    this.#epoch = 0;
    if (!existsSync(this.#weights) || !existsSync(this.#metadata)) return;
    let epoch: unknown;
    try {
      ({ epoch } = JSON.parse(await readFile(this.#metadata, "utf8")) as { epoch: unknown });
    } catch (error) {
      throw new Error(`The backup in "${this.backupDir}" is damaged. Delete the folder to train from the start.`, {
        cause: error,
      });
    }
    await this.model.loadWeights(this.#weights);
    this.#epoch = Number(epoch);
    this.model.resumeEpoch = this.#epoch;
  }

  override onEpochBegin(epoch: number): void {
    this.#epoch = epoch;
  }

  override async onEpochEnd(epoch: number): Promise<void> {
    this.#epoch = epoch + 1;
    if ((this.#options.saveFreq ?? "epoch") === "epoch") await this.#save(0);
  }

  async #save(batch: number): Promise<void> {
    await mkdir(this.backupDir, { recursive: true });
    await this.model.saveWeights(this.#weights);
    const metadata = Buffer.from(JSON.stringify({ epoch: this.#epoch, batch }));
    await writeWhole("BackupAndRestore", this.#metadata, metadata, true);
  }

  override async onTrainEnd(): Promise<void> {
    if (this.#options.deleteCheckpoint === false) return;
    for (const file of [this.#weights, this.#metadata]) await rm(file, { force: true });
    // Fails, rightly, if there is something else in the folder.
    await rmdir(this.backupDir).catch(() => undefined);
  }
}

/**
 * Saves weights and optimizer state after each epoch. When the process ends midway and the same `fit` is run again, it
 * continues from there.
 *
 * @param backupDir a folder used for nothing else; it is created
 * @throws Error if what is in the folder does not fit the model
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * keras.callbacks.BackupAndRestore("/tmp/backup").backupDir; // "/tmp/backup"
 * ```
 * @see https://keras.io/api/callbacks/backup_and_restore/
 */
export const BackupAndRestore = callable(BackupAndRestoreCallback);
export type BackupAndRestore = BackupAndRestoreCallback;
