import type { DisplayOptions, MimeBundle, NotebookHost } from "../../src/display/host";
import { type Report, Shared } from "../bridge";
import { bundleToJson } from "./cell/bundle";
import { type Cell, currentCell } from "./cell/cell";
import { natives } from "./guards/natives";

/** What the kernel offers to libraries, for the cell that calls. */
export class Host implements NotebookHost {
  readonly name = "tskeras";

  constructor(
    readonly live: boolean,
    private readonly report: (report: Report) => void,
    private readonly shared: Int32Array,
  ) {}

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
      // A cell that was ended by force has given back its count.
      if (cell.cooperating > 0) this.#count(cell, -1);
    }
  }

  /** Gives back what terminated work did not. */
  release(cell: Cell): void {
    this.#count(cell, -cell.cooperating);
  }

  publish(msgType: string, content: Record<string, unknown>, id = currentCell().id): void {
    this.report({ type: "iopub", id, msgType, content: natives.JSON.stringify(content) });
  }

  #count(cell: Cell, change: number): void {
    cell.cooperating += change;
    natives.Atomics.add(this.shared, Shared.Cooperating, change);
  }
}
