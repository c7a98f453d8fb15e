import { performance } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import type * as tf from "@tensorflow/tfjs-core";
import type { Logs } from "../callbacks/callback";
import type { CallbackList } from "../callbacks/callback_list";
import type { Runner } from "./runner";

// Between slices the event loop gets its turn: progress is shown, the stop button is heard.
const SLICE_MS = 50;
const LARGEST_GROWTH = 8;
// Asking for the metrics takes as long as many steps of a small model: after short slices nobody is told.
const BETWEEN_REPORTS_MS = 0.8 * SLICE_MS;

/** The order in which rows are taken, pass by pass over the data. */
export class RowOrder {
  readonly #next: () => Int32Array;
  readonly #batchSize: number;
  #order: Int32Array;
  #step = 0;

  /** @param next gives the order of a pass: one entry for each row */
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

  /** Runs the next `count` steps, passing over the data again where it ends. */
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
  /** When callbacks were told of progress last, in the time of `performance.now()`. */
  reported?: number;
}

/** What surrounds the steps of a run. */
export interface RunContext {
  readonly kind: "Train" | "Test" | "Predict";
  readonly callbacks: CallbackList;
  readonly pace: Pace;
  /** Metrics so far. */
  readonly logs: () => Logs;
  readonly signal: AbortSignal | undefined;
  /** Whether to end before the last step. */
  readonly stopped: () => boolean;
  /** Whether progress is shown, the first step on its own: it is left out of the time per step. */
  readonly showsProgress: boolean;
  readonly onOutputs?: (outputs: readonly tf.Tensor[][]) => void;
}

/**
 * Runs steps in slices of about {@link SLICE_MS}, and between slices shows progress, hears the stop button and calls
 * callbacks. Callbacks that want every step make each slice one step.
 *
 * @throws the reason of the abort signal, at the end of a step
 */
export async function runSteps(runner: Runner, order: RowOrder, steps: number, context: RunContext): Promise<void> {
  const { kind, callbacks, pace, signal } = context;
  const begin = `on${kind}BatchBegin` as const;
  const end = `on${kind}BatchEnd` as const;
  const single = callbacks.wants(begin) || callbacks.wants(end);
  let done = 0;
  while (done < steps && !context.stopped()) {
    signal?.throwIfAborted();
    const first = done === 0 && context.showsProgress;
    const count = single || first ? 1 : Math.min(pace.stepsPerSlice, steps - done);
    if (single) await callbacks.call(begin, done, {});
    const started = performance.now();
    const outputs = await order.advance(runner, count);
    context.onOutputs?.(outputs);
    const ended = performance.now();
    adapt(pace, count, ended - started);
    done += count;
    const due = ended - (pace.reported ?? Number.NEGATIVE_INFINITY) >= BETWEEN_REPORTS_MS;
    if (single || context.showsProgress || (due && callbacks.wantsProgress())) {
      pace.reported = ended;
      if (single) runner.sync();
      const logs = kind === "Predict" ? {} : context.logs();
      if (single) await callbacks.call(end, done - 1, logs);
      await callbacks.call("onProgress", done, logs);
    }
    await setImmediate();
  }
  signal?.throwIfAborted();
}

function adapt(pace: Pace, count: number, elapsed: number): void {
  const fitting = (count * SLICE_MS) / Math.max(elapsed, 0.01);
  const limit = Math.max(count, 1) * LARGEST_GROWTH;
  // A short slice says little; what was measured over more steps stays.
  if (count < pace.stepsPerSlice && elapsed < SLICE_MS) return;
  pace.stepsPerSlice = Math.max(1, Math.round(Math.min(fitting, limit)));
}
