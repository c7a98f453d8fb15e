import { randomUUID } from "node:crypto";
import { type InspectOptions, inspect } from "node:util";
import { Callback, type Logs } from "../callbacks/callback";
import { type Displayable, displaySymbol, type MimeBundle } from "../display/host";
import { Table } from "../display/table";
import { currentHost } from "../display/tslab_host";
import { callable } from "../utils/callable";
import { checkOptions } from "../utils/options";
import { type CompareOptions, compare, compareHistories, compareOptions, ranking } from "./compare_histories";
import { type HistoryLike, recordsOf } from "./history_like";
import { updateEveryMs } from "./live_chart";
import type { PlotlyFigure } from "./plotly_figure";

const noRuns = "RunComparison without runs: fit with callbacks: [runs.track(name)]";

type Records = { [name: string]: number[] };

/** See {@link RunComparison}. */
export class RunComparisonChart implements Displayable {
  static readonly className = "RunComparison";
  readonly #options: CompareOptions;
  readonly #runs = new Map<string, { readonly [name: string]: readonly number[] }>();
  #cell: AbortSignal | undefined;
  #displayId = "";

  constructor(options: CompareOptions = {}) {
    checkOptions("RunComparison()", options, compareOptions);
    this.#options = options;
  }

  /** Adds a finished training; one of the same name is replaced. */
  add(name: string, history: HistoryLike): this {
    this.#runs.set(name, recordsOf("RunComparison.add()", history));
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
    const records: Records = {};
    let last = Number.NEGATIVE_INFINITY;
    const draw = (final: boolean) => {
      if (!final && (currentHost()?.live !== true || performance.now() - last < updateEveryMs)) return;
      last = performance.now();
      return this.#show(final);
    };
    return new RunCallback(
      () => {
        for (const key of Object.keys(records)) delete records[key];
        this.#runs.set(name, records);
      },
      (logs) => {
        for (const [key, value] of Object.entries(logs)) {
          records[key] ??= [];
          records[key].push(value);
        }
        void draw(false);
      },
      () => draw(true),
    );
  }

  /** The runs that have finished an epoch, by name, in the order they were first added. */
  get histories(): { readonly [name: string]: HistoryLike } {
    const begun = [...this.#runs].filter(([, records]) => Object.keys(records).length > 0);
    return Object.fromEntries(begun.map(([name, history]) => [name, { history }]));
  }

  /** The chart as it stands. Throws a RangeError before the first epoch of the first run. */
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
  async #show(final: boolean): Promise<void> {
    const host = currentHost();
    if (!host || this.#empty) return;
    const { figure } = this;
    const update = this.#cell === host.signal;
    if (!update) this.#displayId = randomUUID();
    this.#cell = host.signal;
    const options = { displayId: this.#displayId, update };
    if (final) await figure.show(options);
    else host.display(figure.bundle(), options);
  }
}

class RunCallback extends Callback {
  static readonly className = "RunCallback";
  readonly #begin: () => void;
  readonly #epoch: (logs: Logs) => void;
  readonly #end: () => unknown;

  constructor(begin: () => void, epoch: (logs: Logs) => void, end: () => unknown) {
    super();
    this.#begin = begin;
    this.#epoch = epoch;
    this.#end = end;
  }

  override onTrainBegin(): void {
    this.#begin();
  }

  override onEpochEnd(_epoch: number, logs: Logs = {}): void {
    this.#epoch(logs);
  }

  override async onTrainEnd(): Promise<void> {
    await this.#end();
  }
}

/**
 * Trainings that are compared: each has a name, and training again under the same name replaces its line.
 *
 * @param options `metric`, default the validation metric that all runs have; `title`, `width`, `height`
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
