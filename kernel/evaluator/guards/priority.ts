import { getPriority, setPriority } from "node:os";

/** Steps of `nice`: a thread with five more gets a third of the other's share. */
const steps = 5;
const lowest = 19;

/**
 * Gives this thread and those that it starts (ONNX Runtime's, the cells' processes) a lower priority than the protocol's thread
 * and TypeScript's server, so that completions take half as long while a model trains. On an idle machine the cells compute as
 * fast as before. Only on Linux: elsewhere a priority belongs to the whole process.
 */
export function lowerPriority(): void {
  if (process.platform === "linux") setPriority(0, Math.min(lowest, getPriority(0) + steps));
}
