import * as tf from "@tensorflow/tfjs-core";
import { backendReady } from "../backend/backend";

/**
 * One array of the data, held once for a whole run: batches are gathered from it. The values keep the type they came in
 * (pixels one byte each); a batch has `dtype`.
 */
export interface Column {
  /** All rows in C order. */
  readonly values: Uint8Array | Int32Array | Float32Array;
  /** The shape of one row: `[28, 28]`; `[]` for plain labels. */
  readonly shape: readonly number[];
  /** The type of the tensors that a step gets. */
  readonly dtype: "float32" | "int32" | "bool";
}

/**
 * One step of training, testing or predicting: a function of `tf` operations whose only side effect is to assign
 * variables (weights, optimizer state, metric sums, seeds). It is the same object as long as the model is compiled and
 * frozen in the same way, so that what was made of it can be kept by it.
 */
export interface Step {
  readonly kind: "train" | "test" | "predict";
  /** Computes on one batch, a tensor for each column; gives the predictions in a predict step, else nothing. */
  readonly run: (batch: readonly tf.Tensor[]) => tf.Tensor[];
  /** Every variable that the step may read or assign. */
  readonly variables: () => readonly tf.Variable[];
}

/** What is to be run: `step` on batches of the rows of `columns`, taken in `order`. */
export interface Work {
  readonly step: Step;
  readonly columns: readonly Column[];
  /** How many rows each column has. */
  readonly rows: number;
  readonly batchSize: number;
}

/** Runs the steps of a piece of work, some at a time. */
export interface Runner {
  /**
   * Runs steps `first` … `first + count - 1`; step `i` takes the rows `order[i * batchSize]` and following, the last step
   * what is left. Afterwards the metric variables hold the sums so far. A predict step's outputs are returned, step by
   * step.
   */
  run(order: Int32Array, first: number, count: number): tf.Tensor[][] | Promise<tf.Tensor[][]>;
  /** Brings every variable up to date with the steps that were run. */
  sync(): void;
  /** Gives back what the run needed; `sync` was called before. */
  dispose(): void;
}

/** Makes a runner, or throws {@link NotCompiled} with the reason why it cannot. */
export type RunnerFactory = (work: Work) => Promise<Runner>;

/**
 * A step has no compiled form; the message says which operation and why.
 *
 * `scope` is what the reason holds for: this step, or everything in this process. It is "unclear" where the step itself
 * threw: run eagerly, it may throw the same again.
 */
export class NotCompiled extends Error {
  override readonly name = "NotCompiled";

  constructor(
    message: string,
    readonly scope: "step" | "process" | "unclear",
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

let compiled: RunnerFactory | undefined;

/** Plugs the compiler in. */
export function setCompiledRunner(factory: RunnerFactory): void {
  compiled = factory;
}

/** Steps that are known to have no compiled form; it was said of each. */
const eager = new WeakSet<Step>();
let reportedForAll = false;

/** Says once why a step runs eagerly. */
function report({ kind }: Step, { scope, message }: NotCompiled): void {
  if (scope === "process") {
    if (!reportedForAll) console.info(`Steps run operation by operation: ${message}`);
    reportedForAll = true;
    return;
  }
  console.info(`This ${kind} step runs operation by operation: ${message}`);
}

/** The compiled runner for a piece of work; the eager one where that is asked for, or the step has no compiled form. */
export async function createRunner(
  work: Work,
  options: { runEagerly?: boolean; jitCompile?: boolean | "auto" },
): Promise<Runner> {
  await backendReady();
  const { runEagerly, jitCompile } = options;
  if (compiled === undefined || runEagerly === true || jitCompile === false) return new EagerRunner(work);
  if (jitCompile !== true && eager.has(work.step)) return new EagerRunner(work);
  try {
    return await compiled(work);
  } catch (error) {
    if (!(error instanceof NotCompiled) || jitCompile === true) throw error;
    const note = () => {
      eager.add(work.step);
      report(work.step, error);
    };
    if (error.scope === "unclear") return new EagerRunner(work, note);
    note();
    return new EagerRunner(work);
  }
}

/** The rows `order[start]` … `order[end - 1]` of a column as a tensor. */
export function gatherBatch(column: Column, order: Int32Array, start: number, end: number): tf.Tensor {
  const { values, shape, dtype } = column;
  const width = shape.reduce((product, size) => product * size, 1);
  const Batch = dtype === "float32" ? Float32Array : dtype === "int32" ? Int32Array : Uint8Array;
  const batch = new Batch((end - start) * width);
  if (width === 1) {
    for (let i = start; i < end; i++) batch[i - start] = values[order[i]!] as number;
  } else {
    for (let i = start; i < end; i++) {
      const from = order[i]! * width;
      batch.set(values.subarray(from, from + width), (i - start) * width);
    }
  }
  return tf.tensor(batch, [end - start, ...shape], dtype);
}

/** Runs steps operation by operation on the TensorFlow.js backend in use. */
export class EagerRunner implements Runner {
  readonly #work: Work;
  #onSuccess: (() => void) | undefined;

  /** @param onSuccess called when the first steps have run */
  constructor(work: Work, onSuccess?: () => void) {
    this.#work = work;
    this.#onSuccess = onSuccess;
  }

  run(order: Int32Array, first: number, count: number): tf.Tensor[][] {
    const { step, columns, batchSize } = this.#work;
    const outputs: tf.Tensor[][] = [];
    for (let i = first; i < first + count; i++) {
      const start = i * batchSize;
      const end = Math.min(start + batchSize, order.length);
      outputs.push(tf.tidy(() => step.run(columns.map((column) => gatherBatch(column, order, start, end)))));
    }
    this.#onSuccess?.();
    this.#onSuccess = undefined;
    return outputs;
  }

  sync(): void {}

  dispose(): void {}
}
