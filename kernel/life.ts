/**
 * A folder beside the connection file that is there as long as the kernel lives. Jupyter starts a kernel that died anew with
 * the same connection file: what the folder of the one before holds tells the reader why.
 */

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { getHeapStatistics } from "node:v8";

export interface Life {
  readonly folder: string;
  /** Why the kernel before this one died, for the reader; "" if none did. */
  readonly obituary: string;
}

/** What the folder holds: who lives there, the cell that runs, and what was written to standard error. */
const files = { kernel: "kernel", cell: "cell", errors: "2" } as const;

/** To be called once, before anything is bound to the connection. */
export function beginLife(connectionFile: string): Life {
  const file = resolve(connectionFile);
  // Not the connection's own name: `jupyter console --existing` looks for every file that has it.
  const name = (connection: string): string =>
    `tskeras-${createHash("sha256").update(connection).digest("hex").slice(0, 16)}`;
  const folder = join(dirname(file), name(file));
  try {
    const obituary = existsSync(folder) ? bury(folder) : "";
    removeAbandoned(dirname(file));
    mkdirSync(folder, { mode: 0o700 });
    writeFileSync(join(folder, files.kernel), `${process.pid}\n${file}`);
    return { folder, obituary };
  } catch {
    // Nothing can be written there.
    return { folder: mkdtempSync(join(tmpdir(), "tskeras-")), obituary: "" };
  }
}

/** Notes the cell that runs, "" for none. */
export function noteCell({ folder }: Life, fileName: string): void {
  try {
    writeFileSync(join(folder, files.cell), fileName);
  } catch {}
}

/** To be called when the kernel ends as it should. */
export function endLife({ folder }: Life): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Ends what a dead kernel has left, and says how it died. */
function bury(folder: string): string {
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
  return `The kernel died${where} and was started anew: ${cause(errors)}\nIts variables are gone: run the cells that make them again.\n`;
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

/** Ends the processes that a dead kernel had started; those in a group of their own were meant to outlive it. */
function endGroup(kernel: number): void {
  if (!(kernel > 1) || process.platform === "win32") return;
  try {
    process.kill(kernel, 0);
    // It lives, or another process has its number.
  } catch {
    try {
      // A number is not given anew while it is that of a group.
      process.kill(-kernel, "SIGKILL");
    } catch {}
  }
}

/** The folders of kernels that died and were never started anew. */
function removeAbandoned(runtime: string): void {
  for (const name of readdirSync(runtime)) {
    if (!/^tskeras-[0-9a-f]{16}$/.test(name)) continue;
    const folder = join(runtime, name);
    try {
      const [, connection] = readFileSync(join(folder, files.kernel), "utf8").split("\n");
      if (connection && !existsSync(connection)) bury(folder);
    } catch {}
  }
}
