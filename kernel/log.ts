import { writeSync } from "node:fs";

let descriptor = 2;

/** Where the server's terminal is, if the descriptor 2 is not. */
export function logTo(other: number): void {
  descriptor = other;
}

/** A line for the server's terminal: the worker's `process.stderr` would end in a cell's output. */
export function log(line: string): void {
  try {
    writeSync(descriptor, `tskeras kernel: ${line}\n`);
  } catch {}
}
