import { join, sep } from "node:path";
import { type Report, Shared } from "../bridge";
import type { AsyncIds } from "./async_ids";
import { natives } from "./natives";
import { callersOf } from "./stack";

/** How long the worker may take to answer, in ms: it may be busy with output. */
const longest = 1000;
/** The attempt from which on Node's modules are not spared. */
const lastResort = 3;
const kernelFolder = join(__dirname, "..", sep);
/** The frames of the worker's call. */
const ofTheCall = 2;

/**
 * Called by the worker in the midst of whatever runs. If that is JavaScript, waits until V8 has been told to terminate it:
 * a termination that finds none strikes whatever runs next, and native code that calls JavaScript may not survive that.
 */
export function awaitTermination(
  attempt: number,
  report: (report: Report) => void,
  shared: Int32Array,
  asyncIds: AsyncIds,
): void {
  if (!isBusy(attempt)) return;
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
 * Whether code is on the stack that may be ended anywhere: a cell's or a library's. The kernel's own ends by itself, and so
 * does what native code has called: ONNX Runtime's JavaScript, and Node's hooks. What Node's modules make of native objects
 * may be half made, so these are ended only where there is nothing else to meet.
 */
function isBusy(attempt: number): boolean {
  const callers = callersOf(awaitTermination, 30);
  if (!callers) return true;
  for (let i = ofTheCall; i < callers.length; i++) {
    const file = callers[i] as string;
    if (natives.includes(file, "onnxruntime-")) return false;
    if (natives.startsWith(file, "node:")) {
      if (attempt < lastResort && !natives.includes(file, "async_hooks")) return false;
    } else if (!natives.startsWith(file, kernelFolder)) return true;
  }
  return false;
}
