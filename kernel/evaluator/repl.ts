import { type Runtime, Session } from "node:inspector";
import { promiseHooks } from "node:v8";
import { natives } from "./natives";

/** What code threw, as the value itself, and where if it tells nothing of that. */
export class Thrown {
  constructor(
    readonly value: unknown,
    readonly place?: { readonly url: string; readonly line: number; readonly column: number },
  ) {}
}

/** V8 could not go on: the code was terminated. */
export class Terminated extends Error {}

const slot = Symbol.for("tskeras.repl.value");
const carrier = natives.globalThis as unknown as { [slot]?: unknown };

/**
 * V8's own REPL, as in the browser's console: top-level await, redeclaration, and closures that see the new binding.
 * `Runtime.enable` must never be sent: V8 would keep the arguments of all console calls.
 */
export class Repl {
  readonly #session = new Session();
  #groups = 0;
  /** V8 of Node 22 ends the process when the promise of an evaluation is collected, as that of terminated code is. */
  readonly #unsettled = new Set<unknown>();

  constructor() {
    this.#session.connect();
    Object.defineProperty(carrier, slot, { writable: true, configurable: true });
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
          if (failure) reject(new Terminated(failure.message));
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
      if (remote.type === "bigint") return BigInt(remote.unserializableValue.slice(0, -1));
      return Number(remote.unserializableValue);
    }
    this.#session.post("Runtime.callFunctionOn", {
      functionDeclaration: `function (value) { globalThis[Symbol.for("${Symbol.keyFor(slot)}")] = value; }`,
      arguments: [{ objectId: remote.objectId }],
      objectId: remote.objectId,
      silent: true,
    });
    const value = carrier[slot];
    carrier[slot] = undefined;
    return value;
  }
}
