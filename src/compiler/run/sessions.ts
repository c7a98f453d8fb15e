import { createHash } from "node:crypto";
import type { InferenceSession, OnnxValue } from "onnxruntime-node";
import { runtime, sessionOptions } from "./runtime";

/** How many compiled graphs are kept; the least recently used are freed. */
const CAPACITY = 48;

interface Entry {
  readonly session: Promise<InferenceSession>;
  running: number;
}

const sessions = new Map<string, Entry>();

/** What the compiler did so far in this process, as `CompilerStatistics` has it. */
export const statistics = {
  traces: 0,
  compilations: 0,
  cacheHits: 0,
  compileSeconds: 0,
  runs: 0,
  fallbacks: new Map<string, number>(),
};

/** Counts a function that runs eagerly under the operation without a compiled form, which it returns. */
export function countFallback(error: unknown): string {
  const operation = error instanceof Error && "operation" in error ? String(error.operation) : "error";
  statistics.fallbacks.set(operation, (statistics.fallbacks.get(operation) ?? 0) + 1);
  return operation;
}

/** Compiled graphs kept at present. */
export const sessionCount = () => sessions.size;

/** A model that can be run; equal models share one session. */
export class Executable {
  readonly #model: Uint8Array;
  readonly #key: string;

  constructor(model: Uint8Array) {
    this.#model = model;
    this.#key = createHash("sha256").update(model).digest("hex");
  }

  /** Prepares the session before the first run. */
  async prepare(): Promise<void> {
    if (sessions.has(this.#key)) statistics.cacheHits++;
    await this.#entry().session;
  }

  /** Runs the model once. The feeds are not copied, and the results belong to the caller. */
  async run(feeds: Record<string, OnnxValue>): Promise<InferenceSession.OnnxValueMapType> {
    const entry = this.#entry();
    entry.running++;
    try {
      statistics.runs++;
      return await (await entry.session).run(feeds);
    } catch (error) {
      throw explained(error as Error);
    } finally {
      entry.running--;
    }
  }

  #entry(): Entry {
    let entry = sessions.get(this.#key);
    // Added again at the end: the map's order is that of last use.
    sessions.delete(this.#key);
    if (!entry) {
      entry = { session: create(this.#model), running: 0 };
      // A failure is not kept.
      entry.session.catch(() => sessions.delete(this.#key));
    }
    sessions.set(this.#key, entry);
    releaseOldest();
    return entry;
  }
}

/** ONNX Runtime names each loop around the operation that failed; the last part says what happened. */
function explained(error: Error): Error {
  const [operation, reason] = error.message.split(/while running (\w+) node\. Name:'[^']*' Status Message: /).slice(-2);
  if (reason === undefined) return error;
  const hint =
    operation === "Gather" && reason.includes("out of data bounds")
      ? ". Numbers that stand for words must be below the inputDim of their Embedding"
      : "";
  return new Error(`A compiled function failed in ${operation}: ${reason.trim()}${hint}`, { cause: error });
}

async function create(model: Uint8Array): Promise<InferenceSession> {
  const { InferenceSession } = await runtime();
  const start = performance.now();
  const session = await InferenceSession.create(model, sessionOptions());
  statistics.compilations++;
  statistics.compileSeconds += (performance.now() - start) / 1000;
  return session;
}

function releaseOldest(): void {
  for (const [key, entry] of sessions) {
    if (sessions.size <= CAPACITY) return;
    if (entry.running > 0) continue;
    sessions.delete(key);
    release(entry);
  }
}

function release({ session }: Entry): void {
  void session.then((each) => each.release()).catch(() => undefined);
}

/** Forgets every session; they are made again when they are needed. */
export function releaseSessions(): void {
  // A session that is running is freed when it is garbage collected.
  for (const entry of sessions.values()) if (entry.running === 0) release(entry);
  sessions.clear();
}
