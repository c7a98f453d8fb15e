import { CompiledLoop } from "../compiler/run/loop";
import { RuntimeMissing } from "../compiler/run/runtime";
import { countFallback } from "../compiler/run/sessions";
import { NotCompilable } from "../compiler/trace/not_compilable";
import type { Column, Runner, Step, Work } from "./step";

/**
 * A step has no compiled form; the message says which operation and why.
 *
 * `scope` says what the reason applies to: this step, or everything in this process. It is "unclear" where the step itself
 * threw: run eagerly, it may throw the same error again.
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

/** The loops compiled from a step, by batch size and the types of the columns. */
const loops = new WeakMap<Step, Map<string, Promise<CompiledLoop>>>();

function loopFor(step: Step, columns: readonly Column[], batchSize: number): Promise<CompiledLoop> {
  const known = loops.get(step) ?? new Map<string, Promise<CompiledLoop>>();
  loops.set(step, known);
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
export class CompiledRunner implements Runner {
  readonly #work: Work;

  private constructor(work: Work) {
    this.#work = work;
  }

  /**
   * Compiles the step for batches of the whole size.
   *
   * @throws {NotCompiled} when the step has no compiled form, or ONNX Runtime cannot be loaded.
   */
  static async compile(work: Work): Promise<CompiledRunner> {
    const { step, columns, rows, batchSize } = work;
    try {
      await loopFor(step, columns, Math.min(batchSize, rows));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      countFallback(error);
      const scope = error instanceof RuntimeMissing ? "process" : error instanceof NotCompilable ? "step" : "unclear";
      throw new NotCompiled(reason, scope, { cause: error });
    }
    return new CompiledRunner(work);
  }

  async run(order: Int32Array, first: number, count: number) {
    const { step, columns, rows, batchSize } = this.#work;
    const start = first * batchSize;
    const end = Math.min(start + count * batchSize, order.length);
    const whole = start + Math.floor((end - start) / batchSize) * batchSize;
    const outputs = [];
    for (const [from, to, size] of [[start, whole, batchSize] as const, [whole, end, end - whole] as const]) {
      if (from === to) continue;
      const loop = await loopFor(step, columns, size);
      outputs.push(...(await loop.run(columns, rows, order.subarray(from, to))));
    }
    return outputs;
  }
}
