import { Session } from "node:inspector";
import { type Order, prepareTermination, Shared } from "../bridge";
import { onSpawn, type Processes, signalTree } from "../process_tree";

/** How long the main thread may take to say that it has seen an interrupt, in ms, before its JavaScript is stopped. */
const patience = 40;
/** The same while work runs that ends by itself, at a point where its state is whole. */
const cooperativePatience = 2000;
const repeatEvery = 50;
const beforeTermination = (attempt: number): string => `this.${prepareTermination}?.(${attempt})`;

/** Processes that this thread started (the type service) are the kernel's; the others are the cells'. */
const own = new Set<number>();
onSpawn(({ pid }) => own.add(pid ?? 0));
const cellProcesses = ({ children }: Processes): number[] =>
  (children.get(process.pid) ?? []).filter((pid) => !own.has(pid));

/** Ends what the cells have started, but for processes in a group of their own (`detached`), which are meant to go on. */
export async function endCellProcesses(): Promise<void> {
  const inGroup = (processes: Processes): number[] =>
    cellProcesses(processes).filter((pid) => processes.groups.get(pid) === processes.groups.get(process.pid));
  if ((await signalTree(inGroup, "SIGTERM")) === 0) return;
  await new Promise((resolve) => setTimeout(resolve, 100));
  await signalTree(inGroup, "SIGKILL");
}

/**
 * Stops the cell that runs, keeping all variables. A main thread that has nothing on its stack hears the request and ends
 * the cell itself; one that is silent has JavaScript on its stack, which V8 is told to terminate.
 */
export class Interrupter {
  #timer: NodeJS.Timeout | undefined;
  #session: Session | undefined;
  #attempts = 0;
  #interrupts = 0;
  /** Terminations that V8 has not reported yet: one that comes too late would strike whatever runs next. */
  #pending = 0;
  #settling: Promise<void> | undefined;
  readonly #waiting: (() => void)[] = [];

  /** @param order `interrupt` is heard once for each number; `terminated` makes good what a late termination has struck. */
  constructor(
    private readonly order: (order: Order & { readonly type: "interrupt" | "terminated" }) => void,
    private readonly shared: Int32Array,
  ) {}

  /** Resolves when the main thread has heard. */
  interrupt(): Promise<void> {
    const heard = new Promise<void>((resolve) => this.#waiting.push(resolve));
    Atomics.store(this.shared, Shared.Interrupted, 1);
    Atomics.notify(this.shared, Shared.Interrupted);
    this.#interrupts++;
    this.#ask();
    if (!this.#timer) this.#wait(patience, performance.now());
    return heard;
  }

  /** The main thread has heard; if of an earlier interrupt only, it may be busy again. */
  acknowledged(number: number): void {
    if (number < this.#interrupts) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#attempts = 0;
    for (const resolve of this.#waiting.splice(0)) resolve();
    void this.settled();
  }

  /** Resolves when no termination is under way any more, so that the next cell may start. */
  settled(): Promise<void> {
    this.#settling ??= this.#settle().finally(() => {
      this.#settling = undefined;
    });
    return this.#settling;
  }

  async #settle(): Promise<void> {
    if (!this.#session) return;
    for (let tries = 0; this.#pending > 0 && tries < 50; tries++) {
      // Something to strike.
      this.order({ type: "terminated" });
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    this.#pending = 0;
    this.#session?.disconnect();
    this.#session = undefined;
    this.order({ type: "terminated" });
  }

  #ask(): void {
    this.order({ type: "interrupt", number: this.#interrupts });
  }

  #wait(ms: number, since: number): void {
    this.#timer = setTimeout(() => {
      const cooperating = Atomics.load(this.shared, Shared.Cooperating) > 0;
      if (cooperating && performance.now() - since < cooperativePatience) return this.#wait(patience, since);
      this.#prepare();
      // The termination may have struck the handler of the question itself.
      this.#ask();
      this.#wait(repeatEvery, since);
    }, ms);
  }

  #prepare(): void {
    if (!this.#session) {
      this.#session = new Session();
      this.#session.connectToMainThread();
    }
    this.#attempts++;
    // A cell in execSync waits in native code, which ends with the process only.
    if (this.#attempts % 5 === 2) void signalTree(cellProcesses, this.#attempts > 5 ? "SIGKILL" : "SIGINT");
    this.#session.post("Runtime.evaluate", { expression: beforeTermination(this.#attempts) });
  }

  /** The main thread waits for its termination: so none comes late, to strike whatever runs then. */
  terminate(): void {
    if (this.#session && Atomics.load(this.shared, Shared.Waiting) === 1) {
      this.#pending++;
      this.#session.post("Runtime.terminateExecution", () => {
        this.#pending = Math.max(0, this.#pending - 1);
      });
    }
    Atomics.store(this.shared, Shared.Waiting, 0);
  }
}
