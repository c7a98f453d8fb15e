import { describe, didYouMean } from "../options/options";

/** What `fit` returns, as far as charts read it: Keras's `History`. */
export interface HistoryLike {
  /** Values after each epoch, by Keras's names: `loss`, `accuracy`, `val_loss`, `val_accuracy`. */
  readonly history: { readonly [name: string]: readonly number[] };
  /** The epochs that were run, counted from 0. Default: from 0 on. */
  readonly epoch?: readonly number[];
  /** The epochs, counted from 0, in which a value was measured. Default: all that were run. */
  epochsOf?(name: string): readonly number[];
}

export type Records = HistoryLike["history"];

export function recordsOf(where: string, history: unknown): Records {
  const records = (history as HistoryLike | undefined)?.history;
  if (typeof records !== "object" || records === null) {
    throw new TypeError(
      `${where} expected what model.fit() resolves to, a History, but found ${describe(history)}. Is an await missing?`,
    );
  }
  return records;
}

/** A value, and the epoch, counted from 1 as `fit` prints it, at whose end it was measured. */
export interface HistoryPoint {
  readonly epoch: number;
  readonly value: number;
}

/** The values of a metric by epoch; none if it was not recorded. */
export function pointsOf(history: HistoryLike, name: string): HistoryPoint[] {
  const values = history.history[name] ?? [];
  // Readers change what was recorded, or make such objects themselves: epochs of another number are not those of the values.
  const epochs = [history.epochsOf?.(name), history.epoch].find((each) => each?.length === values.length);
  return values.map((value, index) => ({ epoch: 1 + (epochs?.[index] ?? index), value }));
}

/** The error for a metric that a history lacks. */
export function notRecorded(where: string, metric: string, history: string, known: readonly string[]): RangeError {
  const hint = didYouMean(metric, known) || `Recorded are ${known.join(", ") || "none"}.`;
  return new RangeError(`${where} found no "${metric}" in ${history}. ${hint}`);
}

/** `accuracy` → `val_accuracy`. */
export const validationName = (name: string) => `val_${name}`;

/** The metrics of a history, each once: loss first, without `val_` and without the learning rate. */
export function metricNames(records: { readonly [name: string]: unknown }): string[] {
  const names = Object.keys(records).filter((name) => !/^(val_.*|learning_rate|lr)$/.test(name));
  return names.sort((a, b) => Number(b === "loss") - Number(a === "loss"));
}

/** Whether less is better, as for losses and errors. */
export function lessIsBetter(metric: string): boolean {
  return /loss|error|mae|mse|rmse|mape|msle|entropy|divergence|hinge|poisson|false_/i.test(metric);
}

/** The index of the best finite value, or -1. */
export function bestIndex(metric: string, values: readonly number[]): number {
  let best = -1;
  values.forEach((value, index) => {
    const held = values[best];
    const better = held === undefined || (lessIsBetter(metric) ? value < held : value > held);
    if (Number.isFinite(value) && better) best = index;
  });
  return best;
}
