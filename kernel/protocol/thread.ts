import { join } from "node:path";
import { MessageChannel, Worker } from "node:worker_threads";
import { newShared } from "../bridge";
import { openRecord } from "../crash_report";
import { captureDescriptors, restoreDescriptors } from "../descriptors";
import { logTo } from "../log";
import { exposeInternals } from "./signals";
import type { WorkerData } from "./worker";

/** The thread that speaks the Jupyter protocol, as the one that runs the cells sees it. */
export type ProtocolThread = ReturnType<typeof startProtocol>;

/**
 * Starts the thread that speaks the Jupyter protocol. Its first message arrives in the next turn of the event loop at the
 * earliest.
 *
 * @returns `answers`: receives answers that this thread waits for, doing nothing else. `live`: whether a person watches.
 * `restore`: reopens standard descriptors that a cell has closed.
 */
export function startProtocol(connectionFile: string) {
  const shared = newShared();
  // nbclient and nbconvert, where nobody watches, do not name a session.
  const live = process.env["JPY_SESSION_NAME"] !== undefined && process.env["TSKERAS_LIVE"] !== "0";
  const record = openRecord(connectionFile);
  const captured = captureDescriptors(record.folder);
  if (captured) logTo(captured.log);
  const answers = new MessageChannel();
  const directory = process.cwd();
  const workerData: WorkerData = { connectionFile, directory, live, shared, answers: answers.port2, record, captured };
  const worker = new Worker(join(__dirname, "worker.js"), {
    workerData,
    transferList: [answers.port2],
    execArgv: [...process.execArgv, exposeInternals],
  });
  const restore = (): void => captured && restoreDescriptors(record.folder);
  return { worker, shared, answers: answers.port1, live, restore };
}
