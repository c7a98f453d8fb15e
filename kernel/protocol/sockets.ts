import { Reply, Router, XPublisher } from "zeromq";
import { log } from "../log";
import { address, type Connection } from "./connection";
import { type Header, type Json, type Message, newHeader } from "./message";
import type { Wire } from "./wire";

/** A socket that sends one message at a time, in order, as ZeroMQ demands. */
class Sender {
  #last: Promise<void> = Promise.resolve();
  /** ZeroMQ knows this too, but a call to it while the thread ends aborts the process. */
  #closed = false;

  constructor(private readonly socket: Router | XPublisher | Reply) {}

  send(frames: (Buffer | string | Uint8Array)[]): Promise<void> {
    this.#last = this.#last.then(() => this.#send(frames));
    return this.#last;
  }

  close(): void {
    this.#closed = true;
    this.socket.close();
  }

  async #send(frames: (Buffer | string | Uint8Array)[]): Promise<void> {
    if (this.#closed) return;
    try {
      await this.socket.send(frames as Buffer[]);
    } catch {
      // A peer that is gone is no reason to stop answering the others.
    }
  }
}

/** The kernel's five channels. */
export class Sockets {
  readonly #shell = new Router({ linger: 200, sendHighWaterMark: 0 });
  readonly #control = new Router({ linger: 200, sendHighWaterMark: 0 });
  readonly #stdin = new Router({ linger: 200, sendHighWaterMark: 0 });
  readonly #iopub = new XPublisher({ linger: 200, sendHighWaterMark: 0 });
  readonly #heartbeat = new Reply({ linger: 0 });
  readonly #senders = {
    shell: new Sender(this.#shell),
    control: new Sender(this.#control),
    stdin: new Sender(this.#stdin),
    iopub: new Sender(this.#iopub),
    heartbeat: new Sender(this.#heartbeat),
  };

  constructor(private readonly wire: Wire) {}

  /** Binds all channels, then calls `receive` for every message that is whole and signed. */
  async open(
    connection: Connection,
    receive: (channel: "shell" | "control" | "stdin", message: Message) => void,
  ): Promise<void> {
    await Promise.all([
      this.#shell.bind(address(connection, "shell")),
      this.#control.bind(address(connection, "control")),
      this.#stdin.bind(address(connection, "stdin")),
      this.#iopub.bind(address(connection, "iopub")),
      this.#heartbeat.bind(address(connection, "hb")),
    ]);
    for (const [channel, socket] of [
      ["shell", this.#shell],
      ["control", this.#control],
      ["stdin", this.#stdin],
    ] as const) {
      void this.#read(socket, (message) => receive(channel, message));
    }
    void this.#echo();
    void this.#welcome();
  }

  /** Sends on a channel to one peer. */
  async send(
    channel: "shell" | "control" | "stdin",
    to: readonly Buffer[],
    msgType: string,
    parent: Header,
    content: Json,
    header = newHeader(msgType),
  ): Promise<void> {
    await this.#senders[channel].send(this.wire.encode(to, header, parent, JSON.stringify(content)));
  }

  /** Publishes to everyone. `content` and `metadata` are JSON text. */
  publish(
    msgType: string,
    parent: Header | Json,
    content: string,
    metadata?: string,
    buffers?: readonly Uint8Array[],
  ): Promise<void> {
    const topic = `kernel.${process.pid}.${msgType}`;
    return this.#senders.iopub.send(
      this.wire.encode([topic], newHeader(msgType), parent, content, metadata ?? "{}", buffers ?? []),
    );
  }

  /** Must come before the process exits: ZeroMQ aborts a process that ends with open sockets. */
  close(): void {
    for (const sender of Object.values(this.#senders)) sender.close();
  }

  async #read(socket: Router, receive: (message: Message) => void): Promise<void> {
    for await (const frames of socket) {
      try {
        receive(this.wire.decode(frames));
      } catch (error) {
        log(error instanceof Error ? error.message : String(error));
      }
    }
  }

  async #echo(): Promise<void> {
    for await (const frames of this.#heartbeat) await this.#senders.heartbeat.send(frames);
  }

  /** Tells a new subscriber that it is connected: https://jupyter.org/enhancement-proposals/65-jupyter-xpub/ */
  async #welcome(): Promise<void> {
    for await (const [frame] of this.#iopub) {
      if (frame?.[0] !== 1) continue;
      const subscription = frame.subarray(1).toString();
      const content = JSON.stringify({ subscription });
      void this.#senders.iopub.send(this.wire.encode([frame.subarray(1)], newHeader("iopub_welcome"), {}, content));
    }
  }
}
