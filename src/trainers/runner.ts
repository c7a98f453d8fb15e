import type * as tf from "@tensorflow/tfjs-core";
import { backendReady } from "../backend/backend";
import { CompiledRunner, NotCompiled } from "./compiled_runner";
import { EagerRunner } from "./eager_runner";
import type { Runner, Step, Work } from "./step";

/** Steps that are known to have no compiled form, each of them reported. */
const eager = new WeakSet<Step>();
let reportedForAll = false;

/** Says once why a step runs eagerly. */
function report({ kind }: Step, { scope, message }: NotCompiled): void {
  if (scope !== "process") console.info(`This ${kind} step runs operation by operation: ${message}`);
  else if (!reportedForAll) {
    console.info(`Steps run operation by operation: ${message}`);
    reportedForAll = true;
  }
}

/** The compiled runner for a piece of work; the eager one if the options ask for it, or the step has no compiled form. */
export async function createRunner(
  work: Work,
  options: { runEagerly?: boolean; jitCompile?: boolean | "auto" } = {},
): Promise<Runner> {
  await backendReady();
  const { runEagerly, jitCompile } = options;
  if (runEagerly === true || jitCompile === false) return new EagerRunner(work);
  if (jitCompile !== true && eager.has(work.step)) return new EagerRunner(work);
  try {
    return await CompiledRunner.compile(work);
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

/** 0, 1, 2 … */
export function inOrder(rows: number): Int32Array {
  const order = new Int32Array(rows);
  for (let row = 0; row < rows; row++) order[row] = row;
  return order;
}

/** Runs one step on all rows at once; returns its outputs. */
export async function runOnce(runner: Runner, rows: number): Promise<tf.Tensor[]> {
  const [outputs = []] = await runner.run(inOrder(rows), 0, 1);
  return outputs;
}
