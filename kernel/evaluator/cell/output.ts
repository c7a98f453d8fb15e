import { Console } from "node:console";
import { StringDecoder } from "node:string_decoder";
import type { Report } from "../../bridge";
import { natives } from "../guards/natives";
import { currentCell } from "./cell";

type Name = "stdout" | "stderr";

const maxPiece = 65_536;

/** What cells print: every text goes to the cell that its code belongs to, at the pace at which it can be sent. */
export class Output {
  /** @param report waits until there is room */
  constructor(private readonly report: (report: Report) => void) {}

  /** Takes over `console`, `process.stdout` and `process.stderr`. */
  install(): void {
    const { process } = natives;
    const streams = { stdout: this.#stream("stdout"), stderr: this.#stream("stderr") };
    process.stdout.write = streams.stdout.write;
    process.stderr.write = streams.stderr.write;
    // V8 keeps the arguments of the last 1,000 calls of its own console alive: a tensor that was logged would stay.
    const console = new Console({ ...(streams as unknown as typeof process), ignoreErrors: false });
    Object.defineProperty(natives.globalThis, "console", { value: console, writable: true, configurable: true });
  }

  write(name: Name, text: string, id = currentCell().id): void {
    for (let start = 0; start < text.length; ) {
      let end = natives.Math.min(text.length, start + maxPiece);
      if (end < text.length && isHighSurrogate(natives.charCodeAt(text, end - 1))) end--;
      this.report({ type: "stream", id, name, text: natives.slice(text, start, end) });
      start = end;
    }
  }

  #stream(name: Name): { write: typeof process.stdout.write } {
    const decoder = new StringDecoder("utf8");
    const write = (chunk: Uint8Array | string, encoding?: unknown, callback?: unknown): boolean => {
      this.write(name, typeof chunk === "string" ? chunk : decoder.write(natives.Buffer.from(chunk)));
      const done = typeof encoding === "function" ? encoding : callback;
      if (typeof done === "function") natives.nextTick(done);
      return true;
    };
    return { write };
  }
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
