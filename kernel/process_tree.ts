import { ChildProcess, execFile } from "node:child_process";

/** `ChildProcess.spawn`, which every asynchronous way of starting a process goes through. */
const prototype = ChildProcess.prototype as unknown as { spawn(this: ChildProcess, ...args: unknown[]): unknown };

/** Calls back for every process that this thread starts from here on. */
export function onSpawn(started: (child: ChildProcess) => void): void {
  const { spawn } = prototype;
  prototype.spawn = function (...args) {
    const result = spawn.apply(this, args);
    if (this.pid !== undefined) started(this);
    return result;
  };
}

/**
 * Sends a signal to processes and all that they started, as Ctrl-C in a terminal does: a shell alone would wait for its
 * command. Where there is no `ps` (Windows) only `roots` are signalled.
 */
export function signalTree(
  roots: (children: Map<number, number[]>) => readonly number[],
  signal: NodeJS.Signals,
): void {
  const list = execFile("ps", ["-A", "-o", "pid=,ppid="], (_error, stdout) => {
    const children = new Map<number, number[]>();
    for (const [, pid, parent] of String(stdout).matchAll(/(\d+)\s+(\d+)/g)) {
      if (Number(pid) === list.pid) continue;
      children.set(Number(parent), [...(children.get(Number(parent)) ?? []), Number(pid)]);
    }
    const found = [...roots(children)];
    // Grows while it is walked.
    for (const pid of found) found.push(...(children.get(pid) ?? []));
    for (const pid of found) {
      try {
        process.kill(pid, signal);
      } catch {}
    }
  });
  list.on("error", () => {});
}
