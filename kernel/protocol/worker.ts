/** The worker thread: speaks the Jupyter protocol while the main thread computes. */

import { constants } from "node:os";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { type CommKind, type Order, type Report, Shared } from "../bridge";
import { keepCompiled, loadKept } from "../compile_cache";
import { Debugger } from "../debugger/debugger";
import type { Captured } from "../descriptors";
import { CellDocuments } from "../language/cell_documents";
import type { LanguageService } from "../language/language_service";
import { endLife, type Life } from "../life";
import { log, logTo } from "../log";
import { readConnection } from "./connection";
import { Execution } from "./execution";
import { collectGarbage } from "./garbage";
import { History, historyFile } from "./history";
import { endCellProcesses, Interrupter } from "./interrupter";
import { Iopub } from "./iopub";
import { type Header, type Message, newHeader, replyType } from "./message";
import { NativeOutput } from "./native_output";
import { requests } from "./requests";
import { onSignal } from "./signals";
import { Sockets } from "./sockets";
import { Wire } from "./wire";

/** What the main thread gives the worker at its start. */
export interface WorkerData {
  readonly connectionFile: string;
  readonly directory: string;
  readonly live: boolean;
  readonly shared: Int32Array;
  /** For answers that the main thread waits for, doing nothing else. */
  readonly answers: MessagePort;
  readonly life: Life;
  /** Set if the standard descriptors are files of the kernel now. */
  readonly captured: Captured | undefined;
}

const { connectionFile, directory, live, shared, answers, life, captured } = workerData as WorkerData;
const connection = readConnection(connectionFile);
const sockets = new Sockets(new Wire(connection.key, connection.signature_scheme));
const iopub = new Iopub(sockets, shared, live);
const history = new History(historyFile());
const comms = new Map<string, string>();
const order = (message: Order): void => parentPort?.postMessage(message);
const native =
  captured &&
  new NativeOutput(captured.written, (name, text) => {
    const header = execution.latest;
    if (!header) return;
    Atomics.add(shared, Shared.Unsent, text.length);
    iopub.stream(name, text, header);
  });
const readNative = (): void => {
  try {
    native?.read();
  } catch (error) {
    // A cell closes descriptors that are not its own.
    fail(error);
  }
};
let debugParent: Header | undefined;
const debug = new Debugger((event) => {
  if (debugParent) iopub.publish("debug_event", debugParent, { ...event });
}, language);
const interrupter = new Interrupter(order, shared);
const execution = new Execution(sockets, iopub, history, language, order, readNative, debug.program, life, () =>
  interrupter.settled(),
);
const inputs = new Map<string, (value: string) => void>();

/** TypeScript's server, a process beside this one, reads the language's types while this thread gets ready. */
const documents = new CellDocuments(directory);
documents.startAhead();

let service: Promise<LanguageService> | undefined;
/** Loading TypeScript's compiler takes longer than all the rest, so it starts when clients can connect. */
function language(): Promise<LanguageService> {
  service ??= load();
  return service;
}

async function load(): Promise<LanguageService> {
  const keepTypeScript = loadKept("typescript6");
  const { createLanguageService } = await import("../language/index.js");
  const created = createLanguageService({ directory, documents });
  // By then a cell has run, or what it will need of the compiler is loaded here.
  setTimeout(() => {
    created.compile({ fileName: "ahead.ts", code: "const a: number = 1; a" });
    keepTypeScript();
    keepCompiled();
  }, 3000).unref();
  return created;
}

const fail = (error: unknown): void => log(error instanceof Error ? (error.stack ?? error.message) : String(error));

async function receive(channel: "shell" | "control" | "stdin", message: Message): Promise<void> {
  const { header, content } = message;
  switch (header.msg_type) {
    case "execute_request":
      execution.add(message);
      return;
    case "input_reply":
      answerInput(message);
      return;
    case "comm_open":
    case "comm_msg":
    case "comm_close":
      comm(message, header.msg_type);
      return;
    case "interrupt_request":
      interrupt(header);
      await answer(channel, message, () => ({ status: "ok" }));
      return;
    case "debug_request":
      debugParent = header;
      await answer(channel, message, async () => ({ ...(await debug.request(content)) }));
      return;
    case "shutdown_request":
      await shutdown(channel, message);
      return;
  }
  const handler = requests[header.msg_type];
  if (!handler) {
    log(`no answer to a message of type ${header.msg_type}`);
    return;
  }
  await answer(channel, message, () => handler(content, { language, history, comms }));
}

/** By message, or by SIGINT, which has no header. */
function interrupt(header?: Header): void {
  if (execution.interrupt(header)) void debug.program.release().finally(() => interrupter.interrupt());
}

type Answer = Record<string, unknown>;

async function answer(
  channel: "shell" | "control" | "stdin",
  { header, identities }: Message,
  make: () => Answer | Promise<Answer>,
): Promise<void> {
  iopub.publish("status", header, { execution_state: "busy" });
  let content: Answer;
  try {
    content = await make();
  } catch (error) {
    const { name, message, stack = "" } = error instanceof Error ? error : new Error(String(error));
    content = { status: "error", ename: name, evalue: message, traceback: stack.split("\n") };
  }
  await sockets.send(channel, identities, replyType(header.msg_type), header, content);
  idle(header);
}

