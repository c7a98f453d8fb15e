import { randomUUID } from "node:crypto";
import type { CommContent, CommKind, CommOrder, Report } from "../../bridge";
import { Cell, currentCell, runIn } from "../cell/cell";
import { primordials } from "../guards/primordials";

type Data = CommContent["data"];
type OpenHandler = Parameters<typeof comms.register>[1];

/** @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#custom-messages */
class Comm implements NotebookComm {
  readonly #post: (kind: CommKind, data: Data, extras?: NotebookCommExtras) => void;
  onMessage: NotebookComm["onMessage"];
  onClose: NotebookComm["onClose"];

  constructor(
    readonly id: string,
    readonly target: string,
    post: (kind: CommKind, data: Data, extras?: NotebookCommExtras) => void,
  ) {
    this.#post = post;
  }

  send(data: Data, extras?: NotebookCommExtras): void {
    this.#post("comm_msg", data, extras);
  }

  close(data: Data = {}, extras?: NotebookCommExtras): void {
    this.#post("comm_close", data, extras);
  }
}

export class Comms {
  readonly #report: (report: Report) => void;
  readonly #open = new Map<string, Comm>();
  readonly #targets = new Map<string, OpenHandler>();

  constructor(report: (report: Report) => void) {
    this.#report = report;
  }

  /** Sets what happens when the front end opens a comm for `target`. */
  register(target: string, handler: OpenHandler): void {
    this.#targets.set(target, handler);
  }

  open(target: string, data: Data = {}, extras?: NotebookCommExtras): NotebookComm {
    const comm = this.#add(randomUUID(), target);
    this.#report({ type: "comm_opened", comm: comm.id, target });
    this.#post("comm_open", { comm_id: comm.id, target_name: target, data }, extras);
    return comm;
  }

  /** Runs the handler for a message of the front end; its output belongs to that message. */
  async receive({ id, kind, content, metadata, buffers }: CommOrder): Promise<void> {
    const message = { data: content.data, metadata, buffers };
    await runIn(new Cell(id), async () => {
      if (kind === "comm_open") return this.#accept(content, message);
      const comm = this.#open.get(content.comm_id);
      if (kind === "comm_close") this.#open.delete(content.comm_id);
      return kind === "comm_close" ? comm?.onClose?.(message) : comm?.onMessage?.(message);
    });
  }

  async #accept({ comm_id, target_name = "" }: CommContent, message: NotebookCommMessage): Promise<unknown> {
    const handler = this.#targets.get(target_name);
    const comm = this.#add(comm_id, target_name);
    if (handler) return handler(comm, message);
    comm.close();
    throw new primordials.Error(
      `No handler for comms of the target "${target_name}". Add one: comms.register("${target_name}", …)`,
    );
  }

  #add(id: string, target: string): Comm {
    const comm = new Comm(id, target, (kind, data, extras) => {
      if (kind === "comm_close") {
        this.#open.delete(id);
        this.#report({ type: "comm_closed", comm: id });
      }
      this.#post(kind, { comm_id: id, data }, extras);
    });
    this.#open.set(id, comm);
    return comm;
  }

  #post(msgType: CommKind, content: CommContent, { metadata = {}, buffers = [] }: NotebookCommExtras = {}): void {
    const { stringify } = primordials.JSON;
    const text = { content: stringify(content), metadata: stringify(metadata) };
    this.#report({ type: "iopub", id: currentCell().id, msgType, ...text, buffers });
  }
}
