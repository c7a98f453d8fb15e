import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Answer } from "./serve";
import type { Workload } from "./workloads";

/** Something that trains the workloads, as a program of its own. */
export interface Engine {
  readonly title: string;
  readonly start: () => ChildProcess;
  /** Of the workload's steps at most this many, for one that takes long. */
  readonly steps?: number;
  /** The only workload that it takes part in. */
  readonly only?: string;
}

/** Starts a program whose lines can be read, with its last words kept. */
export function program(path: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(path, args, { stdio: "pipe", env: { ...process.env, ...environment } });
}

/** An engine in a process of its own that answers one request at a time. */
export class Contestant {
  private readonly process: ChildProcess;
  private readonly answers: AsyncIterator<string>;
  private lastWords = "";

  constructor(readonly engine: Engine) {
    this.process = engine.start();
    this.process.stderr?.on("data", (text: Buffer) => {
      this.lastWords = `${this.lastWords}${text}`.slice(-2000);
    });
    if (!this.process.stdout) throw new Error("The engine has no output.");
    this.answers = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }

  /** Waits until the program has loaded what it needs. */
  async ready(seconds: number): Promise<void> {
    await this.line(seconds);
  }

  /** Has it train an epoch. */
  async run(workload: Workload, seconds: number): Promise<Answer> {
    this.process.stdin?.write(`${JSON.stringify({ workload })}\n`);
    return JSON.parse(await this.line(seconds)) as Answer;
  }

  private async line(seconds: number): Promise<string> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`took longer than ${seconds} s`)), seconds * 1000);
    });
    try {
      const { value, done } = await Promise.race([this.answers.next(), late]);
      if (!done) return value;
      await new Promise((resolve) => setTimeout(resolve, 100));
      throw new Error(
        this.lastWords
          .trim()
          .split("\n")
          .findLast((line) => /Error/.test(line)) ?? "ended early",
      );
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the process, whatever it is doing. */
  async end(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill("SIGKILL");
    await once(this.process, "exit");
  }
}
