import { syncBuiltinESMExports } from "node:module";
import timers from "node:timers";
import { natives } from "../guards/natives";
import { callersOf } from "../guards/stack";
import { type Cell, currentCell } from "./cell";
import { sourceOf } from "./sources";

type Schedule = (callback: (...args: unknown[]) => unknown, ...rest: unknown[]) => object;

const { clearInterval } = timers;
const { apply } = Reflect;

/**
 * Ends the timers of a stopped cell with it. These are the ones that code of the reader's has set while the cell ran: a
 * library's own, such as a timeout of its connection, belong to what the library does, which goes on.
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
    Object.assign(natives.globalThis, { [name]: ending });
  }
  syncBuiltinESMExports();
}

/**
 * Node runs the same immediate for ever if its callback was terminated and others wait behind it. A tick it forgets, and
 * ticks run between two immediates anyway.
 */
function inTicks(schedule: Schedule): Schedule {
  return (callback, ...rest) => {
    if (typeof callback !== "function") return schedule(callback, ...rest);
    return schedule(
      function (this: unknown, ...args) {
        natives.nextTick(() => apply(callback, this, args));
      },
      ...rest,
    );
  };
}

const isStopped = (cell: Cell): boolean => cell.finished && cell.controller.signal.aborted;

/** Whether the code that called `callee` stands in a cell or in a file beside the notebook. */
function isCalledByReader(callee: Schedule): boolean {
  const file = callersOf(callee, 1)?.[0];
  return file !== undefined && sourceOf(file) !== undefined;
}
