import { currentCell } from "../cell/cell";
import { describeError } from "../cell/errors";
import type { Output } from "../cell/output";
import { natives } from "./natives";

/** How many errors are told in full within `burst` ms: a loop may leave thousands. */
const most = 10;
const burst = 500;

/** Errors that no code caught: each is told in the cell whose code it was, even if that ended long ago. */
export class Uncaught {
  #count = 0;

  constructor(private readonly output: Output) {}

  tell(error: unknown, id = currentCell().id): void {
    this.#count++;
    if (this.#count === 1) natives.setTimeout(() => this.#rest(id), burst).unref();
    if (this.#count > most) return;
    this.output.write("stderr", `Nobody caught this:\n${describeError(error).traceback.join("\n")}\n`, id);
  }

  #rest(id: number): void {
    const rest = this.#count - most;
    this.#count = 0;
    if (rest > 0) this.output.write("stderr", `… and ${rest} more that nobody caught\n`, id);
  }
}
