import { constants } from "node:os";
import { natives } from "./natives";

/** Signals that do nothing to a process that does not listen for them. */
const harmless: ReadonlySet<unknown> = new Set(["SIGCHLD", "SIGCONT", "SIGURG", "SIGWINCH"]);

/**
 * Keeps a cell from ending the kernel with all variables: it gets an error that says what to do instead.
 *
 * @param uncaught hears of errors that no code caught, which end Node where nobody listens
 * @returns what makes sure of that anew: a cell may have removed the listeners of others.
 */
export function guardProcess(uncaught: (error: unknown) => void): () => void {
  const { process } = natives;
  const kill = process.kill.bind(process);
  const refuse = (call: string): never => {
    throw new natives.Error(
      `${call} would end the kernel and lose all variables. Use "Restart Kernel" in the Kernel menu instead.`,
    );
  };
  process.exit = (code) => refuse(`process.exit(${code ?? ""})`);
  process.abort = () => refuse("process.abort()");
  process.kill = (pid, signal = "SIGTERM") => {
    const own = pid === 0 || Math.abs(pid) === process.pid;
    const name = typeof signal === "string" ? signal : (nameOf(signal) ?? signal);
    const isHeard = typeof name === "string" && process.listenerCount(name) > 0;
    if (!own || isHeard || signal === 0) return kill(pid, signal);
    // Node gets ready to end before it sends itself any of them.
    return harmless.has(name) || refuse(`process.kill(${pid}, ${natives.JSON.stringify(signal)})`);
  };
  const listen = (): void => {
    try {
      process.off("uncaughtException", uncaught).on("uncaughtException", uncaught);
      process.off("unhandledRejection", uncaught).on("unhandledRejection", uncaught);
    } catch {
      // A cell has frozen them: then they are still there.
    }
  };
  const removeAllListeners = process.removeAllListeners.bind(process);
  process.removeAllListeners = (...event) => {
    removeAllListeners(...event);
    listen();
    return process;
  };
  listen();
  return listen;
}

const nameOf = (signal: number): string | undefined =>
  Object.entries(constants.signals).find(([, number]) => number === signal)?.[0];
