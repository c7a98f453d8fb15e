/**
 * Tells the reader why the kernel died. While it lives, a folder beside its connection file records the process, the cell
 * that runs and what was written to standard error. Jupyter restarts a dead kernel with the same connection file, so the new
 * process finds the record of the old one.
 */

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { getHeapStatistics } from "node:v8";

export interface RunRecord {
  readonly folder: string;
  /** Why the kernel before this one died, for the reader; "" if none did. */
  readonly crashReport: string;
}

const files = { kernel: "kernel", cell: "cell", errors: "2" } as const;

/** Must be called once, before anything is bound to the connection. */
export function openRecord(connectionFile: string): RunRecord {
  const file = resolve(connectionFile);
  // Not named like the connection file: `jupyter console --existing` looks for every file with that name.
  const name = `tskeras-${createHash("sha256").update(file).digest("hex").slice(0, 16)}`;
  const folder = join(dirname(file), name);
  try {
    const crashReport = existsSync(folder) ? closeCrashed(folder) : "";
    removeAbandoned(dirname(file));
    mkdirSync(folder, { mode: 0o700 });
    writeFileSync(join(folder, files.kernel), `${process.pid}\n${file}`);
    return { folder, crashReport };
  } catch {
    // The folder of the connection file is read-only.
    return { folder: mkdtempSync(join(tmpdir(), "tskeras-")), crashReport: "" };
  }
}

/** Records the cell that runs, "" for none. */
export function recordCell({ folder }: RunRecord, fileName: string): void {
  try {
    writeFileSync(join(folder, files.cell), fileName);
  } catch {}
}

/** Must be called when the kernel ends normally. */
export function deleteRecord({ folder }: RunRecord): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Ends the processes of a dead kernel, deletes its record and returns the report. */
function closeCrashed(folder: string): string {
  const read = (file: string): string => {
    try {
      return readFileSync(join(folder, file), "utf8");
    } catch {
      return "";
    }
  };
  const cell = read(files.cell);
  const errors = read(files.errors).slice(-65_536);
  endGroup(Number.parseInt(read(files.kernel), 10));
  rmSync(folder, { recursive: true, force: true });
  const where = cell ? ` while ${cell.replace(/^cell-(\d+).*$/, "cell [$1]")} ran` : "";
  return `The kernel died${where} and was restarted: ${cause(errors)}\nIts variables are gone: run the cells that make them again.\n`;
}

function cause(errors: string): string {
  if (/FATAL ERROR:.*heap/.test(errors)) {
    const megabytes = Math.round(getHeapStatistics().heap_size_limit / 2 ** 20);
    return `JavaScript's memory was full. ${megabytes} MB are allowed; the environment variable NODE_OPTIONS=--max-old-space-size=… sets another limit.`;
  }
  const uncaught = /^Node\.js v/m.test(errors) && /^\w*(?:Error|Exception)\b.*$/m.exec(errors)?.[0];
  if (uncaught) return `nobody caught "${uncaught}".`;
  const last = /^(?:FATAL ERROR:|# *Fatal|terminate called|\S.*Assertion.*failed|\w+\(\): ).*$/m.exec(errors)?.[0];
  return last
    ? `it said "${last}".`
    : "native code crashed, or the system ended it, as it does when its memory is full.";
}

/** Ends the processes that a dead kernel started. Those in a group of their own were meant to outlive it. */
function endGroup(kernel: number): void {
  if (!(kernel > 1) || process.platform === "win32") return;
  try {
    process.kill(kernel, 0);
    // It is alive, or another process has its number.
  } catch {
    try {
      // The system does not reuse a number while a group has it.
      process.kill(-kernel, "SIGKILL");
    } catch {}
  }
}

function removeAbandoned(runtime: string): void {
  for (const name of readdirSync(runtime)) {
    if (!/^tskeras-[0-9a-f]{16}$/.test(name)) continue;
    const folder = join(runtime, name);
    try {
      const [, connection] = readFileSync(join(folder, files.kernel), "utf8").split("\n");
      if (connection && !existsSync(connection)) closeCrashed(folder);
    } catch {}
  }
}
