import { closeSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Turns the standard output descriptors into files of this process, which the protocol's thread reads: what native code
 * and child processes write there belongs into the cell, too. Node has no `dup2`, but POSIX gives a newly opened file
 * the lowest free number. Files rather than pipes, because a full pipe would block whoever writes.
 *
 * @returns A descriptor of the terminal or log that standard error was, or undefined where nothing was changed.
 */
export function captureDescriptors(): number | undefined {
  if (process.platform === "win32") return undefined;
  let log: number;
  try {
    log = openSync("/dev/fd/2", "a");
  } catch {
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), "tskeras-"));
  for (const descriptor of [1, 2]) {
    closeSync(descriptor);
    const opened = openSync(join(folder, String(descriptor)), "a+");
    if (opened !== descriptor) throw new Error(`Expected the descriptor ${descriptor} but found ${opened}`);
  }
  // The files live as long as their descriptors.
  rmSync(folder, { recursive: true });
  return log;
}
