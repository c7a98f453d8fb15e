import type { ExecuteOrder, KernelError, Outcome } from "../bridge";
import { recordCell } from "../crash_report";
import type { LanguageService } from "../language/language_service";
import { messageOf } from "../log";
import { internalError } from "./diagnostics";
import type { Kernel } from "./kernel";
import type { Header, Json, Message } from "./message";
import { Preparation, type Prepared } from "./preparation";

/** Who asked for some work: its output and its `input()` go there. */
type Requester = Pick<Message, "header" | "identities">;

const interrupted: KernelError = {
  status: "error",
  ename: "KeyboardInterrupt",
  evalue: "interrupted before the cell started",
  traceback: ["KeyboardInterrupt: interrupted before the cell started"],
};

export class Execution {
  readonly #kernel: Kernel;
  readonly #queue: Message[] = [];
  #idle = true;
  /** The request that ran last: output of unknown origin goes there. */
  latest: Header | undefined;
  /** The cell that is prepared or runs. `stop` ends its preparation. */
  #current: { readonly requester: Requester; started: boolean; readonly stop: () => void } | undefined;
  /** An interrupt that came when there was nothing to stop. */
  #earlyInterrupt: Header | undefined;
  #ended = false;
  #count = 0;
  #id = 0;
  #preparation: Preparation | undefined;
  #crashReport: string;
  #done: { readonly id: number; readonly resolve: (outcome: Outcome) => void } | undefined;
  /** By cell id: late output still goes to the cell that made it. */
  readonly requesters = new Map<number, Requester>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#crashReport = kernel.record.crashReport;
  }

  get running(): Header | undefined {
    return this.#current?.requester.header;
  }

  add(message: Message): void {
    this.#queue.push(message);
    if (!this.#idle) return;
    this.#idle = false;
    // Messages that arrived earlier on other channels, above all an interrupt, are read first.
    setImmediate(() => void this.#run());
  }

  register({ header, identities }: Requester): number {
    const id = ++this.#id;
    this.requesters.set(id, { header, identities });
    return id;
  }

  /**
   * True if the main thread runs a cell that must be stopped. Messages of two channels may overtake each other: if one clock
   * wrote both times, an interrupt stops a cell that was sent before it and no cell that was sent after it.
   */
  interrupt(request?: Header): boolean {
    if (!this.#current) {
      this.#earlyInterrupt = request;
      return false;
    }
    const { requester, started, stop } = this.#current;
    if (request && isBefore(request, requester.header)) return false;
    stop();
    return started;
  }

  /** After this no cell starts. */
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
    const { iopub, sockets } = this.#kernel;
    for (let message = this.#queue.shift(); message; message = this.#queue.shift()) {
      const { header, content } = message;
      iopub.status(header, "busy");
      const outcome = await this.#execute(message).catch(internalError);
      this.#kernel.readNative();
      await iopub.flush();
      const reply = { ...outcome, execution_count: this.#count };
      const failed = outcome.status === "error" && content["stop_on_error"] !== false;
      // Requests that were sent before the error but are not read yet are aborted too.
      if (failed) await new Promise((resolve) => setTimeout(resolve, 5));
      const aborted = failed ? this.#queue.splice(0) : [];
      await sockets.reply("shell", message, reply);
      this.#current = undefined;
      iopub.status(header, "idle");
      for (const request of aborted) {
        iopub.status(request.header, "busy");
        await sockets.reply("shell", request, { status: "aborted", execution_count: this.#count });
        iopub.status(request.header, "idle");
      }
    }
    this.#idle = true;
  }

  async #execute(message: Message): Promise<Outcome> {
    const { header, content } = message;
    if (typeof content["code"] !== "string") {
      throw new TypeError(`Expected an execute_request with "code" as text but found ${typeof content["code"]}`);
    }
    const { iopub, program, record, history } = this.#kernel;
    const code = content["code"];
    const silent = content["silent"] === true;
    const stored = !silent && content["store_history"] !== false;
    const refuse = (error: KernelError): Outcome => {
      const { ename, evalue, traceback } = error;
      if (!silent) iopub.publish("error", header, { ename, evalue, traceback });
      return error;
    };
    let stop = (): void => {};
    let isStopped = false;
    const stopped = new Promise<Prepared>((resolve) => {
      stop = () => {
        isStopped = true;
        resolve({ error: interrupted });
      };
    });
    const current = { requester: message, started: false, stop };
    this.#current = current;
    if (this.#ended || (this.#earlyInterrupt && isBefore(header, this.#earlyInterrupt))) stop();
    this.#earlyInterrupt = undefined;
    this.latest = header;
    const id = this.register(message);
    if (stored) history.add(++this.#count, code);
    if (!silent) iopub.publish("execute_input", header, { code, execution_count: this.#count });
    if (this.#crashReport && !silent) {
      iopub.stream("stderr", this.#crashReport, header);
      this.#crashReport = "";
    }

    const fileName = stored ? `cell-${this.#count}.ts` : `cell-${this.#count}-${id}.ts`;
    const ready = Promise.all([this.#prepare(fileName, code), this.#kernel.interrupter.settled()]);
    const prepared = await Promise.race([stopped, ready.then(([prepared]) => prepared)]);
    if ("error" in prepared) return refuse(prepared.error);
    const language = await this.#kernel.language.service();
    if (prepared.warnings) iopub.stream("stderr", prepared.warnings, header);
    await program.cellStarts(code, prepared.compiled);
    if (isStopped) {
      program.cellEnded();
      return refuse(interrupted);
    }
    current.started = true;
    recordCell(record, fileName);
    const outcome = new Promise<Outcome>((resolve) => {
      this.#done = { id, resolve };
    });
    this.#kernel.order({
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
    recordCell(record, "");
    program.cellEnded();
    return result.status === "error" ? refuse(result) : result;
  }

  async #prepare(fileName: string, code: string): Promise<Prepared> {
    this.#preparation ??= new Preparation(await this.#kernel.language.service());
    return this.#preparation.prepare(fileName, code);
  }
}

/** True if the same client sent `a` before `b`. Times are ISO 8601; some clients write microseconds. */
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
      compiled[name] = { problem: messageOf(error) };
    }
  }
  return compiled;
}
