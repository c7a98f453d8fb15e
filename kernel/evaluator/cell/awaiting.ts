/** The `await` of cells. Compiled cells contain `await __await(x)`, so that an interrupt ends the `await`. */

import { newShared, Shared } from "../../bridge";
import { primordials } from "../guards/primordials";
import { restoreBuiltins } from "../guards/restore_builtins";
import { type Cell, currentCell, KeyboardInterrupt } from "./cell";

const { apply, defineProperty } = Reflect;
const originalThen = Promise.prototype.then;
/** `promise.then(…)`, even if a cell has replaced it. */
const then: <T>(promise: Promise<T>, ...callbacks: Parameters<Promise<T>["then"]>) => Promise<T> = (
  promise,
  ...callbacks
) => apply(originalThen, promise, callbacks);

let shared = newShared();

/** Sets the numbers in which the worker announces interrupts. */
export function watchInterrupts(numbers: Int32Array<SharedArrayBuffer>): void {
  shared = numbers;
}

/** Whether the worker has received an interrupt that this thread has not handled. */
export const isInterrupted = (): boolean => primordials.Atomics.load(shared, Shared.Interrupted) === 1;

/** An endless chain of microtasks keeps the main thread from receiving orders, so each `await` checks for an interrupt. */
function throwIfInterrupted(cell: Cell): void {
  if (isInterrupted() && !cell.finished && cell.cooperating === 0) throw new KeyboardInterrupt();
}

/** Settles as `value` does, or rejects with KeyboardInterrupt when the cell that awaits it is interrupted. */
export function awaitInCell(value: unknown): unknown {
  restoreBuiltins();
  const cell = currentCell();
  throwIfInterrupted(cell);
  if (!isThenable(value) || cell.finished) return value;
  try {
    return interruptible(cell, primordials.resolved(value));
  } catch {
    // The stack has overflowed: the cell's own error is the one to show.
    return value;
  }
}

/**
 * A promise that settles as `promise` does, or when the cell is interrupted. For stack traces V8 follows the chain of `then`
 * from one async function to the one that awaits it, so the chain must not break here: `then` itself makes the returned
 * promise, through a constructor of ours that keeps its `reject`.
 */
function interruptible<T>(cell: Cell, promise: Promise<T>): Promise<T> {
  let stop: (reason: KeyboardInterrupt) => void = () => {};
  const forget = (): boolean => cell.awaiting.delete(stop);
  const Kept = function Kept(executor: (resolve: (value: T) => void, reject: (reason: unknown) => void) => void) {
    return new primordials.Promise<T>((resolve, reject) => {
      stop = reject;
      executor(resolve, reject);
    });
  };
  const source = then(promise);
  defineProperty(source, "constructor", { value: { [primordials.Symbol.species]: Kept } });
  const kept = then(
    source,
    (value) => {
      forget();
      throwIfInterrupted(cell);
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

/** What `for await` iterates over: each step is awaited as above, and an interrupt closes the source. */
export function awaitAllInCell(source: AsyncIterable<unknown> | Iterable<unknown>): AsyncIterable<unknown> {
  return {
    [primordials.Symbol.asyncIterator](): AsyncIterator<unknown> {
      const iterator = isAsync(source) ? source[primordials.Symbol.asyncIterator]() : values(source);
      return {
        async next() {
          try {
            return (await awaitInCell(iterator.next())) as IteratorResult<unknown>;
          } catch (error) {
            // `for await` does not close an iterator whose step failed, but after an interrupt this one is still open.
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

const isAsync = (source: object): source is AsyncIterable<unknown> => primordials.Symbol.asyncIterator in source;

async function* values(source: Iterable<unknown>): AsyncGenerator<unknown> {
  for (const value of source) yield await value;
}

export function isThenable<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return isObject(value) && typeof (value as { then?: unknown }).then === "function";
}

export const isObject = (value: unknown): value is object =>
  (typeof value === "object" && value !== null) || typeof value === "function";
