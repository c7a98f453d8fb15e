import { inspect } from "node:util";
import type { VegaLiteFigure } from "../charts/figure";
import { type HistoryPlotOptions, plotHistory } from "../charts/history_plot";
import { displaySymbol, type MimeBundle } from "../display/host";
import { table } from "../display/table";
import { Callback, type Logs } from "./callback";

/** One value for each epoch, by name; those of Keras's first chapters are named so that completion offers them. */
export interface HistoryRecord {
  [name: string]: number[];
  loss: number[];
  /** Where `metrics` has `"accuracy"`. */
  accuracy: number[];
  /** Where `metrics` has `"mae"`. */
  mae: number[];
  /** Where there are data for validation, as all `val_` names. */
  val_loss: number[];
  val_accuracy: number[];
  val_mae: number[];
}

/**
 * What `fit` returns: losses and metrics epoch by epoch.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * const history = new keras.callbacks.History();
 * history.history; // {} before fit
 * ```
 * @see https://keras.io/api/callbacks/
 */
export class History extends Callback {
  static readonly className = "History";
  /** One value for each epoch, by name: `history.history.val_accuracy`. */
  history = {} as HistoryRecord;
  /** The epochs that were run, counted from 0. */
  epoch: number[] = [];
  #epochs: { [name: string]: number[] } = {};

  /** The epochs, counted from 0, in which a value was measured: with `validationFreq` not all for those of validation. */
  epochsOf(name: string): readonly number[] {
    return this.#epochs[name] ?? [];
  }

  override onTrainBegin(): void {
    this.#epochs = {};
    this.history = {} as HistoryRecord;
    this.epoch = [];
  }

  override onEpochEnd(epoch: number, logs: Logs = {}): void {
    this.epoch.push(epoch);
    for (const [name, value] of Object.entries(logs)) {
      this.history[name] ??= [];
      this.history[name].push(value);
      this.#epochs[name] ??= [];
      this.#epochs[name].push(epoch);
    }
  }

  /**
   * Draws loss and metrics by epoch, training and validation paired.
   *
   * @param options `metrics`, which; `title`; `width` and `height` of each chart in pixels
   * @throws RangeError for a metric that was not recorded, or before the first epoch
   */
  plot(options?: HistoryPlotOptions): VegaLiteFigure {
    return plotHistory(this, options);
  }

  /** A table with a row for each epoch. */
  [displaySymbol](): MimeBundle {
    return table(this)[displaySymbol]();
  }

  [inspect.custom](): string {
    return `History { epoch: ${inspect(this.epoch)}, history: ${inspect(this.history, { breakLength: 100 })} }`;
  }
}
