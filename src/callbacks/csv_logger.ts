import { closeSync, existsSync, openSync, statSync, writeSync } from "node:fs";
import { callable } from "../callable";
import * as kinds from "../options/kinds";
import { checked, checkOptions } from "../options/options";
import { Callback, type Logs } from "./callback";

/** What `CSVLogger` takes besides the file. */
export interface CSVLoggerOptions {
  /** Written between two values. Default `","`. */
  readonly separator?: string;
  /** Whether to append to a file that exists. Default false. */
  readonly append?: boolean;
}

const csvLoggerKinds: kinds.KindsOf<CSVLoggerOptions> = { separator: kinds.text, append: kinds.boolean };

export class CSVLoggerCallback extends Callback {
  static readonly className = "CSVLogger";
  readonly filename: string;
  readonly #separator: string;
  readonly #append: boolean;
  #file: number | undefined;
  #names: string[] | undefined;
  #headed = false;

  constructor(filename: string, options: CSVLoggerOptions = {}) {
    super();
    checkOptions("CSVLogger()", options, csvLoggerKinds);
    this.filename = checked("CSVLogger()", "the path of the file to write", filename, kinds.name);
    this.#separator = options.separator ?? ",";
    this.#append = options.append ?? false;
  }

  override onTrainBegin(): void {
    this.#headed = this.#append && existsSync(this.filename) && statSync(this.filename).size > 0;
    this.#file = openSync(this.filename, this.#append ? "a" : "w");
    this.#names = undefined;
  }

  override onEpochEnd(epoch: number, logs: Logs = {}): void {
    this.#names ??= columnsFor(logs);
    if (!this.#headed) this.#write(["epoch", ...this.#names]);
    this.#headed = true;
    this.#write([epoch, ...this.#names.map((name) => logs[name] ?? "NA")]);
  }

  #write(values: readonly (string | number)[]): void {
    if (this.#file !== undefined) writeSync(this.#file, `${values.join(this.#separator)}\n`);
  }

  override onTrainEnd(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}

/**
 * The columns, which are written once: those of the first epoch's logs. If that epoch was not validated, a later one may be
 * (`validationFreq`), and a file that is gone on with has the same columns for all runs.
 */
function columnsFor(logs: Logs): string[] {
  const names = Object.keys(logs).sort();
  const validated = names.some((name) => name.startsWith("val_"));
  return validated ? names : [...names, ...names.map((name) => `val_${name}`)];
}

/**
 * Writes losses and metrics to a file, a line for each epoch. As in Keras there are `val_` columns for all of them, with `NA`
 * for the epochs that were not validated.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * keras.callbacks.CSVLogger("training.csv");
 * ```
 * @see https://keras.io/api/callbacks/csv_logger/
 */
export const CSVLogger = callable(CSVLoggerCallback);
export type CSVLogger = CSVLoggerCallback;
