import { writeSync } from "node:fs";

/** A line for the server's terminal: the worker's `process.stderr` would end in a cell's output. */
export function log(line: string): void {
  try {
    writeSync(2, `tskeras kernel: ${line}\n`);
  } catch {}
}
