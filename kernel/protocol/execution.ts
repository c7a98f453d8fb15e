import type { ExecuteOrder, KernelError, Order, Outcome } from "../bridge";
import type { Program } from "../debugger/program";
import type { LanguageService } from "../language/language_service";
import { type Life, noteCell } from "../life";
import type { History } from "./history";
import type { Iopub } from "./iopub";
import type { Header, Json, Message } from "./message";
import { Preparation, type Prepared } from "./preparation";
import type { Sockets } from "./sockets";

/** Who asked for a piece of work: its output and its `input()` go there. */
export interface Requester {
  readonly header: Header;
  readonly identities: readonly Buffer[];
}

const interrupted: KernelError = {
  status: "error",
  ename: "KeyboardInterrupt",
  evalue: "interrupted before the cell started",
  traceback: ["KeyboardInterrupt: interrupted before the cell started"],
};

/** The cell whose turn it is. `stop` ends its preparation. */
interface Current {
  readonly requester: Requester;
  started: boolean;
  readonly stop: () => void;
}

/** Runs execute requests one after the other. */
export class Execution {
  readonly #queue: Message[] = [];
  #idle = true;
  #latest: Header | undefined;
  #current: Current | undefined;
  /** An interrupt that came when there was nothing to stop. */
  #early: Header | undefined;
  #ended = false;
  #count = 0;
  #id = 0;
  #preparation: Preparation | undefined;
  #obituary: string;
  #done: { readonly id: number; readonly resolve: (outcome: Outcome) => void } | undefined;
  /** By cell id: late output still goes to the cell that made it. */
  readonly requesters = new Map<number, Requester>();

  constructor(
    private readonly sockets: Sockets,
    private readonly iopub: Iopub,
    private readonly history: History,
    private readonly language: () => Promise<LanguageService>,
    private readonly order: (order: Order) => void,
    private readonly readNative: () => void,
    private readonly program: Program,
    private readonly life: Life,
    private readonly settled: () => Promise<void>,
  ) {
    this.#obituary = life.obituary;
  }

  get running(): Header | undefined {
    return this.#current?.requester.header;
  }

  /** The request that ran last: output of unknown origin goes there. */
  get latest(): Header | undefined {
    return this.#latest;
  }

