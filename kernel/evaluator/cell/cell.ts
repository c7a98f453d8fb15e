import { AsyncLocalStorage } from "node:async_hooks";
import type { ExecuteOrder } from "../../bridge";
import { natives } from "../guards/natives";

/** The reader stopped the cell. */
export class KeyboardInterrupt extends Error {
  override readonly name = "KeyboardInterrupt";

  constructor(message = "the cell was interrupted; all variables keep their values") {
    super(message);
    // V8 asks for it where a cell fails. If the code that then formats it were terminated, V8 would end the process.
    void this.stack;
  }
}

/** A cell (or the handler of a comm message) while its code, or what it started, runs. */
export class Cell {
  readonly controller = new natives.AbortController();
  /** Rejects what the cell's code awaits at this moment. */
  readonly awaiting = new natives.Set<(reason: KeyboardInterrupt) => void>();
  /** Pieces of work that watch the signal themselves. */
  cooperating = 0;
  finished = false;
  /** What the front end should do besides: https://jupyter-client.readthedocs.io/en/stable/messaging.html#payloads-deprecated */
  readonly payload: unknown[] = [];

  constructor(
    readonly id: number,
    readonly order?: ExecuteOrder,
  ) {}
}

const storage = new AsyncLocalStorage<Cell>();
let latest = new Cell(0);

/** The cell that the calling code belongs to, also in callbacks and after it ended; else the latest. */
export function currentCell(): Cell {
  return storage.getStore() ?? latest;
}

/** Runs code as part of a cell. */
export function runIn<T>(cell: Cell, work: () => T): T {
  if (cell.order) latest = cell;
  return storage.run(cell, work);
}
