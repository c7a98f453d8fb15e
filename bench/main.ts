import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { type Workload, workloads } from "./workloads";

// npm run bench [-- W1 W5 --rounds 5]: this library beside Python's Keras, one epoch after the other in turns, so that a busy
// machine slows all of them alike. Prints ms per step and ratios; writes build/bench/bench.json.

const root = path.join(__dirname, "../..");
const images = path.join(root, "src/datasets/fashion_mnist");
const folder = path.join(root, "build/bench");
const packages = ["keras", "tensorflow-cpu", "jax"];

interface Engine {
  readonly title: string;
  readonly start: () => ChildProcess;
}

const node = (mode: string) => () => pipe(process.execPath, [path.join(__dirname, "ours.js"), images, mode]);

const keras = (backend: string) => () =>
  pipe(python(), [path.join(root, "bench/peers/keras_peer.py"), images], { KERAS_BACKEND: backend });

const engines: readonly Engine[] = [
  { title: "tskeras", start: node("compiled") },
  { title: "tskeras, eager", start: node("eager") },
  { title: "Keras TensorFlow", start: keras("tensorflow") },
  { title: "Keras JAX", start: keras("jax") },
];

function pipe(program: string, args: string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(program, args, { stdio: ["pipe", "pipe", "ignore"], env: { ...process.env, ...environment } });
}

/** A Python with the peers: `$BENCH_PYTHON`, or one of our own that is made at the first run. */
function python(): string {
  const given = process.env["BENCH_PYTHON"];
  if (given) return given;
  const own = path.join(folder, "venv", process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  if (!existsSync(own)) {
    console.log(`Installing ${packages.join(", ")} for comparison …`);
    const run = (program: string, ...args: string[]) => {
      if (spawnSync(program, args, { stdio: ["ignore", "ignore", "inherit"] }).status !== 0) {
        throw new Error(`Could not prepare Python for the comparison: ${program} ${args.join(" ")} failed.`);
      }
    };
    mkdirSync(folder, { recursive: true });
    run(process.platform === "win32" ? "python" : "python3", "-m", "venv", path.join(folder, "venv"));
    run(own, "-m", "pip", "install", "--quiet", ...packages);
  }
  return own;
}

interface Answer {
  readonly seconds: readonly number[];
  readonly first: number;
}

/** An engine in a process of its own that answers one request at a time. */
class Contestant {
  private readonly process: ChildProcess;
  private readonly answers: AsyncIterator<string>;

  constructor(readonly engine: Engine) {
    this.process = engine.start();
    if (!this.process.stdout) throw new Error("The engine has no output.");
    this.answers = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }

  async run(name: string, workload: Workload, epochs: number): Promise<Answer> {
    this.process.stdin?.write(`${JSON.stringify({ name, workload, epochs })}\n`);
    const { value, done } = await this.answers.next();
    if (done) throw new Error(`${this.engine.title} ended while it trained ${name}.`);
    return JSON.parse(value) as Answer;
  }

  async end(): Promise<void> {
    this.process.stdin?.end();
    if (this.process.exitCode === null) await once(this.process, "exit");
  }
}

interface Row {
  readonly engine: string;
  readonly msPerStep: number;
  readonly first: number;
}

async function measure(name: string, workload: Workload, rounds: number, skipEager: boolean): Promise<Row[]> {
  const steps = Math.ceil(workload.rows / workload.batchSize);
  const contestants = engines
    .filter(({ title }) => !(skipEager && title.includes("eager")))
    .map((e) => new Contestant(e));
  const best = new Map<Contestant, Row>();
  for (let round = 0; round < rounds; round++) {
    for (const contestant of contestants) {
      const { seconds, first } = await contestant.run(name, workload, 1);
      const msPerStep = Math.min((Math.min(...seconds) * 1000) / steps, best.get(contestant)?.msPerStep ?? Infinity);
      best.set(contestant, { engine: contestant.engine.title, msPerStep, first });
    }
  }
  await Promise.all(contestants.map((contestant) => contestant.end()));
  return [...best.values()];
}

async function main(args: readonly string[]): Promise<void> {
  const at = args.indexOf("--rounds");
  const rounds = at < 0 ? 3 : Number(args[at + 1]);
  const names = args.filter((name) => name in workloads);
  const table: { name: string; title: string; rows: Row[] }[] = [];
  for (const name of names.length > 0 ? names : Object.keys(workloads)) {
    const workload = workloads[name] as Workload;
    const rows = await measure(name, workload, rounds, args.includes("--no-eager"));
    table.push({ name, title: workload.title, rows });
    const own = rows[0] as Row;
    console.log(`\n${name}: ${workload.title}`);
    for (const { engine, msPerStep, first } of rows) {
      const ratios = `× ${(msPerStep / own.msPerStep).toFixed(2)}, first fit ${first.toFixed(2)} s × ${(first / own.first).toFixed(2)}`;
      console.log(`  ${engine.padEnd(20)} ${msPerStep.toFixed(3).padStart(8)} ms/step  ${ratios}`);
    }
  }
  mkdirSync(folder, { recursive: true });
  const report = { date: new Date().toISOString(), cores: cpus().length, processor: cpus()[0]?.model, rounds, table };
  writeFileSync(path.join(folder, "bench.json"), `${JSON.stringify(report, undefined, 2)}\n`);
}

void main(process.argv.slice(2));
