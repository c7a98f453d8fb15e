import { Reply, Router, XPublisher } from "zeromq";
import { log, messageOf } from "../log";
import { address, type Channel, type Connection } from "./connection";
import { type Header, type Json, type Message, newHeader } from "./message";
import { Wire } from "./wire";

export type ClientChannel = "shell" | "control" | "stdin";

type Frames = (Buffer | string | Uint8Array)[];

/** Sends one message at a time, in order, as ZeroMQ demands. */
class Sender<S extends Router | XPublisher | Reply> {
  readonly socket: S;
  #last: Promise<void> = Promise.resolve();
  /** ZeroMQ has this flag too, but reading it while the thread ends aborts the process. */
  #closed = false;

  constructor(socket: S) {
    this.socket = socket;
  }

  send(frames: Frames): Promise<void> {
    const next = this.#last.then(() => (this.#closed ? undefined : this.socket.send(frames as Buffer[])));
    // A client that is gone is no reason to stop answering the others.
    this.#last = next.catch(() => {});
    return this.#last;
  }

  close(): void {
    this.#closed = true;
    this.socket.close();
  }
}

const options = { linger: 200, sendHighWaterMark: 0 };

export class Sockets {
  readonly #wire: Wire;
  readonly #channels = {
    shell: new Sender(new Router(options)),
    control: new Sender(new Router(options)),
    stdin: new Sender(new Router(options)),
    iopub: new Sender(new XPublisher(options)),
    hb: new Sender(new Reply({ linger: 0 })),
  };

  constructor(connection: Connection) {
    this.#wire = new Wire(connection);
  }

  /** Binds all channels, then calls `receive` for every message that is complete and signed. */
  async open(connection: Connection, receive: (channel: ClientChannel, message: Message) => void): Promise<void> {
    const channels = Object.entries(this.#channels) as [Channel, { socket: Router | XPublisher | Reply }][];
    await Promise.all(channels.map(([channel, { socket }]) => socket.bind(address(connection, channel))));
    for (const channel of ["shell", "control", "stdin"] as const) void this.#read(channel, receive);
    void this.#echo();
    void this.#welcome();
  }

  async send(
    channel: ClientChannel,
    to: readonly Buffer[],
    parent: Header,
    header: Header,
    content: Json,
  ): Promise<void> {
    await this.#channels[channel].send(this.#wire.encode(to, header, parent, JSON.stringify(content)));
  }

  /** Answers a request: `execute_request` with `execute_reply`. */
  reply(channel: ClientChannel, { identities, header }: Message, content: Json): Promise<void> {
    const type = header.msg_type.replace(/_request$/, "_reply");
    return this.send(channel, identities, header, newHeader(type), content);
  }

  /** Publishes to everyone. `content` and `metadata` are JSON text. */
  publish(
    msgType: string,
    parent: Header,
    content: string,
    metadata?: string,
    buffers?: readonly Uint8Array[],
  ): Promise<void> {
    const topic = `kernel.${process.pid}.${msgType}`;
    const frames = this.#wire.encode([topic], newHeader(msgType), parent, content, metadata, buffers);
    return this.#channels.iopub.send(frames);
  }

  /** Must be called before the process exits: ZeroMQ aborts a process that ends with open sockets. */
  close(): void {
    for (const channel of Object.values(this.#channels)) channel.close();
  }

  async #read(channel: ClientChannel, receive: (channel: ClientChannel, message: Message) => void): Promise<void> {
    for await (const frames of this.#channels[channel].socket) {
      try {
        receive(channel, this.#wire.decode(frames));
      } catch (error) {
        log(messageOf(error));
      }
    }
  }

  async #echo(): Promise<void> {
    for await (const frames of this.#channels.hb.socket) await this.#channels.hb.send(frames);
  }

  /**
   * Tells a new subscriber that it is connected.
   *
   * @see https://jupyter.org/enhancement-proposals/65-jupyter-xpub/
   */
  async #welcome(): Promise<void> {
    for await (const [frame] of this.#channels.iopub.socket) {
      if (frame?.[0] !== 1) continue;
      const topic = frame.subarray(1);
      const content = JSON.stringify({ subscription: topic.toString() });
      void this.#channels.iopub.send(this.#wire.encode([topic], newHeader("iopub_welcome"), {}, content));
    }
  }
}
