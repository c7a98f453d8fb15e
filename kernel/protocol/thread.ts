import { join } from "node:path";
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import { newShared } from "../bridge";
import { captureDescriptors } from "../evaluator/descriptors";
import { logTo } from "./log";
import { exposeInternals } from "./sigint";
import type { WorkerData } from "./worker";

/** The thread that speaks with Jupyter, as the one that runs the cells sees it. */
export interface ProtocolThread {
  readonly worker: Worker;
  readonly shared: Int32Array<SharedArrayBuffer>;
  /** Where answers come that this thread waits for, doing nothing else. */
  readonly answers: MessagePort;
  /** True where a person watches. */
  readonly live: boolean;
}

/** Starts that thread. Its messages arrive from the next turn of the event loop on. */
export function startProtocol(connectionFile: string): ProtocolThread {
  const shared = newShared();
  // nbclient and nbconvert, where nobody watches, do not name a session.
  const live = process.env["JPY_SESSION_NAME"] !== undefined && process.env["TSKERAS_LIVE"] !== "0";
  const log = captureDescriptors();
  if (log !== undefined) logTo(log);
  const answers = new MessageChannel();
  const directory = process.cwd();
  const workerData: WorkerData = { connectionFile, directory, live, shared, answers: answers.port2, log };
  const worker = new Worker(join(__dirname, "worker.js"), {
    workerData,
    transferList: [answers.port2],
    execArgv: [...process.execArgv, exposeInternals],
  });
  return { worker, shared, answers: answers.port1, live };
}