function idle(header: Header): void {
  iopub.publish("status", header, { execution_state: "idle" });
  // A front end takes the last status for the kernel's: a cell that still runs makes it busy again.
  if (execution.running) iopub.publish("status", execution.running, { execution_state: "busy" });
}

function comm({ header, identities, content, metadata, buffers }: Message, kind: CommKind): void {
  const id = execution.register({ header, identities });
  const { comm_id, target_name, data } = content;
  if (kind === "comm_open") comms.set(String(comm_id), String(target_name));
  if (kind === "comm_close") comms.delete(String(comm_id));
  iopub.publish("status", header, { execution_state: "busy" });
  order({
    type: "comm",
    id,
    kind,
    content: {
      comm_id: String(comm_id),
      ...(typeof target_name === "string" ? { target_name } : {}),
      data: (data ?? {}) as Record<string, unknown>,
    },
    metadata,
    buffers,
  });
}

/** Some clients send no parent header with their answer: it is for the last question then. */
function answerInput({ parentHeader, content }: Message): void {
  const id = String(parentHeader["msg_id"] ?? [...inputs.keys()].at(-1));
  const answered = inputs.get(id);
  inputs.delete(id);
  answered?.(String(content["value"] ?? ""));
}

async function shutdown(
  channel: "shell" | "control" | "stdin",
  { header, identities, content }: Message,
): Promise<void> {
  // Whatever ends this kernel from now on, it was meant to.
  endLife(life);
  const reply = { status: "ok", restart: content["restart"] === true };
  iopub.publish("status", header, { execution_state: "busy" });
  await sockets.send(channel, identities, "shutdown_reply", header, reply);
  iopub.publish("shutdown_reply", header, reply);
  iopub.publish("status", header, { execution_state: "idle" });
  await Promise.race([iopub.flush(), new Promise((resolve) => setTimeout(resolve, 500))]);
  await exit();
}

async function exit(): Promise<void> {
  // A main thread that computes does not hear: the process ends all the same.
  setTimeout(() => process.kill(process.pid, "SIGKILL"), 1500);
  execution.end();
  const childrenEnded = endCellProcesses();
  try {
    endLife(life);
    history.save();
    await debug.program.close();
    sockets.close();
  } catch (error) {
    fail(error);
  }
  await childrenEnded;
  await interrupter.interrupt();
  await interrupter.settled();
  order({ type: "exit" });
  await (service ? (await service).dispose() : documents.dispose());
}

function report(message: Report): void {
  const header = "id" in message ? execution.requesters.get(message.id)?.header : undefined;
  switch (message.type) {
    case "acknowledged":
      interrupter.acknowledged(message.number);
      return;
    case "busy":
      interrupter.terminate();
      return;
    case "sigint":
      if (!hearsSigint) interrupt();
      return;
    case "moved":
      void language().then((types) => types.moveTo(message.directory));
      return;
    case "comm_opened":
      comms.set(message.comm, message.target);
      return;
    case "comm_closed":
      comms.delete(message.comm);
      return;
    case "exit":
      void exit();
      return;
  }
  if (!header) return;
  switch (message.type) {
    case "stream":
    case "iopub":
      iopub.report(message, header);
      return;
    case "done":
      if (!execution.done(message.id, message.outcome)) idle(header);
      return;
    case "input_request":
      void askForInput(message, header);
  }
}

async function askForInput(question: Report & { type: "input_request" }, parent: Header): Promise<void> {
  const { id, request, prompt, password, blocking } = question;
  await iopub.flush();
  const to = execution.requesters.get(id)?.identities ?? [];
  const header = newHeader("input_request");
  // A program answers before the sending is over.
  inputs.set(header.msg_id, (value) => {
    if (!blocking) return order({ type: "input", request, value });
    answers.postMessage({ request, value });
    Atomics.notify(shared, Shared.Interrupted);
  });
  await sockets.send("stdin", to, header.msg_type, parent, { prompt, password }, header);
}

/** A Jupyter server that died without a word would leave its kernels behind. */
function followParent(): void {
  const parent = process.ppid;
  if (Number(process.env["JPY_PARENT_PID"]) !== parent) return;
  setInterval(() => {
    if (process.ppid !== parent) void exit();
  }, 1000).unref();
}

if (captured) {
  logTo(captured.log);
  setInterval(readNative, 100).unref();
}
// A kernel whose main thread computes would stay for good without this thread.
process.on("uncaughtException", fail);
parentPort?.on("message", report);
collectGarbage();
const hearsSigint = onSignal(constants.signals.SIGINT, () => interrupt());
onSignal(constants.signals.SIGTERM, () => void exit());
followParent();
void sockets
  .open(connection, (channel, message) => void receive(channel, message).catch(fail))
  .then(() => void language().catch(() => {}))
  .catch((error: unknown) => {
    fail(error);
    void exit();
  });
