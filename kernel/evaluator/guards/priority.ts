import { getPriority, setPriority } from "node:os";

/** Steps of `nice` by which a thread that computes stands behind: a third of the share of one that does not. */
const behind = 5;
const last = 19;

/**
 * Lets this thread, and those that it starts from here on (ONNX Runtime's, the cells' processes), give way to the one that
 * speaks with Jupyter and to TypeScript's server: who types while a model trains waits half as long. Alone they compute as fast
 * as before. On Linux only, where a priority belongs to a thread; elsewhere it is the whole process's.
 */
export function giveWay(): void {
  if (process.platform === "linux") setPriority(0, Math.min(last, getPriority(0) + behind));
}
