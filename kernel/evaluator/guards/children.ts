import { onSpawn, signalTree } from "../../process_tree";
import { currentCell } from "../cell/cell";

/** Processes end with the cell that started them when that is interrupted, as in a terminal. */
export function endChildrenWithCells(): void {
  onSpawn((child) => {
    const { signal } = currentCell().controller;
    if (signal.aborted) return;
    const stop = (): void => void signalTree(() => (child.pid === undefined ? [] : [child.pid]), "SIGINT");
    signal.addEventListener("abort", stop, { once: true });
    child.once("exit", () => signal.removeEventListener("abort", stop));
  });
}
