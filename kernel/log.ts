import { writeSync } from "node:fs";

let descriptor = 2;

/** Logs to this descriptor from now on: descriptor 2 may be a file of the kernel's. */
export function logTo(other: number): void {
  descriptor = other;
}

/** Writes a line to the server's terminal. The worker's `process.stderr` would write it into a cell's output. */
export function log(line: string): void {
  try {
    writeSync(descriptor, `tskeras kernel: ${line}\n`);
  } catch {}
}

export const logError = (error: unknown): void => log((error instanceof Error && error.stack) || messageOf(error));

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
