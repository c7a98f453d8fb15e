import { currentCell } from "../cell/cell";
import { describeError } from "../cell/errors";
import type { Output } from "../cell/output";
import { primordials } from "./primordials";

/** How many errors are shown in full within `burst` ms: a loop may leave thousands. */
const maxShown = 10;
const burst = 500;

/** Shows errors that no code caught in the cell whose code threw them, even if it ended long ago. */
export class UncaughtErrors {
  readonly #output: Output;
  #count = 0;

  constructor(output: Output) {
    this.#output = output;
  }

  show(error: unknown, id = currentCell().id): void {
    this.#count++;
    if (this.#count === 1) primordials.setTimeout(() => this.#showRest(id), burst).unref();
    if (this.#count > maxShown) return;
    this.#output.write("stderr", `Nobody caught this:\n${describeError(error).traceback.join("\n")}\n`, id);
  }

  #showRest(id: number): void {
    const rest = this.#count - maxShown;
    this.#count = 0;
    if (rest > 0) this.#output.write("stderr", `… and ${rest} more that nobody caught\n`, id);
  }
}
