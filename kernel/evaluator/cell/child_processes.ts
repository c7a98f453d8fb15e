import { onSpawn, signalTree } from "../../process_tree";
import { currentCell } from "./cell";

/** Ends processes when the cell that started them is interrupted, as a terminal does. */
export function endChildrenWithCells(): void {
  onSpawn((child) => {
    const { signal } = currentCell().controller;
    if (signal.aborted) return;
    const stop = (): void => void signalTree(() => (child.pid === undefined ? [] : [child.pid]), "SIGINT");
    signal.addEventListener("abort", stop, { once: true });
    child.once("exit", () => signal.removeEventListener("abort", stop));
  });
}
