/** The worker thread's entry: it speaks the Jupyter protocol while the main thread computes. */

import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { Order, Report } from "../bridge";
import type { RunRecord } from "../crash_report";
import type { Captured } from "../descriptors";
import { logError } from "../log";
import { collectGarbage } from "./garbage";
import { Kernel } from "./kernel";

export interface WorkerData {
  readonly connectionFile: string;
  readonly directory: string;
  readonly live: boolean;
  readonly shared: Int32Array;
  /** For answers that the main thread waits for, doing nothing else. */
  readonly answers: MessagePort;
  readonly record: RunRecord;
  /** Set if the standard descriptors are files of the kernel now. */
  readonly captured: Captured | undefined;
}

// If this thread died while the main thread computes, nothing could stop the kernel.
process.on("uncaughtException", logError);
const kernel = new Kernel(workerData as WorkerData, (order: Order) => parentPort?.postMessage(order));
parentPort?.on("message", (report: Report) => kernel.receiveReport(report));
collectGarbage();
kernel.start();
