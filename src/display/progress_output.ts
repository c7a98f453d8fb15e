import { randomUUID } from "node:crypto";
import type { NotebookHost } from "./host";
import { plainText } from "./progbar";

/** Where progress is shown. */
export interface ProgressOutput {
  /** Shows a heading such as "Epoch 1/5". */
  heading(text: string): void;
  /** Shows the current line; `finished` ends it. */
  update(line: string, finished: boolean): void;
  /** Shows what was delayed. */
  end?(): void;
}

/** A log, which nobody watches: only finished lines. */
class LogProgress implements ProgressOutput {
  protected readonly write: (text: string) => void;

  constructor(write: (text: string) => void) {
    this.write = write;
  }

  heading(text: string): void {
    this.write(`${text}\n`);
  }

  update(line: string, finished: boolean): void {
    if (finished) this.write(`${plainText(line)}\n`);
  }
}

/** A terminal, or a file that is shown in one later: the line is rewritten as Keras does it. */
export class TerminalProgress extends LogProgress {
  #shown = 0;

  override update(line: string, finished: boolean): void {
    const width = [...plainText(line)].length;
    const rest = " ".repeat(Math.max(this.#shown - width, 0));
    this.write(`${"\b".repeat(this.#shown)}\r${line}${rest}${finished ? "\n" : ""}`);
    this.#shown = finished ? 0 : width;
  }
}

// A front end redraws the whole display each time, so updates are rare and displays short.
const UPDATE_EVERY_MS = 100;
const LINES_PER_DISPLAY = 40;

/** A live notebook: a display that is replaced in place and saved in its final state. */
class NotebookProgress implements ProgressOutput {
  readonly #host: NotebookHost;
  #displayId = randomUUID();
  #finished: string[] = [];
  #text = "";
  #shown = false;
  #lastUpdate = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(host: NotebookHost) {
    this.#host = host;
  }

  heading(text: string): void {
    if (this.#finished.length >= LINES_PER_DISPLAY) this.#nextDisplay();
    this.#finished.push(text);
    this.#show(this.#finished.join("\n"));
  }

  update(line: string, finished: boolean): void {
    this.#show([...this.#finished, line].join("\n"));
    if (finished) this.#finished.push(line);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#text !== "") this.#send();
  }

  #nextDisplay(): void {
    this.end();
    this.#displayId = randomUUID();
    this.#finished = [];
    this.#shown = false;
  }

  #show(text: string): void {
    this.#text = text;
    const wait = this.#lastUpdate + UPDATE_EVERY_MS - Date.now();
    if (wait <= 0) this.#send();
    else this.#timer ??= setTimeout(() => this.end(), wait);
  }

  #send(): void {
    this.#lastUpdate = Date.now();
    this.#host.display({ "text/plain": this.#text }, { displayId: this.#displayId, update: this.#shown });
    this.#shown = true;
    this.#text = "";
  }
}

/** The output for where this runs: a live notebook's display, a terminal's line, or a log's final lines. */
export function progressOutput(host: NotebookHost | undefined): ProgressOutput {
  if (host?.live) return new NotebookProgress(host);
  const write = (text: string) => void process.stdout.write(text);
  return process.stdout.isTTY ? new TerminalProgress(write) : new LogProgress(write);
}
