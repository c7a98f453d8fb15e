import { createInterface } from "node:readline";
import "../src/index";
import { backendReady } from "../src/backend/backend";
import type { Workload } from "./workloads";

/** Trains one epoch. */
export type Fit = () => Promise<unknown>;

/** What an engine answers to a line `{"workload": …}`; a line `{"ready": true}` comes before. */
export interface Answer {
  /** Seconds of one `fit` over one epoch. */
  readonly seconds: number;
  /** Seconds of the very first one, with tracing and compilation. */
  readonly first: number;
  /** The process's peak memory in MB. */
  readonly peak: number;
}

/** Answers the lines of the comparison, as `peers/data.py` does in Python. `mode` is the program's first argument. */
export async function serve(prepare: (workload: Workload, mode: string) => Fit | Promise<Fit>): Promise<void> {
  const say = (message: object) => process.stdout.write(`${JSON.stringify(message)}\n`);
  const timed = async (fit: Fit) => {
    const start = performance.now();
    await fit();
    return (performance.now() - start) / 1000;
  };
  await backendReady();
  say({ ready: true });
  let known: { readonly fit: Fit; readonly first: number } | undefined;
  for await (const line of createInterface({ input: process.stdin })) {
    if (!known) {
      const { workload } = JSON.parse(line) as { workload: Workload };
      const fit = await prepare(workload, process.argv[2] ?? "");
      known = { fit, first: await timed(fit) };
    }
    const seconds = await timed(known.fit);
    const answer: Answer = { seconds, first: known.first, peak: process.resourceUsage().maxRSS / 1024 };
    say(answer);
  }
}
