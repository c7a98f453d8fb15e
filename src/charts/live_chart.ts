import { callable } from "../callable";
import { Callback, type Logs } from "../callbacks/callback";
import { History } from "../callbacks/history";
import { checkChartOptions } from "./chart_options";
import type { Figure } from "./figure";
import { drawHistory, type HistoryPlotOptions, historyPlotKinds } from "./history_plot";
import { LiveDisplay } from "./live_display";

/** More points than this are thinned while the chart moves: drawing them takes time from the training. */
const mostPoints = 100;
/** Where the latest step is drawn in an epoch of unknown length. */
const almostThere = 0.95;

interface Point {
  readonly done: number;
  readonly logs: Logs;
}

/** See {@link LiveChart}. */
export class LiveChartCallback extends Callback {
  static readonly className = "LiveChart";
  readonly #options: HistoryPlotOptions;
  #display: LiveDisplay | undefined;
  readonly #history = new History();
  #trail: Point[] = [];
  #epoch = 0;
  #stepsBefore = 0;
  #validating = false;

  constructor(options: HistoryPlotOptions = {}) {
    super();
    checkChartOptions("LiveChart()", options, historyPlotKinds);
    this.#options = options;
  }

  override onTrainBegin(): void {
    this.#history.onTrainBegin();
    this.#stepsBefore = 0;
    this.#validating = false;
    this.#display = new LiveDisplay(() => drawHistory(this.#history, this.#options));
  }

  override onEpochBegin(epoch: number): void {
    this.#epoch = epoch;
    this.#trail = [];
  }

  override onTestBegin(): void {
    this.#validating = true;
  }

  override onTestEnd(): void {
    this.#validating = false;
  }

  override wantsProgress(): boolean {
    this.#display?.touch();
    return this.#display?.due === true && !this.#validating;
  }

  override onProgress(done: number, logs: Logs = {}): void {
    // Validation counts its own steps.
    if (!this.#validating) this.#stepsBefore = Math.max(this.#stepsBefore, done);
    if (!this.wantsProgress()) return;
    this.#trail = thin([...this.#trail, { done, logs }]);
    this.#display?.move(() => this.#moving());
  }

  override onEpochEnd(epoch: number, logs: Logs = {}): void {
    this.#history.onEpochEnd(epoch, logs);
    this.#trail = [];
    if (this.#display?.due) this.#display.move(() => this.#moving());
  }

  override async onTrainEnd(): Promise<void> {
    if (this.#history.epoch.length > 0) await this.#display?.settle();
  }

  #moving(): Figure {
    const latest = this.#trail.at(-1)?.done ?? 0;
    const steps = this.params.steps ?? Math.max(this.#stepsBefore, latest / almostThere);
    const names = Object.keys(this.#trail.at(-1)?.logs ?? {});
    const point = (name: string, { done, logs }: Point) => ({
      epoch: this.#epoch + Math.min(1, done / steps),
      value: logs[name] ?? Number.NaN,
    });
    const trail = Object.fromEntries(names.map((name) => [name, this.#trail.map((one) => point(name, one))]));
    const { epochs } = this.params;
    return drawHistory(this.#history, { ...this.#options, epochs, trail, mostPoints });
  }
}

/** Half of the points if there are too many, the last included. */
function thin<T>(points: T[]): T[] {
  return points.length <= mostPoints ? points : points.filter((_, index) => (points.length - 1 - index) % 2 === 0);
}

/**
 * A callback that draws loss and metrics while `fit` runs: one chart, updated in place at most four times a second and for
 * at most a hundredth of the time, and saved as it is at the end. Without a live front end only the end is shown.
 *
 * @param options `metrics`, default loss and every metric; `title`, `width` and `height` as in `history.plot()`
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 *
 * const model = keras.Sequential([keras.layers.Input([4]), keras.layers.Dense(1)]);
 * model.compile({ loss: "mse" });
 * await model.fit(tf.zeros([8, 4]), tf.zeros([8, 1]), { epochs: 2, verbose: 0, callbacks: [keras.callbacks.LiveChart()] });
 * ```
 */
export const LiveChart = callable(LiveChartCallback);
export type LiveChart = LiveChartCallback;
