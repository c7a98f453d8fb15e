import { Session } from "node:inspector";
import { type Order, prepareTermination, Shared } from "../bridge";
import { onSpawn, type Processes, signalTree } from "../process_tree";

/** How long the main thread may take to acknowledge an interrupt, in ms, before its JavaScript is terminated. */
const acknowledgeWithin = 40;
/** The same while work runs that ends by itself at a point where its state is consistent. */
const cooperateWithin = 2000;
const repeatEvery = 50;
const beforeTermination = (attempt: number): string => `this.${prepareTermination}?.(${attempt})`;

/** Processes that this thread started (the type service) are the kernel's; the others are the cells'. */
const own = new Set<number>();
onSpawn(({ pid }) => own.add(pid ?? 0));
const cellProcesses = ({ children }: Processes): number[] =>
  (children.get(process.pid) ?? []).filter((pid) => !own.has(pid));

/** Ends what the cells started, except processes in a group of their own (`detached`), which are meant to continue. */
export async function endCellProcesses(): Promise<void> {
  const inGroup = (processes: Processes): number[] =>
    cellProcesses(processes).filter((pid) => processes.groups.get(pid) === processes.groups.get(process.pid));
  if ((await signalTree(inGroup, "SIGTERM")) === 0) return;
  await new Promise((resolve) => setTimeout(resolve, 100));
  await signalTree(inGroup, "SIGKILL");
}

/**
 * Stops the running cell and keeps all variables. A main thread whose stack is empty receives the order and ends the cell
 * itself; one that does not respond has JavaScript on its stack, which V8 is told to terminate.
 */
export class Interrupter {
  readonly #order: (order: Order & { readonly type: "interrupt" | "terminated" }) => void;
  readonly #shared: Int32Array;
  #timer: NodeJS.Timeout | undefined;
  #session: Session | undefined;
  #attempts = 0;
  #interrupts = 0;
  /** Terminations that V8 has not reported yet: one that comes too late would end whatever runs next. */
  #pending = 0;
  #settling: Promise<void> | undefined;
  readonly #waiting: (() => void)[] = [];

  /** @param order `interrupt` acts once for each number; `terminated` repairs what a late termination has ended. */
  constructor(order: (order: Order & { readonly type: "interrupt" | "terminated" }) => void, shared: Int32Array) {
    this.#order = order;
    this.#shared = shared;
  }

  /** Resolves when the main thread has acknowledged the interrupt. */
  interrupt(): Promise<void> {
    const acknowledged = new Promise<void>((resolve) => this.#waiting.push(resolve));
    Atomics.store(this.#shared, Shared.Interrupted, 1);
    Atomics.notify(this.#shared, Shared.Interrupted);
    this.#interrupts++;
    this.#sendOrder();
    if (!this.#timer) this.#wait(acknowledgeWithin, performance.now());
    return acknowledged;
  }

  /** The main thread has acknowledged an interrupt. If it was an earlier one, the thread may be busy again. */
  acknowledged(number: number): void {
    if (number < this.#interrupts) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#attempts = 0;
    for (const resolve of this.#waiting.splice(0)) resolve();
    void this.settled();
  }

  /** Resolves when no termination is pending, so that the next cell may start. */
  settled(): Promise<void> {
    this.#settling ??= this.#settle().finally(() => {
      this.#settling = undefined;
    });
    return this.#settling;
  }

  async #settle(): Promise<void> {
    if (!this.#session) return;
    for (let tries = 0; this.#pending > 0 && tries < 50; tries++) {
      // A pending termination ends the handler of this order instead of a cell.
      this.#order({ type: "terminated" });
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    this.#pending = 0;
    this.#session?.disconnect();
    this.#session = undefined;
    this.#order({ type: "terminated" });
  }

  #sendOrder(): void {
    this.#order({ type: "interrupt", number: this.#interrupts });
  }

  #wait(ms: number, since: number): void {
    this.#timer = setTimeout(() => {
      const cooperating = Atomics.load(this.#shared, Shared.Cooperating) > 0;
      if (cooperating && performance.now() - since < cooperateWithin) return this.#wait(acknowledgeWithin, since);
      this.#prepare();
      // The termination may have ended the handler of the order itself.
      this.#sendOrder();
      this.#wait(repeatEvery, since);
    }, ms);
  }

  #prepare(): void {
    if (!this.#session) {
      this.#session = new Session();
      this.#session.connectToMainThread();
    }
    this.#attempts++;
    // A cell in execSync waits in native code, which ends only when the process does.
    if (this.#attempts % 5 === 2) void signalTree(cellProcesses, this.#attempts > 5 ? "SIGKILL" : "SIGINT");
    this.#session.post("Runtime.evaluate", { expression: beforeTermination(this.#attempts) });
  }

  /** Terminates the main thread's JavaScript while it waits for that, so that no termination comes late. */
  terminate(): void {
    if (this.#session && Atomics.load(this.#shared, Shared.Waiting) === 1) {
      this.#pending++;
      this.#session.post("Runtime.terminateExecution", () => {
        this.#pending = Math.max(0, this.#pending - 1);
      });
    }
    Atomics.store(this.#shared, Shared.Waiting, 0);
  }
}
