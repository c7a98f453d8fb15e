import { type Runtime, Session } from "node:inspector";
import { promiseHooks } from "node:v8";
import { restoreBuiltins } from "../guards/builtins";
import { natives } from "../guards/natives";

/** What code threw, as the value itself, and where if it tells nothing of that. */
export class Thrown {
  constructor(
    readonly value: unknown,
    readonly place?: { readonly url: string; readonly line: number; readonly column: number },
  ) {}
}

/** V8 could not go on: the code was terminated. */
export class Terminated extends Error {}

/** Of terminated code V8 says that, or "Internal error"; without its context it runs nothing any more. */
function whyNot({ message }: Error): Error {
  return /Cannot find context/.test(message)
    ? new natives.Error(`V8 does not run cells any more (${message}): restart the kernel.`)
    : new Terminated(message);
}

/** The name of the function that takes a value from V8, while the session begins. */
const handOver = "__tskerasHandOver";

/**
 * V8's own REPL, as in the browser's console: top-level await, redeclaration, and closures that see the new binding.
 * `Runtime.enable` must never be sent: V8 would keep the arguments of all console calls.
 */
export class Repl {
  #session = new Session();
  #groups = 0;
  #takeId = "";
  #taken: unknown;
  /** V8 of Node 22 ends the process when the promise of an evaluation is collected, as that of terminated code is. */
  readonly #unsettled = new natives.Set<unknown>();

  constructor() {
    this.#connect();
  }

  /**
   * Gives up the evaluations that V8 will not answer, because they were terminated. If it collected what it waits for, it would
   * say so in the middle of that, and end the process over the error that `node:inspector` makes of it.
   */
  abandon(): void {
    if (this.#unsettled.size === 0) return;
    this.#session.disconnect();
    this.#session = new Session();
    this.#connect();
    this.#unsettled.clear();
  }

  #connect(): void {
    this.#session.connect();
    const take = (value: unknown): void => {
      this.#taken = value;
    };
    // V8 remembers the function, so that cells cannot replace it.
    Object.defineProperty(natives.globalThis, handOver, { value: take, configurable: true });
    this.#session.post("Runtime.evaluate", { expression: handOver }, (_, { result }) => {
      this.#takeId = result.objectId ?? "";
    });
    Reflect.deleteProperty(natives.globalThis, handOver);
  }

  /** Runs JavaScript to its end and resolves to its completion value in a box, for it may be a promise. Rejects with {@link Thrown}. */
  evaluate(javascript: string): Promise<{ readonly value: unknown }> {
    // V8 keeps every result and exception alive until its group is released.
    const objectGroup = `cell-${this.#groups++}`;
    return new natives.Promise((resolve, reject) => {
      const parameters = { expression: javascript, replMode: true, awaitPromise: true, objectGroup };
      let promise: unknown;
      // The first promise that evaluating makes is its own.
      const stop = promiseHooks.onInit((made) => {
        stop();
        promise = made;
        this.#unsettled.add(made);
      }) as () => void;
      this.#session.post(
        "Runtime.evaluate",
        parameters,
        (failure: Error | null, response: Runtime.EvaluateReturnType) => {
          restoreBuiltins();
          if (failure) reject(whyNot(failure));
          else if (response.exceptionDetails) reject(this.#thrown(response.exceptionDetails));
          else resolve({ value: this.#value(response.result) });
          this.#session.post("Runtime.releaseObjectGroup", { objectGroup });
          this.#unsettled.delete(promise);
        },
      );
      stop();
    });
  }

  #thrown({ exception, url, lineNumber, columnNumber, stackTrace }: Runtime.ExceptionDetails): Thrown {
    const top = stackTrace?.callFrames[0] ?? (url ? { url, lineNumber, columnNumber } : undefined);
    const place = top && { url: top.url, line: top.lineNumber, column: top.columnNumber };
    return new Thrown(exception && this.#value(exception), place);
  }

  /** The value itself behind V8's description of it. */
  #value(remote: Runtime.RemoteObject): unknown {
    if (remote.objectId === undefined) {
      if (remote.unserializableValue === undefined) return remote.type === "undefined" ? undefined : remote.value;
      if (remote.type === "bigint") return natives.BigInt(remote.unserializableValue.slice(0, -1));
      return natives.Number(remote.unserializableValue);
    }
    this.#session.post("Runtime.callFunctionOn", {
      functionDeclaration: "function (value) { this(value); }",
      arguments: [{ objectId: remote.objectId }],
      objectId: this.#takeId,
      silent: true,
    });
    const value = this.#taken;
    this.#taken = undefined;
    return value;
  }
}
