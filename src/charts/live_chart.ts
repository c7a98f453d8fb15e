import { randomUUID } from "node:crypto";
import { Callback, type Logs } from "../callbacks/callback";
import { currentHost } from "../display/tslab_host";
import { callable } from "../utils/callable";
import { checkOptions } from "../utils/options";
import { drawHistory, type HistoryPlotOptions, historyPlotOptions, type Trail } from "./history_plot";
import { tinyPng } from "./tiny_png";

/** A person sees no more than this, and drawing costs the browser more than training may notice. */
export const updateEveryMs = 250;

/** See {@link LiveChart}. */
export class LiveChartCallback extends Callback {
  static readonly className = "LiveChart";
  readonly #options: HistoryPlotOptions;
  #records: { [name: string]: number[] } = {};
  #trail: Trail = {};
  #epoch = 0;
  #displayId = "";
  #shown = false;
  #last = Number.NEGATIVE_INFINITY;

  constructor(options: HistoryPlotOptions = {}) {
    super();
    checkOptions("LiveChart()", options, historyPlotOptions);
    this.#options = options;
  }

  override onTrainBegin(): void {
    this.#records = {};
    this.#displayId = randomUUID();
    this.#shown = false;
    this.#last = Number.NEGATIVE_INFINITY;
  }

  override onEpochBegin(epoch: number): void {
    this.#epoch = epoch;
    this.#trail = {};
  }

  override onProgress(done: number, logs: Logs = {}): void {
    const { steps } = this.params;
    if (steps === null || steps <= 0 || !this.#due()) return;
    const epoch = this.#epoch + Math.min(1, done / steps);
    this.#trail = Object.fromEntries(
      Object.entries(logs).map(([name, value]) => [name, [...(this.#trail[name] ?? []), { epoch, value }]]),
    );
    this.#draw();
  }

  override onEpochEnd(_epoch: number, logs: Logs = {}): void {
    for (const [name, value] of Object.entries(logs)) {
      this.#records[name] ??= [];
      this.#records[name].push(value);
    }
    this.#trail = {};
    if (this.#due()) this.#draw();
  }

  /** The last state is drawn plainly, so that the notebook is saved with it. */
  override async onTrainEnd(): Promise<void> {
    if (Object.keys(this.#records).length === 0) return;
    await drawHistory(this.#records, this.#options).show({
      displayId: this.#displayId,
      update: this.#shown,
    });
  }

  /** Nothing moves where nobody watches. */
  #due(): boolean {
    return currentHost()?.live === true && performance.now() - this.#last >= updateEveryMs;
  }

  #draw(): void {
    const { epochs } = this.params;
    const figure = drawHistory(this.#records, { ...this.#options, epochs, trail: this.#trail });
    const bundle = { ...figure.bundle(), "image/png": tinyPng };
    currentHost()?.display(bundle, { displayId: this.#displayId, update: this.#shown });
    this.#shown = true;
    this.#last = performance.now();
  }
}

/**
 * A callback that draws loss and metrics while `fit` runs: one chart, updated in place at most four times a second, saved
 * in its last state. Without a notebook, or where nobody watches, only the last state is shown.
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
