import { setImmediate } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs-core";
import { nextSeed, uniform } from "../backend/seed";
import type { KerasModel } from "../models/model";
import { describe } from "../options/options";
import type { Compilation } from "./compilation";
import { type Batches, openBatches } from "./data";
import { type Dataset, inputColumns, inputsOnly, makeDataset } from "./dataset";
import { type Pace, RowOrder, type RunContext, runSteps } from "./run_steps";
import { createRunner, EagerRunner, type Runner, type Step, type Work } from "./runner";
import { untilAbort } from "./until_abort";

/** Makes the step for batches of a layout; the same one each time. */
export type StepMaker = (data: Dataset) => Step;

/** Where the batches of a run come from: it runs one epoch of them at a time. */
export interface Source {
  /** Steps of an epoch, null while it is not known. */
  readonly steps: number | null;
  /** Runs one epoch. */
  run(context: Omit<RunContext, "pace">): Promise<void>;
  /** Brings the variables up to date. */
  sync(): void;
  dispose(): void;
}

function inOrder(rows: number): Int32Array {
  const order = new Int32Array(rows);
  for (let row = 0; row < rows; row++) order[row] = row;
  return order;
}

/** A random order of rows (Fisher and Yates), governed by the global seed. */
function shuffled(rows: number): Int32Array {
  const order = inOrder(rows);
  const random = uniform(nextSeed());
  for (let i = rows - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const row = order[i]!;
    order[i] = order[j]!;
    order[j] = row;
  }
  return order;
}

/** How arrays are gone through. */
export interface ArrayOptions {
  readonly batchSize: number;
  readonly shuffle: boolean;
  /** Steps of an epoch. Default: one pass over the rows. */
  readonly steps: number | undefined;
  /** Whether an epoch goes on where the last one ended, as training with `stepsPerEpoch` does. */
  readonly goesOn: boolean;
}

const paces = new WeakMap<Step, Map<number, Pace>>();

/** The pace that a step had with batches of this size: the next run need not find it again. */
function paceOf(step: Step, batchSize: number): Pace {
  const known = paces.get(step) ?? new Map<number, Pace>();
  paces.set(step, known);
  const pace = known.get(batchSize) ?? { stepsPerSlice: 1 };
  known.set(batchSize, pace);
  return pace;
}

/** Batches from arrays. */
export class ArraySource implements Source {
  readonly #runner: Runner;
  readonly #order: RowOrder;
  readonly #pace: Pace;
  readonly #goesOn: boolean;
  readonly steps: number;

  private constructor(runner: Runner, pace: Pace, data: Dataset, options: ArrayOptions) {
    this.#runner = runner;
    this.#pace = pace;
    const order = inOrder(data.rows);
    this.#order = new RowOrder(() => (options.shuffle ? shuffled(data.rows) : order), options.batchSize);
    this.#goesOn = options.goesOn;
    this.steps = options.steps ?? this.#order.stepsPerPass;
  }

  static async open(
    data: Dataset,
    step: Step,
    compilation: Pick<Compilation, "options"> | undefined,
    options: ArrayOptions,
  ): Promise<ArraySource> {
    const work = { step, columns: data.columns, rows: data.rows, batchSize: options.batchSize };
    return new ArraySource(
      await createRunner(work, compilation?.options ?? {}),
      paceOf(step, options.batchSize),
      data,
      options,
    );
  }

