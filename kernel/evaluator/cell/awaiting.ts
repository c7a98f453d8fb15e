/** The `await` of cells: compiled cells say `await __await(x)`, so that an interrupt ends it where it stands. */

import { newShared, Shared } from "../../bridge";
import { restoreBuiltins } from "../guards/builtins";
import { natives } from "../guards/natives";
import { type Cell, currentCell, KeyboardInterrupt } from "./cell";

const { apply, defineProperty } = Reflect;
const originalThen = Promise.prototype.then;
/** `promise.then(…)`, whatever a cell made of it. */
const then: <T>(promise: Promise<T>, ...callbacks: Parameters<Promise<T>["then"]>) => Promise<T> = (
  promise,
  ...callbacks
) => apply(originalThen, promise, callbacks);

let shared = newShared();

/** Gives the numbers in which the worker announces interrupts. */
export function watchInterrupts(numbers: Int32Array<SharedArrayBuffer>): void {
  shared = numbers;
}

/** Whether the worker has heard of an interrupt, and this thread has not. */
export const isInterrupted = (): boolean => natives.Atomics.load(shared, Shared.Interrupted) === 1;

/** A chain of microtasks never lets the main thread hear of an interrupt, so it looks for itself, around each `await`. */
function heed(cell: Cell): void {
  if (isInterrupted() && !cell.finished && cell.cooperating === 0) throw new KeyboardInterrupt();
}

/** Settles as `value` does, or rejects with KeyboardInterrupt when the cell that awaits is interrupted. */
export function awaitInCell(value: unknown): unknown {
  restoreBuiltins();
  const cell = currentCell();
  heed(cell);
  if (!isThenable(value) || cell.finished) return value;
  try {
    return interruptible(cell, natives.resolved(value));
  } catch {
    // The stack is at its end: its error is the one to tell.
    return value;
  }
}

/**
 * A promise that settles as `promise` does, or when the cell is interrupted. V8 follows the chain of `then` from one async
 * function to the one that awaits it, so the chain must not break here or stack traces would: the promise that `then`
 * returns is made by our own constructor, which keeps its `reject`.
 */
function interruptible<T>(cell: Cell, promise: Promise<T>): Promise<T> {
  let stop: (reason: KeyboardInterrupt) => void = () => {};
  const forget = (): boolean => cell.awaiting.delete(stop);
  const Kept = function Kept(executor: (resolve: (value: T) => void, reject: (reason: unknown) => void) => void) {
    return new natives.Promise<T>((resolve, reject) => {
      stop = reject;
      executor(resolve, reject);
    });
  };
  const source = then(promise);
  defineProperty(source, "constructor", { value: { [natives.Symbol.species]: Kept } });
  const kept = then(
    source,
    (value) => {
      forget();
      heed(cell);
      return value;
    },
    (error: unknown) => {
      forget();
      throw error;
    },
  );
  cell.awaiting.add(stop);
  return kept;
}

/** What `for await` runs over: each step is awaited as above, and an interrupt closes the source. */
export function awaitAllInCell(source: AsyncIterable<unknown> | Iterable<unknown>): AsyncIterable<unknown> {
  return {
    [natives.Symbol.asyncIterator](): AsyncIterator<unknown> {
      const iterator = isAsync(source) ? source[natives.Symbol.asyncIterator]() : values(source);
      return {
        async next() {
          try {
            return (await awaitInCell(iterator.next())) as IteratorResult<unknown>;
          } catch (error) {
            // `for await` does not close an iterator whose step failed, but this one only lost its reader.
            if (currentCell().controller.signal.aborted) void iterator.return?.();
            throw error;
          }
        },
        async return(value: unknown) {
          return (await iterator.return?.(value)) ?? { done: true, value };
        },
      };
    },
  };
}

const isAsync = (source: object): source is AsyncIterable<unknown> => natives.Symbol.asyncIterator in source;

async function* values(source: Iterable<unknown>): AsyncGenerator<unknown> {
  for (const value of source) yield await value;
}

export function isThenable<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return (
    ((typeof value === "object" && value !== null) || typeof value === "function") &&
    typeof (value as { then?: unknown }).then === "function"
  );
}
