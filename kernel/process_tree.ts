import { ChildProcess, execFile } from "node:child_process";

/** `ChildProcess.spawn`, which every asynchronous way of starting a process goes through. */
const prototype = ChildProcess.prototype as unknown as { spawn(this: ChildProcess, ...args: unknown[]): unknown };

/** Calls back for every process that this thread starts from now on. */
export function onSpawn(started: (child: ChildProcess) => void): void {
  const { spawn } = prototype;
  prototype.spawn = function (...args) {
    const result = spawn.apply(this, args);
    if (this.pid !== undefined) started(this);
    return result;
  };
}

/** The processes of this machine: the children and the group of each. */
export interface Processes {
  readonly children: ReadonlyMap<number, readonly number[]>;
  readonly groups: ReadonlyMap<number, number>;
}

/**
 * Sends a signal to processes and everything they started, as Ctrl-C in a terminal does: a shell alone would wait for its
 * command. Without `ps` (Windows) it reaches only roots that are known without the list of processes.
 *
 * @returns How many processes got it.
 */
export function signalTree(
  roots: (processes: Processes) => readonly number[],
  signal: NodeJS.Signals,
): Promise<number> {
  return new Promise((done) => {
    const list = execFile("ps", ["-A", "-o", "pid=,ppid=,pgid="], (_error, stdout) => {
      const children = new Map<number, number[]>();
      const groups = new Map<number, number>();
      for (const [, pid, parent, group] of String(stdout).matchAll(/(\d+)\s+(\d+)\s+(\d+)/g)) {
        if (Number(pid) === list.pid) continue;
        children.set(Number(parent), [...(children.get(Number(parent)) ?? []), Number(pid)]);
        groups.set(Number(pid), Number(group));
      }
      const found = [...roots({ children, groups })];
      // The loop also visits what it adds.
      for (const pid of found) found.push(...(children.get(pid) ?? []));
      let heard = 0;
      for (const pid of found) {
        try {
          process.kill(pid, signal);
          heard++;
        } catch {}
      }
      done(heard);
    });
    list.on("error", () => {});
  });
}
