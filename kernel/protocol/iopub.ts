import { type Report, Shared } from "../bridge";
import type { Header, Json } from "./message";
import type { Sockets } from "./sockets";

/** Text of a stream, which later text may join, or anything else to send in its turn. */
type Entry =
  | { readonly parent: Header; readonly name: string; text: string[]; length: number }
  | (() => Promise<void> | void);

/** How long a stream collects text before it is sent, in ms. */
const collectFor = 50;
const maxText = 65_536;
/** A cell that waits because too many of its reports are unread goes on when so many are left. */
const fewUnread = 100;
/** JupyterLab drops messages above 1,000,000 bytes a second over 3 s, so bursts and the rate stay below. */
const liveLimit = { burst: 1_200_000, perSecond: 700_000 };
const headlessLimit = { burst: 16_000_000, perSecond: 32_000_000 };

/**
 * Publishes everything in order. Stream text is collected briefly and sent in few messages, at a rate that front ends accept.
 * Shared memory counts what is not sent yet, and the cell that prints waits for it.
 */
export class Iopub {
  readonly #sockets: Sockets;
  readonly #shared: Int32Array;
  readonly #queue: Entry[] = [];
  readonly #limit;
  #budget: number;
  #refilled = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #sending = false;

  constructor(sockets: Sockets, shared: Int32Array, live: boolean) {
    this.#sockets = sockets;
    this.#shared = shared;
    this.#limit = live ? liveLimit : headlessLimit;
    this.#budget = this.#limit.burst;
  }

  publish(msgType: string, parent: Header, content: Json): void {
    this.#add(() => this.#sockets.publish(msgType, parent, JSON.stringify(content)));
  }

  status(parent: Header, execution_state: "busy" | "idle"): void {
    this.publish("status", parent, { execution_state });
  }

  /** Publishes what the main thread prints or shows. Its content is JSON text already. */
  report(report: Extract<Report, { type: "stream" | "iopub" }>, parent: Header): void {
    if (report.type === "stream") {
      this.stream(report.name, report.text, parent);
      this.#read();
      return;
    }
    const { msgType, content, metadata, buffers } = report;
    this.#add(async () => {
      this.#budget -= content.length;
      await this.#sockets.publish(msgType, parent, content, metadata, buffers);
      this.#read();
    });
  }

  stream(name: string, text: string, parent: Header): void {
    const last = this.#queue.at(-1);
    if (typeof last === "object" && last.parent === parent && last.name === name && last.length < maxText) {
      last.text.push(text);
      last.length += text.length;
    } else {
      this.#queue.push({ parent, name, text: [text], length: text.length });
    }
    this.#timer ??= setTimeout(() => this.#run(), collectFor);
  }

  /** Resolves when everything added so far is sent. */
  flush(): Promise<void> {
    return new Promise((done) => this.#add(done));
  }

  /** Counts a report as read. Waking the waiting cell at each report would cost more time than it saves. */
  #read(): void {
    if (Atomics.sub(this.#shared, Shared.Unread, 1) === fewUnread) Atomics.notify(this.#shared, Shared.Unread);
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
      if (typeof entry === "function") await entry();
      else {
        const text = entry.text.join("");
        await this.#wait();
        this.#budget -= text.length;
        await this.#sockets.publish("stream", entry.parent, JSON.stringify({ name: entry.name, text }));
        Atomics.sub(this.#shared, Shared.Unsent, text.length);
        Atomics.notify(this.#shared, Shared.Unsent);
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