  async run(context: Omit<RunContext, "pace">): Promise<void> {
    if (!this.#goesOn) this.#order.restart();
    await runSteps(this.#runner, this.#order, this.steps, { ...context, pace: this.#pace });
  }

  sync(): void {
    this.#runner.sync();
  }

  dispose(): void {
    this.#runner.dispose();
  }
}

/** Batches of up to this many shapes are compiled, each shape on its own. */
const MOST_SHAPES = 16;

/** Batches that a generator makes, each run as it comes. */
export class BatchSource implements Source {
  readonly #model: KerasModel;
  readonly #compilation: Compilation | undefined;
  readonly #makeStep: StepMaker;
  readonly #data: Batches;
  readonly #what: string;
  readonly #shapes = new Set<string>();
  #iterator: Iterator<unknown> | AsyncIterator<unknown> | undefined;
  steps: number | null;

  /** @param compilation what the batches' labels are for; without one only the inputs are taken from a batch */
  constructor(
    model: KerasModel,
    compilation: Compilation | undefined,
    makeStep: StepMaker,
    data: Batches,
    steps: number | undefined,
    what: string,
  ) {
    this.#model = model;
    this.#compilation = compilation;
    this.#makeStep = makeStep;
    this.#data = data;
    this.steps = steps ?? null;
    this.#what = what;
  }

  async run(context: Omit<RunContext, "pace">): Promise<void> {
    const { callbacks, kind, signal } = context;
    const limit = this.steps ?? Number.POSITIVE_INFINITY;
    const goesOn = this.steps !== null && this.#iterator !== undefined;
    if (!goesOn || this.#iterator === undefined) this.#iterator = await untilAbort(openBatches(this.#data), signal);
    let done = 0;
    for (; done < limit && !context.stopped(); done++) {
      signal?.throwIfAborted();
      let next = await untilAbort(this.#iterator.next(), signal);
      if (next.done && done === 0 && goesOn) {
        // The epoch before ended exactly where the batches do.
        this.#iterator = await untilAbort(openBatches(this.#data), signal);
        next = await untilAbort(this.#iterator.next(), signal);
      }
      if (next.done) {
        this.#iterator = undefined;
        break;
      }
      await callbacks.call(`on${kind}BatchBegin`, done, {});
      const outputs = await this.#runBatch(next.value);
      context.onOutputs?.(outputs);
      const logs = kind === "Predict" ? {} : context.logs();
      await callbacks.call(`on${kind}BatchEnd`, done, logs);
      await callbacks.call("onProgress", done + 1, logs);
      await setImmediate();
    }
    signal?.throwIfAborted();
    if (done === 0 && !context.stopped()) {
      throw new RangeError(
        `Expected batches from the generator given as ${this.#what}, but found none. Give a function that makes a new generator if it is to be gone through again.`,
      );
    }
    // What the first epoch showed holds for the next ones.
    if (!context.stopped()) this.steps ??= done;
  }

  async #runBatch(batch: unknown): Promise<tf.Tensor[][]> {
    const parts = partsOf(batch, this.#what);
    const data =
      this.#compilation === undefined
        ? inputsOnly(inputColumns(this.#model, parts.x as never, `${this.#what} x`))
        : makeDataset(this.#model, this.#compilation, parts.x as never, parts as never, `${this.#what} `);
    const work = { step: this.#makeStep(data), columns: data.columns, rows: data.rows, batchSize: data.rows };
    const runner = this.#compiles(work)
      ? await createRunner(work, this.#model.compilation?.options ?? {})
      : new EagerRunner(work);
    return await runner.run(inOrder(data.rows), 0, 1);
  }

  /** Whether a batch is worth a graph of its own: batches that all have other shapes are not. */
  #compiles({ columns, rows }: Work): boolean {
    this.#shapes.add(`${rows} ${columns.map(({ shape }) => `[${shape}]`)}`);
    return this.#shapes.size <= MOST_SHAPES || this.#model.compilation?.options.jitCompile === true;
  }

  sync(): void {}

  dispose(): void {}
}

function partsOf(batch: unknown, what: string): { x: unknown; y: unknown; sampleWeight: unknown } {
  if (Array.isArray(batch) && batch.length >= 1 && batch.length <= 3) {
    const [x, y, sampleWeight] = batch as unknown[];
    return { x, y, sampleWeight };
  }
  // The form of tf.data: { xs, ys }.
  if (typeof batch === "object" && batch !== null && "xs" in batch) {
    const { xs, ys } = batch as { xs: unknown; ys?: unknown };
    return { x: xs, y: ys, sampleWeight: undefined };
  }
  if (batch instanceof tf.Tensor) return { x: batch, y: undefined, sampleWeight: undefined };
  throw new TypeError(
    `Expected batches [x, y] or [x, y, sampleWeight] from the generator given as ${what}, but found ${describe(batch)}.`,
  );
}
