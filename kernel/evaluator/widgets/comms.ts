import { randomUUID } from "node:crypto";
import type { CommContent, CommKind, CommOrder, Report } from "../../bridge";
import { Cell, currentCell, runIn } from "../cell/cell";
import { primordials } from "../guards/primordials";

/** What travels with a comm message besides its data. */
export interface CommExtras {
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly buffers?: readonly Uint8Array[];
}

/** A message that came in. */
export interface CommMessage {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Uint8Array[];
}

/** A line of messages between the kernel and a widget: https://jupyter-client.readthedocs.io/en/stable/messaging.html#custom-messages */
export class Comm {
  /** Called for every message of the front end. */
  onMessage: ((message: CommMessage) => unknown) | undefined;
  /** Called when the front end closes the comm. */
  onClose: ((message: CommMessage) => unknown) | undefined;

  constructor(
    readonly id: string,
    readonly target: string,
    private readonly post: (kind: CommKind, data: CommContent["data"], extras?: CommExtras) => void,
    private readonly forget: () => void,
  ) {}

  send(data: Readonly<Record<string, unknown>>, extras?: CommExtras): void {
    this.post("comm_msg", data, extras);
  }

  close(data: Readonly<Record<string, unknown>> = {}, extras?: CommExtras): void {
    this.forget();
    this.post("comm_close", data, extras);
  }
}

type OpenHandler = (comm: Comm, message: CommMessage) => unknown;

/** The comms of this kernel: the `comms` of cells. */
export class Comms {
  readonly #open = new Map<string, Comm>();
  readonly #targets = new Map<string, OpenHandler>();

  constructor(private readonly report: (report: Report) => void) {}

  /** What happens when the front end opens a comm for `target`. */
  register(target: string, handler: OpenHandler): void {
    this.#targets.set(target, handler);
  }

  /** Opens a comm to a target of the front end. */
  open(target: string, data: Readonly<Record<string, unknown>> = {}, extras?: CommExtras): Comm {
    const comm = this.#add(randomUUID(), target);
    this.report({ type: "comm_opened", comm: comm.id, target });
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

  async #accept({ comm_id, target_name = "" }: CommContent, message: CommMessage): Promise<unknown> {
    const handler = this.#targets.get(target_name);
    const comm = this.#add(comm_id, target_name);
    if (handler) return handler(comm, message);
    comm.close();
    throw new primordials.Error(
      `Nobody waits for comms of the target "${target_name}": comms.register("${target_name}", …)`,
    );
  }

  #add(id: string, target: string): Comm {
    const forget = (): void => {
      this.#open.delete(id);
      this.report({ type: "comm_closed", comm: id });
    };
    const comm = new Comm(id, target, (kind, data, extras) => this.#post(kind, { comm_id: id, data }, extras), forget);
    this.#open.set(id, comm);
    return comm;
  }

  #post(msgType: CommKind, content: CommContent, { metadata = {}, buffers = [] }: CommExtras = {}): void {
    const { stringify } = primordials.JSON;
    this.report({
      type: "iopub",
      id: currentCell().id,
      msgType,
      content: stringify(content),
      metadata: stringify(metadata),
      buffers,
    });
  }
}
