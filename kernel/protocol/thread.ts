import { join } from "node:path";
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import { newShared } from "../bridge";
import { captureDescriptors, restoreDescriptors } from "../descriptors";
import { beginLife } from "../life";
import { logTo } from "../log";
import { exposeInternals } from "./signals";
import type { WorkerData } from "./worker";

/** The thread that speaks with Jupyter, as the one that runs the cells sees it. */
export interface ProtocolThread {
  readonly worker: Worker;
  readonly shared: Int32Array<SharedArrayBuffer>;
  /** Where answers come that this thread waits for, doing nothing else. */
  readonly answers: MessagePort;
  /** True where a person watches. */
  readonly live: boolean;
  /** Opens the standard descriptors again that a cell has closed. */
  restore(): void;
}

/** Starts that thread. Its messages arrive from the next turn of the event loop on. */
export function startProtocol(connectionFile: string): ProtocolThread {
  const shared = newShared();
  // nbclient and nbconvert, where nobody watches, do not name a session.
  const live = process.env["JPY_SESSION_NAME"] !== undefined && process.env["TSKERAS_LIVE"] !== "0";
  const life = beginLife(connectionFile);
  const captured = captureDescriptors(life.folder);
  if (captured) logTo(captured.log);
  const answers = new MessageChannel();
  const directory = process.cwd();
  const workerData: WorkerData = { connectionFile, directory, live, shared, answers: answers.port2, life, captured };
  const worker = new Worker(join(__dirname, "worker.js"), {
    workerData,
    transferList: [answers.port2],
    execArgv: [...process.execArgv, exposeInternals],
  });
  const restore = (): void => {
    if (captured) restoreDescriptors(life.folder);
  };
  return { worker, shared, answers: answers.port1, live, restore };
}
