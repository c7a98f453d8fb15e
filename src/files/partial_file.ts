import { readdir, rename, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * The path that this process downloads a file to. Two processes that download the same file write one each, and the last
 * rename wins. With `resume`, the file of an ended process is renamed to this path (if two try, one fails), else deleted.
 */
export async function partialFile(target: string, resume: boolean): Promise<string> {
  const folder = dirname(target);
  const prefix = `.${basename(target)}.${hostname()}.`;
  const own = join(folder, `${prefix}${process.pid}.part`);
  for (const name of await readdir(folder)) {
    if (!name.startsWith(prefix) || !name.endsWith(".part")) continue;
    const owner = Number.parseInt(name.slice(prefix.length), 10);
    if (owner !== process.pid && isRunning(owner)) continue;
    const left = join(folder, name);
    if (!resume) await rm(left, { force: true });
    else if (left !== own) await rename(left, own).catch(() => undefined);
  }
  return own;
}
