import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import type { Json } from "./message";

/** Session, line, source, as `history_reply` has them. */
type Entry = [session: number, line: number, source: string];

const maxEntries = 10_000;

/** `tskeras/history.jsonl` in Jupyter's data folder. */
export function historyFile(): string {
  const { JUPYTER_DATA_DIR, XDG_DATA_HOME, APPDATA } = process.env;
  const data =
    JUPYTER_DATA_DIR ??
    (process.platform === "win32" && APPDATA
      ? join(APPDATA, "jupyter")
      : process.platform === "darwin"
        ? join(homedir(), "Library", "Jupyter")
        : join(XDG_DATA_HOME ?? join(homedir(), ".local", "share"), "jupyter"));
  return join(data, "tskeras", "history.jsonl");
}

/**
 * What was run in this session and earlier ones. If the file cannot be read or written, only the persistence is lost.
 *
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#history
 */
export class History {
  readonly #file: string;
  #entries: Entry[] | undefined;
  #session: number | undefined;
  #pending: string[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  add(line: number, source: string): void {
    const isFirst = this.#session === undefined;
    // Other kernels may have written since this one read the file: the first cell takes the next number and saves it at once.
    if (isFirst) this.#entries = undefined;
    const entries = this.#load();
    this.#session ??= this.#next(entries);
    const entry: Entry = [this.#session, line, source];
    entries.push(entry);
    const written = this.#pending.push(JSON.stringify(entry));
    if (isFirst) this.save();
    else if (written === 1) setTimeout(() => this.save(), 1000).unref();
  }

  save(): void {
    if (this.#pending.length === 0) return;
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      appendFileSync(this.#file, `${this.#pending.join("\n")}\n`);
    } catch {}
    this.#pending = [];
  }

  select(request: Json): readonly unknown[] {
    const found = this.#find(this.#load(), request);
    return request["output"] === true ? found.map(([session, line, source]) => [session, line, [source, null]]) : found;
  }

  #find(entries: readonly Entry[], request: Json): readonly Entry[] {
    const n = number(request["n"], 1000);
    switch (request["hist_access_type"]) {
      case "range": {
        const wanted = number(request["session"], 0);
        const session = wanted > 0 ? wanted : (this.#session ?? this.#next(entries)) + wanted;
        const start = number(request["start"], 1);
        const stop = number(request["stop"], Number.POSITIVE_INFINITY);
        return entries.filter(([s, line]) => s === session && line >= start && line < stop);
      }
      case "search": {
        const pattern = glob(String(request["pattern"] ?? "*"));
        let found = entries.filter(([, , source]) => pattern.test(source));
        if (request["unique"] === true) {
          const last = new Map(found.map((entry) => [entry[2], entry]));
          found = found.filter((entry) => last.get(entry[2]) === entry);
        }
        return n > 0 ? found.slice(-n) : [];
      }
      default:
        return n > 0 ? entries.slice(-n) : [];
    }
  }

  #next(entries: readonly Entry[]): number {
    return entries.reduce((most, [session]) => Math.max(most, session), 0) + 1;
  }

  #load(): Entry[] {
    if (this.#entries) return this.#entries;
    const entries: Entry[] = [];
    try {
      for (const line of readFileSync(this.#file, "utf8").split("\n")) {
        try {
          const entry: unknown = JSON.parse(line);
          if (isEntry(entry)) entries.push(entry);
        } catch {}
      }
      if (entries.length > 2 * maxEntries) {
        entries.splice(0, entries.length - maxEntries);
        writeFileSync(this.#file, `${entries.map((entry) => JSON.stringify(entry)).join("\n")}\n`);
      }
    } catch {}
    this.#entries = entries;
    return entries;
  }
}

function isEntry(value: unknown): value is Entry {
  if (!Array.isArray(value)) return false;
  const [session, line, source] = value;
  return typeof session === "number" && typeof line === "number" && typeof source === "string";
}

const number = (value: unknown, fallback: number): number => (typeof value === "number" ? value : fallback);

/** `*` and `?` as in a shell. */
function glob(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", "[\\s\\S]*").replaceAll("?", "[\\s\\S]")}$`);
}
