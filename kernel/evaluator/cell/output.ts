import { Console } from "node:console";
import { StringDecoder } from "node:string_decoder";
import type { Report } from "../../bridge";
import { primordials } from "../guards/primordials";
import { currentCell } from "./cell";

type Name = "stdout" | "stderr";

const maxText = 65_536;

/** What cells print: each text goes to the cell whose code printed it. */
export class Output {
  readonly #report: (report: Report) => void;

  /** @param report Waits until there is room. */
  constructor(report: (report: Report) => void) {
    this.#report = report;
  }

  install(): void {
    const { process } = primordials;
    const streams = { stdout: this.#stream("stdout"), stderr: this.#stream("stderr") };
    process.stdout.write = streams.stdout.write;
    process.stderr.write = streams.stderr.write;
    // V8 keeps the arguments of the last 1,000 calls of its own console alive, so a tensor that was logged would stay.
    const console = new Console({ ...(streams as unknown as typeof process), ignoreErrors: false });
    Object.defineProperty(primordials.globalThis, "console", { value: console, writable: true, configurable: true });
  }

  write(name: Name, text: string, id = currentCell().id): void {
    for (let start = 0; start < text.length; ) {
      let end = primordials.Math.min(text.length, start + maxText);
      if (end < text.length && isHighSurrogate(primordials.charCodeAt(text, end - 1))) end--;
      this.#report({ type: "stream", id, name, text: primordials.slice(text, start, end) });
      start = end;
    }
  }

  #stream(name: Name): { write: typeof process.stdout.write } {
    const decoder = new StringDecoder("utf8");
    const write = (chunk: Uint8Array | string, encoding?: unknown, callback?: unknown): boolean => {
      this.write(name, typeof chunk === "string" ? chunk : decoder.write(primordials.Buffer.from(chunk)));
      const done = typeof encoding === "function" ? encoding : callback;
      if (typeof done === "function") primordials.nextTick(done);
      return true;
    };
    return { write };
  }
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
