import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { Contestant, type Engine, program } from "./engine";
import { python } from "./python";
import { lines, markdown, type Report, type Result, type Row, writeInto } from "./report";
import { type Workload, workloads } from "./workloads";

// npm run bench [-- W1 W5 --rounds 5 --limit 40 --quick --readme]: this library beside Python's Keras, PyTorch and
// TensorFlow.js, one epoch after the other in turns, so that a busy machine slows all of them alike. Prints ms per step and
// ratios and writes build/bench/bench.json; `--readme` puts the table into the README.

const root = path.join(__dirname, "../..");
const folder = path.join(root, "build/bench");

/** Seconds that an engine may take to load or to train two epochs, the first with compilation. */
const PATIENCE = 60;

/** An engine that takes longer than this many seconds for an epoch trains no more of them. */
const SLOW = 15;

const node =
  (file: string, mode: string, programs = __dirname) =>
  () =>
    program(process.execPath, [path.join(programs, file), mode]);
/** Where tfjs-node has its native part: the installation of `npm run test:native`, or this one. */
const withNative = [path.join(root, "build/native/dist/bench"), __dirname].find((folder) => existsSync(folder));
const peer = (file: string, environment?: NodeJS.ProcessEnv) => () => {
  // More would only slow each other down.
  const threads = { OMP_NUM_THREADS: String(cpus().length) };
  return program(python(folder), [path.join(root, "bench/peers", file), path.join(root, "data/fashion_mnist")], {
    ...threads,
    ...environment,
  });
};

const engines: readonly Engine[] = [
  { title: "tskeras", start: node("ours.js", "compiled") },
  { title: "Keras on TensorFlow", start: peer("keras_peer.py", { KERAS_BACKEND: "tensorflow" }) },
  { title: "Keras on JAX", start: peer("keras_peer.py", { KERAS_BACKEND: "jax" }) },
  { title: "Keras on PyTorch", start: peer("keras_peer.py", { KERAS_BACKEND: "torch" }) },
  { title: "PyTorch, a loop by hand", start: peer("torch_loop.py") },
  { title: "its matrix multiplications alone", start: node("ours.js", "bare"), only: "W1" },
  { title: "tskeras, run eagerly", start: node("ours.js", "eager"), steps: 50 },
  { title: "TensorFlow.js, native", start: node("peers/tfjs_peer.js", "tensorflow", withNative), steps: 50 },
  { title: "TensorFlow.js, WebAssembly", start: node("peers/tfjs_peer.js", "wasm"), steps: 50 },
];

/** What has been measured of an engine. */
interface Standing {
  readonly contestant: Contestant;
  readonly workload: Workload;
  row?: Row;
  slow?: boolean;
}

function shortened(workload: Workload, steps = Number.POSITIVE_INFINITY): Workload {
  return { ...workload, rows: Math.min(workload.rows, steps * workload.batchSize) };
}

async function measure(name: string, workload: Workload, how: { rounds: number; limit: number; quick: boolean }) {
  let field: Standing[] = engines
    .filter(({ only, steps }) => (only === undefined || only === name) && !(how.quick && steps !== undefined))
    .map((engine) => ({ contestant: new Contestant(engine), workload: shortened(workload, engine.steps) }));
  /** Runs something for an engine; one that fails is out. */
  const attempt = async ({ contestant }: Standing, action: () => Promise<void>) => {
    await action().catch(async (error: Error) => {
      console.log(`${name}: without ${contestant.engine.title}: ${error.message}`);
      await contestant.end();
      field = field.filter((each) => each.contestant !== contestant);
    });
  };
  for (const each of [...field]) await attempt(each, () => each.contestant.ready(PATIENCE));
  const all = [...field];
  const start = performance.now();
  for (let round = 0; round < how.rounds; round++) {
    if (round > 1 && performance.now() - start > how.limit * 1000) break;
    for (const each of [...field]) {
      const { engine } = each.contestant;
      if (each.slow || (engine.steps !== undefined && round > 1)) continue;
      await attempt(each, async () => {
        const patience = engine.steps === undefined ? PATIENCE : PATIENCE / 2;
        const { seconds, first, peak } = await each.contestant.run(each.workload, patience);
        each.slow = seconds > SLOW;
        const steps = Math.ceil(each.workload.rows / workload.batchSize);
        const msPerStep = Math.min((seconds * 1000) / steps, each.row?.msPerStep ?? Number.POSITIVE_INFINITY);
        const whole = engine.steps === undefined && engine.only === undefined;
        each.row = { engine: engine.title, msPerStep, ...(whole ? { first, peak } : {}) };
      });
    }
  }
  await Promise.all(all.map(({ contestant }) => contestant.end()));
  return all.flatMap(({ row }) => (row ? [row] : []));
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: "string", default: "5" },
      limit: { type: "string", default: "40" },
      quick: { type: "boolean", default: false },
      readme: { type: "boolean", default: false },
    },
  });
  const unknown = positionals.find((name) => !(name in workloads));
  if (unknown) throw new Error(`Expected some of ${Object.keys(workloads).join(", ")} but found ${unknown}.`);
  const rounds = Number(values.rounds);
  const table: Result[] = [];
  for (const name of positionals.length > 0 ? positionals : Object.keys(workloads)) {
    const workload = workloads[name] as Workload;
    const rows = await measure(name, workload, { rounds, limit: Number(values.limit), quick: values.quick });
    if (rows[0]?.engine !== "tskeras") throw new Error(`${name} could not be trained here: see the message above.`);
    const result = { name, title: workload.title, rows };
    table.push(result);
    console.log(`\n${lines(result)}`);
  }
  const [processor] = cpus();
  const report: Report = {
    date: new Date().toISOString(),
    cores: cpus().length,
    processor: processor?.model.trim() ?? "",
    rounds,
    table,
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "bench.json"), `${JSON.stringify(report, undefined, 2)}\n`);
  if (values.readme) writeInto(path.join(root, "README.md"), markdown(report));
}

void main();
