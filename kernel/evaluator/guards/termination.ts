import { join, sep } from "node:path";
import { type Report, Shared } from "../../bridge";
import type { AsyncIds } from "./async_ids";
import { restoreBuiltins } from "./builtins";
import { natives } from "./natives";
import { callersOf } from "./stack";

/** How long the worker may take to answer, in ms: it may be busy with output. */
const longest = 1000;
/** The attempts from which on Node's modules are not spared, and the kernel's. */
const patient = 3;
const veryPatient = 15;
const kernelFolder = join(__dirname, "../..", sep);
/** The frames of the worker's call. */
const ofTheCall = 2;

/**
 * Called by the worker in the midst of whatever runs. If that may end, waits until V8 has been told to terminate it: a
 * termination that finds none strikes whatever runs next, and native code that calls JavaScript may not survive that.
 */
export function awaitTermination(
  attempt: number,
  report: (report: Report) => void,
  shared: Int32Array,
  asyncIds: AsyncIds,
): void {
  restoreBuiltins();
  if (!mayEnd(attempt)) return;
  const { load, store } = natives.Atomics;
  asyncIds.expectTermination();
  store(shared, Shared.Waiting, 1);
  report({ type: "busy" });
  // Not `Atomics.wait`: the JavaScript may stand in one, and V8 allows no second.
  const end = natives.now() + longest;
  while (load(shared, Shared.Waiting) === 1 && natives.now() < end);
  store(shared, Shared.Waiting, 0);
}

/**
 * Whether what is on the stack may be ended there. A cell and a library may, but what Node's modules make of native objects
 * is perhaps half made. With neither, the thread is idle and about to hear of the interrupt, or native code has called: ONNX
 * Runtime, or the endless queue of microtasks, which only time tells. The kernel's own work ends by itself.
 */
function mayEnd(attempt: number): boolean {
  const callers = callersOf(awaitTermination, 30);
  if (!callers) return true;
  let isKernel = false;
  for (let i = ofTheCall; i < callers.length; i++) {
    const file = callers[i]!;
    if (natives.includes(file, "onnxruntime-")) return false;
    if (natives.startsWith(file, "node:")) {
      if (attempt < patient && !natives.includes(file, "async_hooks")) return false;
    } else if (natives.startsWith(file, kernelFolder)) isKernel = true;
    else return true;
  }
  return attempt >= (isKernel ? veryPatient : patient);
}