  add(message: Message): void {
    this.#queue.push(message);
    if (!this.#idle) return;
    this.#idle = false;
    // What came before it on another channel, an interrupt above all, is read first.
    setImmediate(() => void this.#run());
  }

  /** The number under which the main thread knows a requester. */
  register(requester: Requester): number {
    const id = ++this.#id;
    this.requesters.set(id, requester);
    return id;
  }

  /**
   * True if there is a cell in the main thread to be stopped. Messages of two channels may overtake each other: where one
   * clock wrote both times, an interrupt means no cell that was sent after it, and a cell that was sent before it.
   */
  interrupt(request?: Header): boolean {
    if (!this.#current) {
      this.#early = request;
      return false;
    }
    const { requester, started, stop } = this.#current;
    if (request && isBefore(request, requester.header)) return false;
    stop();
    return started;
  }

  /** No cell starts any more. */
  end(): void {
    this.#ended = true;
    this.#current?.stop();
  }

  /** False if the outcome is not that of the running cell. */
  done(id: number, outcome: Outcome): boolean {
    if (this.#done?.id !== id) return false;
    this.#done.resolve(outcome);
    this.#done = undefined;
    return true;
  }

  async #run(): Promise<void> {
    for (let message = this.#queue.shift(); message; message = this.#queue.shift()) {
      const { header, identities, content } = message;
      this.iopub.publish("status", header, { execution_state: "busy" });
      const outcome = await this.#execute(message).catch(failure);
      this.readNative();
      await this.iopub.flush();
      const reply = { ...outcome, execution_count: this.#count };
      const failed = outcome.status === "error" && content["stop_on_error"] !== false;
      // Requests that were sent before the error, but not read yet, are aborted as well.
      if (failed) await new Promise((resolve) => setTimeout(resolve, 5));
      const aborted = failed ? this.#queue.splice(0) : [];
      await this.sockets.send("shell", identities, "execute_reply", header, reply);
      this.#current = undefined;
      this.iopub.publish("status", header, { execution_state: "idle" });
      for (const request of aborted) await this.#abort(request);
    }
    this.#idle = true;
  }

  async #abort({ header, identities }: Message): Promise<void> {
    this.iopub.publish("status", header, { execution_state: "busy" });
    const content = { status: "aborted", execution_count: this.#count };
    await this.sockets.send("shell", identities, "execute_reply", header, content);
    this.iopub.publish("status", header, { execution_state: "idle" });
  }

  async #execute({ header, identities, content }: Message): Promise<Outcome> {
    if (typeof content["code"] !== "string") {
      return failure(new TypeError('Expected an execute_request with the text "code"'));
    }
    const code = content["code"];
    const silent = content["silent"] === true;
    const stored = !silent && content["store_history"] !== false;
    const requester = { header, identities };
    let stop = (): void => {};
    let isStopped = false;
    const stopped = new Promise<Prepared>((resolve) => {
      stop = () => {
        isStopped = true;
        resolve({ error: interrupted });
      };
    });
    const current: Current = { requester, started: false, stop };
    this.#current = current;
    if (this.#ended || (this.#early && isBefore(header, this.#early))) stop();
    this.#early = undefined;
    this.#latest = header;
    const id = this.register(requester);
    if (stored) this.history.add(++this.#count, code);
    if (!silent) this.iopub.publish("execute_input", header, { code, execution_count: this.#count });
    if (this.#obituary && !silent) {
      this.iopub.stream("stderr", this.#obituary, header);
      this.#obituary = "";
    }

    const fileName = stored ? `cell-${this.#count}.ts` : `cell-${this.#count}-${id}.ts`;
    const ready = Promise.all([this.#prepare(fileName, code), this.settled()]).then(([prepared]) => prepared);
    const prepared = await Promise.race([stopped, ready]);
    if ("error" in prepared) {
      if (!silent) this.#publishError(prepared.error, header);
      return prepared.error;
    }
    const language = await this.language();
    if (prepared.warnings) this.iopub.stream("stderr", prepared.warnings, header);
    await this.program.cellStarts(code, prepared.compiled);
    if (isStopped) {
      this.program.cellEnded();
      if (!silent) this.#publishError(interrupted, header);
      return interrupted;
    }
    current.started = true;
    noteCell(this.life, fileName);
    const outcome = new Promise<Outcome>((resolve) => {
      this.#done = { id, resolve };
    });
    this.order({
      type: "execute",
      id,
      count: this.#count,
      code,
      compiled: prepared.compiled,
      silent,
      timed: prepared.timed,
      allowStdin: content["allow_stdin"] === true,
      userExpressions: compileExpressions(content["user_expressions"], id, language),
    });
    language.accept(prepared.cell);
    const result = await outcome;
    current.started = false;
    noteCell(this.life, "");
    this.program.cellEnded();
    if (result.status === "error" && !silent) this.#publishError(result, header);
    return result;
  }

  async #prepare(fileName: string, code: string): Promise<Prepared> {
    this.#preparation ??= new Preparation(await this.language());
    return this.#preparation.prepare(fileName, code);
  }

  #publishError({ ename, evalue, traceback }: KernelError, parent: Header): void {
    this.iopub.publish("error", parent, { ename, evalue, traceback });
  }
}

/** True if the same client sent `a` before `b`. Times are ISO 8601, to the microsecond where a client counts these. */
function isBefore(a: Header, b: Header): boolean {
  const difference = Date.parse(a.date) - Date.parse(b.date);
  return a.session === b.session && (difference < 0 || (difference === 0 && a.date < b.date));
}

function compileExpressions(
  expressions: unknown,
  id: number,
  language: LanguageService,
): ExecuteOrder["userExpressions"] {
  const compiled: Record<string, { javascript: string } | { problem: string }> = {};
  for (const [name, code] of Object.entries((expressions ?? {}) as Json)) {
    try {
      const cell = { fileName: `expression-${id}.ts`, code: String(code) };
      compiled[name] = { javascript: language.compile(cell).javascript };
    } catch (error) {
      compiled[name] = { problem: error instanceof Error ? error.message : String(error) };
    }
  }
  return compiled;
}

/** The kernel's own failure, which no cell should see. */
function failure(error: unknown): KernelError {
  const { name, message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  return { status: "error", ename: name, evalue: message, traceback: stack.split("\n") };
}
