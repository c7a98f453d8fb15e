import type { CommKind } from "../bridge";
import type { Kernel } from "./kernel";
import type { Json, Message } from "./message";

/** Passes comm messages to the main thread, where their handlers are, and knows which comms are open. */
export class Comms {
  readonly #kernel: Kernel;
  readonly open = new Map<string, string>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** `comm_open`, `comm_msg` or `comm_close`. The main thread reports when its handler is done. */
  receive(message: Message): void {
    const { header, content, metadata, buffers } = message;
    const { comm_id, target_name, data } = content;
    const kind = header.msg_type as CommKind;
    if (kind === "comm_open") this.open.set(String(comm_id), String(target_name));
    if (kind === "comm_close") this.open.delete(String(comm_id));
    this.#kernel.iopub.status(header, "busy");
    this.#kernel.order({
      type: "comm",
      id: this.#kernel.execution.register(message),
      kind,
      content: {
        comm_id: String(comm_id),
        ...(typeof target_name === "string" ? { target_name } : {}),
        data: (data ?? {}) as Json,
      },
      metadata,
      buffers,
    });
  }

  comm_info_request({ target_name: wanted }: Json): Json {
    const found = [...this.open].filter(([, target]) => !wanted || target === wanted);
    return { status: "ok", comms: Object.fromEntries(found.map(([id, target_name]) => [id, { target_name }])) };
  }
}
