import { Session } from "node:inspector";
import { prepareTermination, Shared } from "../bridge";

/** How long the main thread may take to say that it has seen an interrupt, in ms, before its JavaScript is stopped. */
const patience = 20;
/** The same while work runs that watches the abort signal itself and ends at a point where its state is whole. */
const cooperativePatience = 2000;
const repeatEvery = 100;
const beforeTermination = `globalThis[Symbol.for("${prepareTermination}")]?.()`;

/**
 * Stops the cell that runs, keeping all variables. A main thread that has nothing on its stack hears the request and ends
 * the cell itself; one that is silent has JavaScript on its stack, which V8 is told to terminate.
 */
export class Interrupter {
  #timer: NodeJS.Timeout | undefined;
  #session: Session | undefined;
  readonly #waiting: (() => void)[] = [];

  constructor(
    private readonly ask: () => void,
    private readonly shared: Int32Array,
  ) {}

  /** Resolves when the main thread has heard. */
  interrupt(): Promise<void> {
    const heard = new Promise<void>((resolve) => this.#waiting.push(resolve));
    Atomics.store(this.shared, Shared.Interrupted, 1);
    this.ask();
    if (!this.#timer) this.#wait(patience, performance.now());
    return heard;
  }

  /** The main thread has heard. */
  acknowledged(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#session?.disconnect();
    this.#session = undefined;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #wait(ms: number, since: number): void {
    this.#timer = setTimeout(() => {
      const cooperating = Atomics.load(this.shared, Shared.Cooperating) > 0;
      if (cooperating && performance.now() - since < cooperativePatience) return this.#wait(patience, since);
      this.#terminate();
      this.#wait(repeatEvery, since);
    }, ms);
  }

  #terminate(): void {
    if (!this.#session) {
      this.#session = new Session();
      this.#session.connectToMainThread();
    }
    this.#session.post("Runtime.evaluate", { expression: beforeTermination });
    this.#session.post("Runtime.terminateExecution");
  }
}
