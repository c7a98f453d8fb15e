import { deleteRecord } from "../crash_report";
import { logError } from "../log";
import { endCellProcesses } from "./interrupter";
import type { Kernel } from "./kernel";
import type { Message } from "./message";
import type { ClientChannel } from "./sockets";

/** Answers a `shutdown_request`, then ends the process. */
export async function shutdown_request(kernel: Kernel, message: Message, channel: ClientChannel): Promise<void> {
  const { iopub, sockets, record } = kernel;
  const { header, content } = message;
  // Whatever ends this process from now on is not a crash.
  deleteRecord(record);
  const reply = { status: "ok", restart: content["restart"] === true };
  iopub.status(header, "busy");
  await sockets.reply(channel, message, reply);
  iopub.publish("shutdown_reply", header, reply);
  iopub.status(header, "idle");
  await Promise.race([iopub.flush(), new Promise((resolve) => setTimeout(resolve, 500))]);
  await exit(kernel);
}

/** Ends the cells' processes, closes the sockets and has the main thread end the process. */
export async function exit(kernel: Kernel): Promise<void> {
  // A main thread that computes receives no order: the process must end anyway.
  setTimeout(() => process.kill(process.pid, "SIGKILL"), 1500);
  kernel.execution.end();
  const childrenEnded = endCellProcesses();
  try {
    deleteRecord(kernel.record);
    kernel.history.save();
    await kernel.program.close();
    kernel.sockets.close();
  } catch (error) {
    logError(error);
  }
  await childrenEnded;
  await kernel.interrupter.interrupt();
  await kernel.interrupter.settled();
  kernel.order({ type: "exit" });
  await kernel.language.dispose();
}

/** Ends the kernel when the Jupyter server that started it is gone: a server that crashes sends no message. */
export function exitWithParent(kernel: Kernel): void {
  const parent = process.ppid;
  if (Number(process.env["JPY_PARENT_PID"]) !== parent) return;
  setInterval(() => {
    if (process.ppid !== parent) void exit(kernel);
  }, 1000).unref();
}
