import { currentCell } from "../cell/cell";
import { describeError } from "../cell/errors";
import type { Output } from "../cell/output";
import { primordials } from "./primordials";

/** How many errors are shown in full within `burst` ms: a loop may leave thousands. */
const maxShown = 10;
const burst = 500;

/** Shows errors that no code caught in the cell whose code threw them, even if it ended long ago. */
export function uncaughtIn(output: Output): (error: unknown, id?: number) => void {
  let count = 0;
  return (error, id = currentCell().id) => {
    count++;
    if (count === 1) {
      const showRest = (): void => {
        if (count > maxShown) output.write("stderr", `… and ${count - maxShown} more that nobody caught\n`, id);
        count = 0;
      };
      primordials.setTimeout(showRest, burst).unref();
    }
    if (count > maxShown) return;
    output.write("stderr", `Nobody caught this:\n${describeError(error).traceback.join("\n")}\n`, id);
  };
}
