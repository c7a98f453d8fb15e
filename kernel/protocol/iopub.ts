import { type Report, Shared } from "../bridge";
import type { Header, Json } from "./message";
import type { Sockets } from "./sockets";

type Entry =
  | { readonly kind: "stream"; readonly parent: Header; readonly name: string; text: string[]; length: number }
  | { readonly kind: "message"; readonly send: () => Promise<void> }
  | { readonly kind: "flushed"; readonly done: () => void };

/** How long a stream collects before it is sent, in ms. */
const collectFor = 50;
/** UTF-16 units of one stream message. */
const maxText = 65_536;
/** Reports of the main thread that are few. */
const fewUnread = 100;
/** JupyterLab drops messages above 1,000,000 bytes a second over 3 s, so bursts and the rate stay below. */
const liveLimit = { burst: 1_200_000, perSecond: 700_000 };
const headlessLimit = { burst: 16_000_000, perSecond: 32_000_000 };

/**
 * Everything that the kernel publishes, in order. Stream text is collected for a moment and sent in few messages, at a
 * rate that front ends take; what is waiting is counted in shared memory, where the cell that prints waits for it.
 */
export class Iopub {
  readonly #queue: Entry[] = [];
  readonly #limit;
  #budget: number;
  #refilled = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #sending = false;

  constructor(
    private readonly sockets: Sockets,
    private readonly shared: Int32Array,
    live: boolean,
  ) {
    this.#limit = live ? liveLimit : headlessLimit;
    this.#budget = this.#limit.burst;
  }

  publish(msgType: string, parent: Header, content: Json): void {
    this.#add({ kind: "message", send: () => this.sockets.publish(msgType, parent, JSON.stringify(content)) });
  }

  /** What the main thread prints or shows, whose content is JSON text already. */
  report(report: Extract<Report, { type: "stream" | "iopub" }>, parent: Header): void {
    if (report.type === "stream") {
      this.stream(report.name, report.text, parent);
      this.#read();
      return;
    }
    const { msgType, content, metadata, buffers } = report;
    const send = async (): Promise<void> => {
      this.#budget -= content.length;
      await this.sockets.publish(msgType, parent, content, metadata, buffers);
      this.#read();
    };
    this.#add({ kind: "message", send });
  }

  stream(name: string, text: string, parent: Header): void {
    const last = this.#queue.at(-1);
    if (last?.kind === "stream" && last.parent === parent && last.name === name && last.length < maxText) {
      last.text.push(text);
      last.length += text.length;
    } else {
      this.#queue.push({ kind: "stream", parent, name, text: [text], length: text.length });
    }
    this.#timer ??= setTimeout(() => this.#run(), collectFor);
  }

  /** Resolves when all that was added before is sent. */
  flush(): Promise<void> {
    return new Promise((done) => this.#add({ kind: "flushed", done }));
  }

  /** The cell that waits for room goes on when there is some: not at each report, for waking takes longer. */
  #read(): void {
    if (Atomics.sub(this.shared, Shared.Unread, 1) === fewUnread) Atomics.notify(this.shared, Shared.Unread);
  }

  #add(entry: Entry): void {
    this.#queue.push(entry);
    this.#run();
  }

  #run(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#sending) void this.#send();
  }

  async #send(): Promise<void> {
    this.#sending = true;
    for (let entry = this.#queue.shift(); entry; entry = this.#queue.shift()) {
      if (entry.kind === "flushed") entry.done();
      else if (entry.kind === "message") await entry.send();
      else {
        const text = entry.text.join("");
        await this.#wait();
        this.#budget -= text.length;
        await this.sockets.publish("stream", entry.parent, JSON.stringify({ name: entry.name, text }));
        Atomics.sub(this.shared, Shared.Unsent, text.length);
        Atomics.notify(this.shared, Shared.Unsent);
      }
    }
    this.#sending = false;
  }

  async #wait(): Promise<void> {
    for (;;) {
      const now = performance.now();
      const refill = ((now - this.#refilled) / 1000) * this.#limit.perSecond;
      this.#budget = Math.min(this.#limit.burst, this.#budget + refill);
      this.#refilled = now;
      if (this.#budget > 0) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
