import { CompiledLoop } from "../compiler/run/loop";
import { RuntimeMissing } from "../compiler/run/runtime";
import { statistics } from "../compiler/run/sessions";
import { NotCompilable } from "../compiler/trace/not_compilable";
import { type Column, NotCompiled, type Runner, type Step, type Work } from "./runner";

/** The loops made of a step, by batch size and the types of the columns. */
const loops = new WeakMap<Step, Map<string, Promise<CompiledLoop>>>();

function loopFor(step: Step, columns: readonly Column[], batchSize: number): Promise<CompiledLoop> {
  let known = loops.get(step);
  if (!known) {
    known = new Map();
    loops.set(step, known);
  }
  const key = `${batchSize} ${columns.map((c) => `${c.values.constructor.name} ${c.dtype}[${c.shape}]`)}`;
  let loop = known.get(key);
  if (!loop) {
    loop = CompiledLoop.compile(step.run, columns, batchSize);
    known.set(key, loop);
    loop.catch(() => known.delete(key));
  }
  return loop;
}

/** Runs steps in ONNX Runtime. */
class CompiledRunner implements Runner {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  async run(order: Int32Array, first: number, count: number) {
    const { step, columns, rows, batchSize } = this.#work;
    const start = first * batchSize;
    const end = Math.min(start + count * batchSize, order.length);
    const whole = start + Math.floor((end - start) / batchSize) * batchSize;
    const outputs = [];
    if (whole > start) {
      const loop = await loopFor(step, columns, batchSize);
      outputs.push(...(await loop.run(columns, rows, order.subarray(start, whole))));
    }
    if (end > whole) {
      const loop = await loopFor(step, columns, end - whole);
      outputs.push(...(await loop.run(columns, rows, order.subarray(whole, end))));
    }
    return outputs;
  }

  // The variables hold the results of each run as soon as it ends.
  sync(): void {}

  dispose(): void {}
}

/**
 * Makes a runner that computes in ONNX Runtime.
 *
 * @throws {NotCompiled} when the step has no compiled form, or ONNX Runtime cannot be loaded.
 */
export async function makeCompiledRunner(work: Work): Promise<Runner> {
  const { step, columns, rows, batchSize } = work;
  try {
    await loopFor(step, columns, Math.min(batchSize, rows));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const operation = error instanceof Error && "operation" in error ? String(error.operation) : "error";
    statistics.fallbacks.set(operation, (statistics.fallbacks.get(operation) ?? 0) + 1);
    const scope = error instanceof RuntimeMissing ? "process" : error instanceof NotCompilable ? "step" : "unclear";
    throw new NotCompiled(reason, scope, { cause: error });
  }
  return new CompiledRunner(work);
}
