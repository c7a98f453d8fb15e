import { AsyncLocalStorage } from "node:async_hooks";
import type { ExecuteOrder } from "../../bridge";
import { primordials } from "../guards/primordials";

export class KeyboardInterrupt extends Error {
  override readonly name = "KeyboardInterrupt";

  constructor(message = "the cell was interrupted; all variables keep their values") {
    super(message);
    // Formatted now: V8 reads it when a cell fails, and terminating the code that formats it then would end the process.
    void this.stack;
  }
}

/** A cell, or the handler of a comm message, while its code or what it started runs. */
export class Cell {
  readonly controller = new primordials.AbortController();
  /** Rejects what the cell's code awaits now. */
  readonly awaiting = new primordials.Set<(reason: KeyboardInterrupt) => void>();
  /** Pieces of work that watch the signal themselves. */
  cooperating = 0;
  finished = false;
  /** @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#payloads-deprecated */
  readonly payload: unknown[] = [];

  constructor(
    readonly id: number,
    readonly order?: ExecuteOrder,
  ) {}
}

const storage = new AsyncLocalStorage<Cell>();
let latest = new Cell(0);

/** The cell that the calling code belongs to, also in callbacks and after the cell has ended; else the latest. */
export function currentCell(): Cell {
  return storage.getStore() ?? latest;
}

export function runIn<T>(cell: Cell, work: () => T): T {
  if (cell.order) latest = cell;
  return storage.run(cell, work);
}
