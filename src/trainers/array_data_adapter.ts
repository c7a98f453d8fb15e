import { nextSeed, uniform } from "../backend/seed";
import type { Dataset } from "./data";
import { stepFor, type TrainableModel } from "./model";
import { type DataAdapter, type Pace, RowOrder, type RunContext, runSteps } from "./run_steps";
import { createRunner, inOrder } from "./runner";
import type { Runner, Step } from "./step";

/** A random order of rows (Fisher and Yates) that follows the global seed. */
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

/** How the batches of arrays are taken. */
export interface ArrayOptions {
  readonly batchSize?: number | undefined;
  readonly shuffle?: boolean;
  /** Steps of an epoch. Default: one pass over the rows. */
  readonly steps?: number | undefined;
  /** Whether an epoch continues where the last one ended, as training with `stepsPerEpoch` does. */
  readonly continues?: boolean;
}

const paces = new WeakMap<Step, Map<number, Pace>>();

/** The pace that a step had with batches of this size, so that the next run begins with it. */
function paceOf(step: Step, batchSize: number): Pace {
  const known = paces.get(step) ?? new Map<number, Pace>();
  paces.set(step, known);
  const pace = known.get(batchSize) ?? { stepsPerSlice: 1 };
  known.set(batchSize, pace);
  return pace;
}

/** Makes batches of arrays: where `fit` batches and shuffles data. */
export class ArrayDataAdapter implements DataAdapter {
  readonly #runner: Runner;
  readonly #order: RowOrder;
  readonly #pace: Pace;
  readonly #continues: boolean;
  readonly steps: number;

  private constructor(runner: Runner, order: RowOrder, pace: Pace, steps: number, continues: boolean) {
    this.#runner = runner;
    this.#order = order;
    this.#pace = pace;
    this.#continues = continues;
    this.steps = steps;
  }

  static async open(
    model: TrainableModel,
    kind: Step["kind"],
    { columns, rows, layout }: Dataset,
    { batchSize = 32, shuffle = false, steps, continues = false }: ArrayOptions,
  ): Promise<ArrayDataAdapter> {
    const step = stepFor(model, kind, { columns, rows, layout });
    const runner = await createRunner({ step, columns, rows, batchSize }, model.compilation?.options);
    const inTurn = inOrder(rows);
    const order = new RowOrder(() => (shuffle ? shuffled(rows) : inTurn), batchSize);
    return new ArrayDataAdapter(runner, order, paceOf(step, batchSize), steps ?? order.stepsPerPass, continues);
  }

  async runEpoch(context: RunContext): Promise<void> {
    if (!this.#continues) this.#order.restart();
    await runSteps(this.#runner, this.#order, this.steps, this.#pace, context);
  }
}
