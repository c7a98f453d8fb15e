/** The `await` of cells: compiled cells say `await __await(x)`, so that an interrupt ends it where it stands. */

import { newShared, Shared } from "../bridge";
import { currentCell, KeyboardInterrupt } from "./cell";
import { natives } from "./natives";

let shared = newShared();

/** Gives the numbers in which the worker announces interrupts. */
export function watchInterrupts(numbers: Int32Array<SharedArrayBuffer>): void {
  shared = numbers;
}

/** Settles as `value` does, or rejects with KeyboardInterrupt when the cell that awaits is interrupted. */
export function awaitInCell(value: unknown): unknown {
  const cell = currentCell();
  // A chain of microtasks never lets the main thread hear of an interrupt, so it looks for itself.
  if (natives.Atomics.load(shared, Shared.Interrupted) === 1 && !cell.finished && cell.cooperating === 0) {
    throw new KeyboardInterrupt();
  }
  if (!isThenable(value) || cell.finished) return value;
  return new natives.Promise((resolve, reject) => {
    cell.awaiting.add(reject);
    natives.Promise.resolve(value).then(
      (result) => {
        cell.awaiting.delete(reject);
        resolve(result);
      },
      (error: unknown) => {
        cell.awaiting.delete(reject);
        reject(error);
      },
    );
  });
}

/** What `for await` runs over: each step is awaited as above, and an interrupt closes the source. */
export function awaitAllInCell(source: AsyncIterable<unknown> | Iterable<unknown>): AsyncIterable<unknown> {
  return {
    [Symbol.asyncIterator](): AsyncIterator<unknown> {
      const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : values(source);
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

async function* values(source: Iterable<unknown>): AsyncGenerator<unknown> {
  for (const value of source) yield await value;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    ((typeof value === "object" && value !== null) || typeof value === "function") &&
    typeof (value as { then?: unknown }).then === "function"
  );
}
