import { type InspectOptions, inspect } from "node:util";
import { callable } from "../callable";
import { Callback, type CallbackHooks } from "../callbacks/callback";
import { History } from "../callbacks/history";
import { type Displayable, displaySymbol, type MimeBundle } from "../display/host";
import { Table } from "../display/table";
import { currentHost } from "../display/tslab_host";
import { checkChartOptions } from "./chart_options";
import {
  type CompareOptions,
  compare,
  compareHistories,
  compareKinds,
  draw,
  type Running,
  ranking,
} from "./compare_histories";
import { type HistoryLike, pointsOf, recordsOf } from "./history_like";
import { LiveDisplay } from "./live_display";
import type { PlotlyFigure } from "./plotly_figure";

const noRuns = "RunComparison without runs: fit with callbacks: [runs.track(name)]";

/** See {@link RunComparison}. */
export class RunComparisonChart implements Displayable {
  static readonly className = "RunComparison";
  readonly #options: CompareOptions;
  readonly #runs = new Map<string, HistoryLike>();
  #cell: AbortSignal | undefined;
  #display: LiveDisplay | undefined;
  #running: Running | undefined;

  constructor(options: CompareOptions = {}) {
    checkChartOptions("RunComparison()", options, compareKinds);
    this.#options = options;
  }

  /** Adds a finished training; one of the same name is replaced. */
  add(name: string, history: HistoryLike): this {
    const records = recordsOf("RunComparison.add()", history);
    // A History that is used again keeps only the new training.
    const epochs = new Map(
      Object.keys(records).map((metric) => [metric, pointsOf(history, metric).map(({ epoch }) => epoch - 1)]),
    );
    this.#runs.set(name, { history: records, epochsOf: (metric) => epochs.get(metric) ?? [] });
    return this;
  }

  /** Forgets a run. */
  remove(name: string): this {
    if (!this.#runs.delete(name)) {
      throw new RangeError(
        `RunComparison has no run "${name}". It has ${[...this.#runs.keys()].join(", ") || "none"}.`,
      );
    }
    return this;
  }

  /**
   * A callback for `fit` that draws the training among the others while it runs, in the output of the running cell. A run
   * of the same name is replaced.
   */
  track(name: string): Callback {
    let history = new History();
    const begin = (epoch: number) => {
      this.#running = { name, epoch, epochs: callback.params.epochs };
      this.#runs.set(name, history);
      this.#open();
    };
    const hooks: CallbackHooks = {
      onTrainBegin: () => {
        history = new History();
        begin(1);
      },
      onEpochBegin: (epoch) => {
        begin(epoch + 1);
        this.#move();
      },
      onProgress: () => this.#move(),
      onEpochEnd: (epoch, logs = {}) => {
        history.onEpochEnd(epoch, logs);
        this.#move();
      },
      onTrainEnd: async () => {
        this.#running = undefined;
        if (!this.#empty) await this.#display?.settle();
      },
    };
    const callback: Callback = Object.assign(new Callback(), hooks);
    return callback;
  }

  /** The runs that have finished an epoch, by name, in the order they were first added. */
  get histories(): { readonly [name: string]: HistoryLike } {
    return Object.fromEntries([...this.#runs].filter(([, { history }]) => Object.keys(history).length > 0));
  }

  /** The chart as it is now. Throws a RangeError before the first epoch of the first run. */
  get figure(): PlotlyFigure {
    return compareHistories(this.histories, this.#options);
  }

  /** Last and best value of each run, the best last value first. */
  table(): Table {
    const rows = ranking(compare(this.histories, this.#options));
    return new Table(rows, Object.keys(rows[0] ?? {}), 4);
  }

  [displaySymbol](): MimeBundle | Promise<MimeBundle> {
    return this.#empty ? { "text/plain": noRuns } : this.figure[displaySymbol]();
  }

  [inspect.custom](depth: number | null, options: InspectOptions): string {
    return this.#empty ? noRuns : this.figure[inspect.custom](depth, options);
  }

  get #empty(): boolean {
    return Object.keys(this.histories).length === 0;
  }

  /** One chart for each cell: trainings in the same cell draw on the same chart. */
  #open(): void {
    const host = currentHost();
    if (!host) this.#display = undefined;
    else if (!this.#display || this.#cell !== host.signal) this.#display = new LiveDisplay(() => this.figure);
    this.#cell = host?.signal;
  }

  #move(): void {
    if (this.#display?.due && !this.#empty) {
      this.#display.move(() => draw(compare(this.histories, this.#options), this.#options, this.#running));
    } else this.#display?.touch();
  }
}

/**
 * Trainings that are compared: each has a name, and training again under the same name replaces its line.
 *
 * @param options `metric`, default a validation metric that all runs have; `title`, `width`, `height`
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 *
 * const runs = keras.charts.RunComparison({ metric: "loss" });
 * for (const optimizer of ["sgd", "adam"] as const) {
 *   const model = keras.Sequential([keras.layers.Input([4]), keras.layers.Dense(1)]);
 *   model.compile({ optimizer, loss: "mse" });
 *   await model.fit(tf.ones([8, 4]), tf.ones([8, 1]), { epochs: 2, verbose: 0, callbacks: [runs.track(optimizer)] });
 * }
 * Object.keys(runs.histories) // ["sgd", "adam"]
 * ```
 */
export const RunComparison = callable(RunComparisonChart);
export type RunComparison = RunComparisonChart;
