import { constants } from "node:os";
import { primordials } from "./primordials";

/** Signals that have no effect on a process that does not listen for them. */
const harmless: ReadonlySet<unknown> = new Set(["SIGCHLD", "SIGCONT", "SIGURG", "SIGWINCH"]);

/**
 * Keeps a cell from ending the kernel and losing all variables: it gets an error that says what to do instead.
 *
 * @param uncaught Receives errors that no code caught. Without a listener they would end Node.
 * @returns Adds that listener again if a cell has removed it.
 */
export function guardProcess(uncaught: (error: unknown) => void): () => void {
  const { process } = primordials;
  const kill = process.kill.bind(process);
  const refuse = (call: string): never => {
    throw new primordials.Error(
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
    // Not sent even if harmless: Node prepares to exit before it sends itself a signal.
    return harmless.has(name) || refuse(`process.kill(${pid}, ${primordials.JSON.stringify(signal)})`);
  };
  const listen = (): void => {
    try {
      process.off("uncaughtException", uncaught).on("uncaughtException", uncaught);
      process.off("unhandledRejection", uncaught).on("unhandledRejection", uncaught);
    } catch {
      // A cell has frozen the listeners, so they are still there.
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
