import { randomUUID } from "node:crypto";
import type { NotebookHost } from "../display/host";
import { plainText } from "../utils/progbar";

/** Where progress is shown. */
export interface ProgressOutput {
  /** Shows a heading such as "Epoch 1/5". */
  heading(text: string): void;
  /** Shows the state of the line that is being written; `finished` ends the line. */
  update(line: string, finished: boolean): void;
}

/** A terminal, or a file read later by one: the line is rewritten as Keras does it. */
export class TerminalProgress implements ProgressOutput {
  readonly #write: (text: string) => void;
  #shown = 0;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  heading(text: string): void {
    this.#write(`${text}\n`);
  }

  update(line: string, finished: boolean): void {
    const width = [...plainText(line)].length;
    const rest = " ".repeat(Math.max(this.#shown - width, 0));
    this.#write(`${"\b".repeat(this.#shown)}\r${line}${rest}${finished ? "\n" : ""}`);
    this.#shown = finished ? 0 : width;
  }
}

/** Where nobody watches, as in a log: only what is final. */
export class LogProgress implements ProgressOutput {
  readonly #write: (text: string) => void;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  heading(text: string): void {
    this.#write(`${text}\n`);
  }

  update(line: string, finished: boolean): void {
    if (finished) this.#write(`${plainText(line)}\n`);
  }
}

// A front end redraws the whole display each time.
const UPDATE_EVERY_MS = 100;

/** A live notebook: one display that is replaced in place, and saved in its final state. */
export class NotebookProgress implements ProgressOutput {
  readonly #host: NotebookHost;
  readonly #displayId = randomUUID();
  #finished = "";
  #shown = false;
  #lastUpdate = 0;

  constructor(host: NotebookHost) {
    this.#host = host;
  }

  heading(text: string): void {
    this.#finished += `${text}\n`;
  }

  update(line: string, finished: boolean): void {
    const text = `${this.#finished}${line}`;
    if (finished) this.#finished = `${text}\n`;
    const now = Date.now();
    if (!finished && now - this.#lastUpdate < UPDATE_EVERY_MS) return;
    this.#lastUpdate = now;
    this.#host.display({ "text/plain": text }, { displayId: this.#displayId, update: this.#shown });
    this.#shown = true;
  }
}

/** The fitting output: a live notebook's display, a terminal's line, or a log's final lines. */
export function progressOutput(host: NotebookHost | undefined): ProgressOutput {
  if (host?.live) return new NotebookProgress(host);
  const write = (text: string) => void process.stdout.write(text);
  return process.stdout.isTTY ? new TerminalProgress(write) : new LogProgress(write);
}
