import { syncBuiltinESMExports } from "node:module";
import timers from "node:timers";
import { callersOf } from "../guards/callers";
import { primordials } from "../guards/primordials";
import { type Cell, currentCell } from "./cell";
import { sourceOf } from "./stack_traces";

type Schedule = (callback: (...args: unknown[]) => unknown, ...rest: unknown[]) => object;

const { clearInterval } = timers;
const { apply } = Reflect;

/**
 * Ends the timers of a stopped cell with it: those that the reader's code set while the cell ran. A library's own, such as a
 * connection's timeout, belong to work that goes on.
 */
export function endTimersWithCells(): void {
  for (const name of ["setTimeout", "setInterval", "setImmediate"] as const) {
    const original = timers[name] as unknown as Schedule;
    const schedule = name === "setImmediate" ? inTicks(original) : original;
    const ending: Schedule = (callback, ...rest) => {
      const cell = currentCell();
      if (cell.finished || typeof callback !== "function" || !isCalledByReader(ending)) {
        return schedule(callback, ...rest);
      }
      const timer = schedule(
        function (this: unknown, ...args) {
          if (!isStopped(cell)) return apply(callback, this, args);
          if (name === "setInterval") clearInterval(timer as NodeJS.Timeout);
          return undefined;
        },
        ...rest,
      );
      return timer;
    };
    // Its name, and what util.promisify makes of it.
    for (const key of Reflect.ownKeys(original)) {
      const property = Object.getOwnPropertyDescriptor(original, key);
      if (key !== "prototype" && property) Object.defineProperty(ending, key, property);
    }
    Object.assign(timers, { [name]: ending });
    Object.assign(primordials.globalThis, { [name]: ending });
  }
  syncBuiltinESMExports();
}

/**
 * Node runs the same immediate forever if its callback was terminated while others wait behind it. It forgets a terminated
 * tick, and ticks run between two immediates anyway.
 */
function inTicks(schedule: Schedule): Schedule {
  return (callback, ...rest) => {
    if (typeof callback !== "function") return schedule(callback, ...rest);
    return schedule(
      function (this: unknown, ...args) {
        primordials.nextTick(() => apply(callback, this, args));
      },
      ...rest,
    );
  };
}

const isStopped = (cell: Cell): boolean => cell.finished && cell.controller.signal.aborted;

/** Whether the code that called `callee` is in a cell or in a file beside the notebook. */
function isCalledByReader(callee: Schedule): boolean {
  const file = callersOf(callee, 1)?.[0];
  return file !== undefined && sourceOf(file) !== undefined;
}
