import { join, sep } from "node:path";
import { type Report, Shared } from "../../bridge";
import type { AsyncIds } from "./async_ids";
import { callersOf } from "./callers";
import { primordials } from "./primordials";
import { restoreBuiltins } from "./restore_builtins";

/** How long the worker may take to answer, in ms: it may be busy with output. */
const answerWithin = 1000;
/** The attempts from which on Node's modules may be terminated, and the kernel's. */
const nodeFrom = 3;
const kernelFrom = 15;
const kernelFolder = join(__dirname, "../..", sep);
const ownFrames = 2;

/**
 * The worker calls this while other code is on the stack. If that code may be terminated, this waits until V8 has been told to:
 * a termination that finds an empty stack ends whatever runs next, and native code that calls JavaScript may not survive that.
 */
export function awaitTermination(
  attempt: number,
  report: (report: Report) => void,
  shared: Int32Array,
  asyncIds: AsyncIds,
): void {
  restoreBuiltins();
  if (!mayTerminate(attempt)) return;
  const { load, store } = primordials.Atomics;
  asyncIds.expectTermination();
  store(shared, Shared.Waiting, 1);
  report({ type: "busy" });
  // Not `Atomics.wait`: the code on the stack may be in one, and V8 allows no second.
  const end = primordials.now() + answerWithin;
  while (load(shared, Shared.Waiting) === 1 && primordials.now() < end);
  store(shared, Shared.Waiting, 0);
}

/**
 * Whether the code on the stack may be terminated. A cell and a library may, but Node's modules may have half-made native
 * objects. With neither on the stack, the thread is idle and about to receive the interrupt, or native code has called: ONNX
 * Runtime, or an endless queue of microtasks, which only time can tell. The kernel's own work ends by itself.
 */
function mayTerminate(attempt: number): boolean {
  const callers = callersOf(awaitTermination, 30);
  if (!callers) return true;
  let isKernel = false;
  for (let i = ownFrames; i < callers.length; i++) {
    const file = callers[i]!;
    if (primordials.includes(file, "onnxruntime-")) return false;
    if (primordials.startsWith(file, "node:")) {
      if (attempt < nodeFrom && !primordials.includes(file, "async_hooks")) return false;
    } else if (primordials.startsWith(file, kernelFolder)) isKernel = true;
    else return true;
  }
  return attempt >= (isKernel ? kernelFrom : nodeFrom);
}
