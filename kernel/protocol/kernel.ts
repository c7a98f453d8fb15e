import { constants } from "node:os";
import { type Order, type Report, Shared } from "../bridge";
import type { RunRecord } from "../crash_report";
import { Debugger } from "../debugger/debugger";
import { log, logError, logTo } from "../log";
import { Comms } from "./comms";
import { type Connection, readConnection } from "./connection";
import { internalError } from "./diagnostics";
import { Execution } from "./execution";
import { History, historyFile } from "./history";
import { Interrupter } from "./interrupter";
import { Iopub } from "./iopub";
import { kernelInfo } from "./kernel_info";
import { Language } from "./language";
import type { Header, Json, Message } from "./message";
import { NativeOutput } from "./native_output";
import { complete_request, inspect_request, is_complete_request } from "./requests";
import { exit, exitWithParent, shutdown_request } from "./shutdown";
import { onSignal } from "./signals";
import { type ClientChannel, Sockets } from "./sockets";
import { Stdin } from "./stdin";
import type { WorkerData } from "./worker";

type Handler = (message: Message, channel: ClientChannel) => Promise<void> | void;

/** The kernel as Jupyter sees it: answers the messages of clients, and publishes what the main thread reports. */
export class Kernel {
  readonly order: (order: Order) => void;
  readonly shared: Int32Array;
  readonly record: RunRecord;
  readonly sockets: Sockets;
  readonly iopub: Iopub;
  readonly history = new History(historyFile());
  readonly language: Language;
  readonly interrupter: Interrupter;
  readonly execution: Execution;
  readonly #connection: Connection;
  readonly #comms = new Comms(this);
  readonly #stdin: Stdin;
  readonly #debugger: Debugger;
  readonly program: Debugger["program"];
  #debugRequest: Header | undefined;
  readonly #native: NativeOutput | undefined;
  #receivesSigint = false;

  constructor(
    { connectionFile, directory, live, shared, answers, record, captured }: WorkerData,
    order: Kernel["order"],
  ) {
    this.order = order;
    this.shared = shared;
    this.record = record;
    this.#connection = readConnection(connectionFile);
    this.sockets = new Sockets(this.#connection);
    this.iopub = new Iopub(this.sockets, shared, live);
    this.language = new Language(directory);
    this.interrupter = new Interrupter(order, shared);
    this.#stdin = new Stdin(this, answers);
    this.#debugger = new Debugger(
      (event) => this.#debugRequest && this.iopub.publish("debug_event", this.#debugRequest, { ...event }),
      () => this.language.service(),
    );
    this.program = this.#debugger.program;
    this.execution = new Execution(this);
    if (!captured) return;
    logTo(captured.log);
    this.#native = new NativeOutput(captured.written, (name, text) => {
      const header = this.execution.latest;
      if (!header) return;
      Atomics.add(shared, Shared.Unsent, text.length);
      this.iopub.stream(name, text, header);
    });
    setInterval(() => this.readNative(), 100).unref();
  }

  /** Every message that clients send, by type. Those that `#answering` makes are answered at once, also while a cell runs. */
  readonly #handlers: { readonly [msgType: string]: Handler | undefined } = {
    execute_request: (message) => this.execution.add(message),
    complete_request: this.#answering(async (content) => complete_request(content, await this.language.service())),
    inspect_request: this.#answering(async (content) => inspect_request(content, await this.language.service())),
    is_complete_request: this.#answering(async (content) =>
      is_complete_request(content, await this.language.service()),
    ),
    history_request: this.#answering((content) => ({ status: "ok", history: this.history.select(content) })),
    kernel_info_request: this.#answering(kernelInfo),
    comm_info_request: this.#answering((content) => this.#comms.comm_info_request(content)),
    comm_open: (message) => this.#comms.receive(message),
    comm_msg: (message) => this.#comms.receive(message),
    comm_close: (message) => this.#comms.receive(message),
    input_reply: (message) => this.#stdin.input_reply(message),
    interrupt_request: this.#answering((_, header) => {
      this.#interrupt(header);
      return { status: "ok" };
    }),
    debug_request: this.#answering(async (content, header) => {
      this.#debugRequest = header;
      return { ...(await this.#debugger.request(content)) };
    }),
    shutdown_request: (message, channel) => shutdown_request(this, message, channel),
  };

  /** Every message of the main thread, by type. */
  readonly #reports: { readonly [T in Report["type"]]: (report: Extract<Report, { type: T }>) => void } = {
    stream: (report) => this.#publish(report),
    iopub: (report) => this.#publish(report),
    input_request: (report) => this.#stdin.input_request(report).catch(logError),
    done: ({ id, outcome }) => {
      const requester = this.execution.requesters.get(id);
      if (requester && !this.execution.done(id, outcome)) this.#idle(requester.header);
    },
    comm_opened: ({ comm, target }) => this.#comms.open.set(comm, target),
    comm_closed: ({ comm }) => this.#comms.open.delete(comm),
    moved: ({ directory }) => this.language.service().then((service) => service.moveTo(directory)),
    acknowledged: ({ number }) => this.interrupter.acknowledged(number),
    busy: () => this.interrupter.terminate(),
    sigint: () => {
      if (!this.#receivesSigint) this.#interrupt();
    },
    exit: () => exit(this),
  };

  start(): void {
    this.#receivesSigint = onSignal(constants.signals.SIGINT, () => this.#interrupt());
    onSignal(constants.signals.SIGTERM, () => void exit(this));
    exitWithParent(this);
    void this.sockets
      .open(this.#connection, (channel, message) => void this.#receive(channel, message).catch(logError))
      .then(() => void this.language.service().catch(() => {}))
      .catch((error: unknown) => {
        logError(error);
        void exit(this);
      });
  }

  readNative(): void {
    try {
      this.#native?.read();
    } catch (error) {
      // A cell has closed descriptors that are not its own.
      logError(error);
    }
  }

  receiveReport(report: Report): void {
    (this.#reports[report.type] as (report: Report) => void)(report);
  }

  async #receive(channel: ClientChannel, message: Message): Promise<void> {
    const { msg_type } = message.header;
    const handler = Object.hasOwn(this.#handlers, msg_type) ? this.#handlers[msg_type] : undefined;
    if (handler) await handler(message, channel);
    else log(`no answer to a message of type ${msg_type}`);
  }

  /** A handler that replies with what `makeContent` returns, or with its error. */
  #answering(makeContent: (content: Json, header: Header) => Json | Promise<Json>): Handler {
    return async (message, channel) => {
      const { header, content } = message;
      this.iopub.status(header, "busy");
      let reply: object;
      try {
        reply = await makeContent(content, header);
      } catch (error) {
        reply = internalError(error);
      }
      await this.sockets.reply(channel, message, { ...reply });
      this.#idle(header);
    };
  }

  #publish(report: Extract<Report, { type: "stream" | "iopub" }>): void {
    const requester = this.execution.requesters.get(report.id);
    if (requester) this.iopub.report(report, requester.header);
  }

  #idle(header: Header): void {
    this.iopub.status(header, "idle");
    // Front ends show the last status they receive as the kernel's, so a cell that still runs must be busy again.
    if (this.execution.running) this.iopub.status(this.execution.running, "busy");
  }

  /** Stops the running cell. A SIGINT has no header. */
  #interrupt(header?: Header): void {
    if (this.execution.interrupt(header)) void this.program.release().finally(() => this.interrupter.interrupt());
  }
}
