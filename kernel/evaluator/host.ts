import type { DisplayOptions, MimeBundle, NotebookHost } from "../../src/display/host";
import { type Report, Shared } from "../bridge";
import { bundleToJson } from "./cell/bundle";
import { type Cell, currentCell } from "./cell/cell";
import { primordials } from "./guards/primordials";

/** What the kernel offers to libraries, for the cell that calls. */
export class Host implements NotebookHost {
  readonly name = "tskeras";
  readonly live: boolean;
  readonly #report: (report: Report) => void;
  readonly #shared: Int32Array;

  constructor(live: boolean, report: (report: Report) => void, shared: Int32Array) {
    this.live = live;
    this.#report = report;
    this.#shared = shared;
  }

  get signal(): AbortSignal {
    return currentCell().controller.signal;
  }

  display(bundle: MimeBundle, { displayId, update = false, metadata = {} }: DisplayOptions = {}): void {
    if (update && displayId === undefined) throw new TypeError("Expected a displayId for an update of a display");
    const transient = displayId === undefined ? {} : { display_id: displayId };
    const content = { data: bundleToJson(bundle), metadata, transient };
    this.publish(update ? "update_display_data" : "display_data", content);
  }

  clearOutput({ wait = false }: { readonly wait?: boolean } = {}): void {
    this.publish("clear_output", { wait });
  }

  async cooperate<T>(work: () => Promise<T>): Promise<T> {
    const cell = currentCell();
    this.#count(cell, 1);
    try {
      return await work();
    } finally {
      // A terminated cell's count was released.
      if (cell.cooperating > 0) this.#count(cell, -1);
    }
  }

  /** Takes back the count of terminated work. */
  release(cell: Cell): void {
    this.#count(cell, -cell.cooperating);
  }

  publish(msgType: string, content: Record<string, unknown>, id = currentCell().id): void {
    this.#report({ type: "iopub", id, msgType, content: primordials.JSON.stringify(content) });
  }

  #count(cell: Cell, change: number): void {
    cell.cooperating += change;
    primordials.Atomics.add(this.#shared, Shared.Cooperating, change);
  }
}
