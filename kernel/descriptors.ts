import { closeSync, fstatSync, openSync } from "node:fs";
import { join } from "node:path";

export interface Captured {
  /** The terminal or log that was standard error before. */
  readonly log: number;
  /** Our own descriptors of the same files: a cell may close 1 and 2. */
  readonly written: readonly [stdout: number, stderr: number];
}

/**
 * Turns the standard output descriptors into files of this process, which the protocol's thread reads, because output of native
 * code and child processes belongs to the cell too. Node has no `dup2`, but POSIX gives a newly opened file the lowest free
 * number. Files rather than pipes: a full pipe would block the writer. Returns undefined if nothing was changed.
 */
export function captureDescriptors(folder: string): Captured | undefined {
  if (process.platform === "win32") return undefined;
  let log: number;
  try {
    log = openSync("/dev/fd/2", "a");
  } catch {
    return undefined;
  }
  const written = [1, 2].map((descriptor) => {
    const file = join(folder, String(descriptor));
    closeSync(descriptor);
    const opened = openSync(file, "a+");
    if (opened !== descriptor) throw new Error(`Expected the descriptor ${descriptor} but found ${opened}`);
    return openSync(file, "r+");
  });
  return { log, written: written as [number, number] };
}

/** Reopens what a cell has closed: Node aborts when it starts a process without them. */
export function restoreDescriptors(folder: string): void {
  for (const descriptor of [1, 2]) {
    try {
      fstatSync(descriptor);
    } catch {
      const opened = openSync(join(folder, String(descriptor)), "a+");
      if (opened !== descriptor) closeSync(opened);
    }
  }
}
