import { type Runtime, Session } from "node:inspector";
import { promiseHooks } from "node:v8";
import { primordials } from "../guards/primordials";
import { restoreBuiltins } from "../guards/restore_builtins";
import type { Place } from "./stack_traces";

/** What code threw: the value itself, and the place for values that have no stack. */
export class Thrown {
  constructor(
    readonly value: unknown,
    readonly place?: Place,
  ) {}
}

export class Terminated extends Error {}

/** V8 reports a termination as such, or as "Internal error". Once its context is gone it runs nothing. */
function failureOf({ message }: Error): Error {
  return /Cannot find context/.test(message)
    ? new primordials.Error(`V8 cannot run cells any more (${message}): restart the kernel.`)
    : new Terminated(message);
}

/** A global function, deleted as soon as V8 has a reference to it, that receives values from V8. */
const receiver = "__tskerasReceiveValue";

/**
 * V8's own REPL, as in the browser's console: top-level await, redeclaration, and closures that see the new binding.
 * Never send `Runtime.enable`: V8 would then keep the arguments of all console calls.
 */
export class Repl {
  #session = new Session();
  #groups = 0;
  #receiverId = "";
  #received: unknown;
  /**
   * Promises of evaluations that V8 has not answered. V8 of Node 22 ends the process when one is garbage-collected, which
   * happens after a termination.
   */
  readonly #unsettled = new primordials.Set<unknown>();

  constructor() {
    this.#connect();
  }

  /**
   * Drops evaluations that V8 will not answer because they were terminated. With the session still connected, V8 would report
   * their collection in the middle of it, and the error that `node:inspector` makes of that would end the process.
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
    const receive = (value: unknown): void => {
      this.#received = value;
    };
    // V8 keeps the function by its id, so cells cannot replace it.
    Object.defineProperty(primordials.globalThis, receiver, { value: receive, configurable: true });
    this.#session.post("Runtime.evaluate", { expression: receiver }, (_, { result }) => {
      this.#receiverId = result.objectId ?? "";
    });
    Reflect.deleteProperty(primordials.globalThis, receiver);
  }

  /** Runs JavaScript and resolves to its completion value, in an object because it may be a promise. Rejects with {@link Thrown}. */
  evaluate(javascript: string): Promise<{ readonly value: unknown }> {
    // V8 keeps every result and exception alive until its group is released.
    const objectGroup = `cell-${this.#groups++}`;
    const parameters = { expression: javascript, replMode: true, awaitPromise: true, objectGroup };
    return new primordials.Promise((resolve, reject) => {
      let promise: unknown;
      // The first promise made during the evaluation is its own.
      const stop = promiseHooks.onInit((made) => {
        stop();
        promise = made;
        this.#unsettled.add(made);
      }) as () => void;
      const answered = (failure: Error | null, answer: Runtime.EvaluateReturnType): void => {
        restoreBuiltins();
        if (failure) reject(failureOf(failure));
        else if (answer.exceptionDetails) reject(this.#thrown(answer.exceptionDetails));
        else resolve({ value: this.#value(answer.result) });
        this.#session.post("Runtime.releaseObjectGroup", { objectGroup });
        this.#unsettled.delete(promise);
      };
      this.#session.post("Runtime.evaluate", parameters, answered);
      stop();
    });
  }

  #thrown({ exception, url, lineNumber, columnNumber, stackTrace }: Runtime.ExceptionDetails): Thrown {
    const top = stackTrace?.callFrames[0] ?? (url ? { url, lineNumber, columnNumber } : undefined);
    const place = top && { file: top.url, line: top.lineNumber, column: top.columnNumber };
    return new Thrown(exception && this.#value(exception), place);
  }

  #value({ objectId, unserializableValue, type, value }: Runtime.RemoteObject): unknown {
    if (objectId === undefined) {
      if (unserializableValue === undefined) return type === "undefined" ? undefined : value;
      if (type === "bigint") return primordials.BigInt(unserializableValue.slice(0, -1));
      return primordials.Number(unserializableValue);
    }
    this.#session.post("Runtime.callFunctionOn", {
      functionDeclaration: "function (value) { this(value); }",
      arguments: [{ objectId }],
      objectId: this.#receiverId,
      silent: true,
    });
    const received = this.#received;
    this.#received = undefined;
    return received;
  }
}
