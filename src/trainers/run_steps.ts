import { performance } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import type * as tf from "@tensorflow/tfjs-core";
import type { CallbackList } from "../callbacks/callback_list";
import type { Logs } from "../callbacks/logs";
import type { Runner } from "./step";

// Between slices the event loop gets its turn, which shows progress and notices the stop button.
const SLICE_MS = 50;
const LARGEST_GROWTH = 8;
// Reading the metrics takes as long as many steps of a small model: no report after slices that are shorter.
const BETWEEN_REPORTS_MS = 0.8 * SLICE_MS;

/** The order in which rows are taken, pass by pass over the data. */
export class RowOrder {
  readonly #next: () => Int32Array;
  readonly #batchSize: number;
  #order: Int32Array;
  #step = 0;

  /** @param next returns the order of a pass: one entry for each row */
  constructor(next: () => Int32Array, batchSize: number) {
    this.#next = next;
    this.#batchSize = batchSize;
    this.#order = next();
  }

  /** Steps in one pass. */
  get stepsPerPass(): number {
    return Math.ceil(this.#order.length / this.#batchSize);
  }

  /** Begins a pass, unless one has just begun. */
  restart(): void {
    if (this.#step === 0) return;
    this.#step = 0;
    this.#order = this.#next();
  }

  /** Runs the next `count` steps; begins another pass over the data where one ends. */
  async advance(runner: Runner, count: number): Promise<tf.Tensor[][]> {
    const outputs: tf.Tensor[][] = [];
    let left = count;
    while (left > 0) {
      if (this.#step === this.stepsPerPass) this.restart();
      const now = Math.min(left, this.stepsPerPass - this.#step);
      outputs.push(...(await runner.run(this.#order, this.#step, now)));
      this.#step += now;
      left -= now;
    }
    return outputs;
  }
}

/** How many steps fit into a slice, as measured so far. */
export interface Pace {
  stepsPerSlice: number;
  /** When callbacks were last told of progress, in the time of `performance.now()`. */
  reported?: number;
}

/** What surrounds the steps of a run. */
export interface RunContext {
  readonly kind: "Train" | "Test" | "Predict";
  readonly callbacks: CallbackList;
  /** Metrics so far; a prediction has none. */
  readonly logs: () => Logs;
  readonly signal: AbortSignal | undefined;
  /** Whether to end before the last step; asked after a step, so that there are always logs of at least one. */
  readonly stopped: () => boolean;
  /** Whether progress is shown. The first step is then run on its own, to leave it out of the time per step. */
  readonly showsProgress: boolean;
  readonly onOutputs?: (outputs: readonly tf.Tensor[][]) => void;
}

/** What runs the batches of a data set, one epoch at a time. */
export interface DataAdapter {
  /** Steps of an epoch, null while it is not known. */
  readonly steps: number | null;
  runEpoch(context: RunContext): Promise<void>;
}

/**
 * Runs steps in slices of about {@link SLICE_MS}. Between slices it shows progress, checks the stop button and calls
 * callbacks. Callbacks that want every step make each slice one step.
 *
 * @throws the reason of the abort signal, at the end of a step
 */
export async function runSteps(
  runner: Runner,
  order: RowOrder,
  steps: number,
  pace: Pace,
  { kind, callbacks, logs, signal, stopped, showsProgress, onOutputs }: RunContext,
): Promise<void> {
  const begin = `on${kind}BatchBegin` as const;
  const end = `on${kind}BatchEnd` as const;
  const single = callbacks.wants(begin) || callbacks.wants(end);
  let done = 0;
  while (done < steps) {
    signal?.throwIfAborted();
    const first = done === 0 && showsProgress;
    const count = single || first ? 1 : Math.min(pace.stepsPerSlice, steps - done);
    if (single) await callbacks.call(begin, done, {});
    const started = performance.now();
    const outputs = await order.advance(runner, count);
    onOutputs?.(outputs);
    const ended = performance.now();
    adapt(pace, count, ended - started);
    done += count;
    const due = ended - (pace.reported ?? Number.NEGATIVE_INFINITY) >= BETWEEN_REPORTS_MS;
    if (single || showsProgress || (due && callbacks.wantsProgress())) {
      pace.reported = ended;
      const now = logs();
      if (single) await callbacks.call(end, done - 1, now);
      await callbacks.call("onProgress", done, now);
    }
    await setImmediate();
    if (stopped()) break;
  }
  signal?.throwIfAborted();
}

function adapt(pace: Pace, count: number, elapsed: number): void {
  // A short slice says little: what was measured over more steps is kept.
  if (count < pace.stepsPerSlice && elapsed < SLICE_MS) return;
  const fitting = (count * SLICE_MS) / Math.max(elapsed, 0.01);
  pace.stepsPerSlice = Math.max(1, Math.round(Math.min(fitting, count * LARGEST_GROWTH)));
}
