import { setImmediate } from "node:timers/promises";
import type * as tf from "@tensorflow/tfjs-core";
import { type Batches, openBatches, partsOf } from "./batches";
import type { Compilation } from "./compilation";
import { inputsOnly, makeDataset } from "./dataset";
import { EagerRunner } from "./eager_runner";
import { stepFor, type TrainableModel } from "./model";
import type { DataAdapter, RunContext } from "./run_steps";
import { createRunner, runOnce } from "./runner";
import type { Step, Work } from "./step";

/** Batches of up to this many shapes are compiled, each shape on its own. */
const MOST_SHAPES = 16;

/** Runs each batch that a generator makes as it comes. */
export class GeneratorDataAdapter implements DataAdapter {
  readonly #model: TrainableModel;
  readonly #kind: Step["kind"];
  readonly #compilation: Compilation | undefined;
  readonly #data: Batches;
  readonly #what: string;
  readonly #shapes = new Set<string>();
  #iterator: Iterator<unknown> | AsyncIterator<unknown> | undefined;
  steps: number | null;

  /** @param what how the generator is called in an error: `"x"` */
  constructor(model: TrainableModel, kind: Step["kind"], data: Batches, steps: number | undefined, what = "x") {
    this.#model = model;
    this.#kind = kind;
    this.#compilation = model.compilation;
    this.#data = data;
    this.steps = steps ?? null;
    this.#what = what;
  }

  async runEpoch({ callbacks, kind, logs, signal, stopped, onOutputs }: RunContext): Promise<void> {
    const limit = this.steps ?? Number.POSITIVE_INFINITY;
    const continues = this.steps !== null && this.#iterator !== undefined;
    const open = () => untilAbort(openBatches(this.#data), signal);
    if (!continues || this.#iterator === undefined) this.#iterator = await open();
    let done = 0;
    while (done < limit) {
      signal?.throwIfAborted();
      let next = await untilAbort(this.#iterator.next(), signal);
      if (next.done && done === 0 && continues) {
        // The epoch before ended exactly where the batches do.
        this.#iterator = await open();
        next = await untilAbort(this.#iterator.next(), signal);
      }
      if (next.done) {
        this.#iterator = undefined;
        break;
      }
      await callbacks.call(`on${kind}BatchBegin`, done, {});
      const outputs = await this.#runBatch(next.value);
      onOutputs?.([outputs]);
      const now = logs();
      await callbacks.call(`on${kind}BatchEnd`, done, now);
      done++;
      await callbacks.call("onProgress", done, now);
      await setImmediate();
      if (stopped()) break;
    }
    signal?.throwIfAborted();
    if (done === 0) {
      throw new RangeError(
        `Expected batches from the generator given as ${this.#what}, but found none. To go through it several times, give a function that makes a new generator.`,
      );
    }
    // The next epochs have as many steps as the first.
    if (!stopped()) this.steps ??= done;
  }

  async #runBatch(batch: unknown): Promise<tf.Tensor[]> {
    const { x, ...targets } = partsOf(batch, this.#what);
    const data =
      this.#kind === "predict"
        ? inputsOnly(this.#model, x, `${this.#what} x`)
        : makeDataset(this.#model, this.#compilation as Compilation, x, targets, `${this.#what} `);
    const { columns, rows } = data;
    const work = { step: stepFor(this.#model, this.#kind, data), columns, rows, batchSize: rows };
    const runner = this.#compiles(work)
      ? await createRunner(work, this.#model.compilation?.options)
      : new EagerRunner(work);
    return runOnce(runner, rows);
  }

  /** Whether compiling is worth it: not for batches of ever new shapes. */
  #compiles({ columns, rows }: Work): boolean {
    this.#shapes.add(`${rows} ${columns.map(({ shape }) => `[${shape}]`)}`);
    return this.#shapes.size <= MOST_SHAPES || this.#model.compilation?.options.jitCompile === true;
  }
}

/**
 * Settles as `work` does, or rejects with the reason of `signal` as soon as it aborts: a generator may take long to make a
 * batch, and no step ends meanwhile.
 */
async function untilAbort<T>(work: T | PromiseLike<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await work;
  let stop = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
