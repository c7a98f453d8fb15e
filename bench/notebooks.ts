import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { install } from "../kernel/cli/install";
import { dataFolder } from "../kernel/cli/places";
import { ensureEnvironment, environment, labPackages } from "../kernel/cli/python";
import { makeDatasets } from "../test/helpers/make_datasets";
import { type NotebookTimes, notebookPage, type Times } from "./notebook_page";
import { python } from "./python";

// npm run bench:notebooks [-- 03 loading --rounds 2 --limit 300 --only jax --docs]: the time of every notebook from the start of its
// kernel to the end of its last cell, beside the same steps as a program in Python (bench/counterparts/), in turns; and two
// steps by themselves, `loading` and `folds`. Adds to build/bench/notebooks.json; `--docs` makes docs/notebook-times.md of all in it.

const root = path.join(__dirname, "../..");
const folder = path.join(root, "build/bench");
const counterparts = path.join(root, "bench/counterparts");
/** What the notebook does, in Python. */
const counterpart = (name: string) => path.join(counterparts, `${name.replaceAll("-", "_")}.py`);
const parts: { readonly [name: string]: string } = {
  loading: "loading Fashion-MNIST from the cache into tensors",
  folds: "08: four folds, 100 epochs each, batches of 16",
};

type Program = readonly [file: string, ...args: string[]];

/** What is run for a notebook or a part, by the name of who runs it. */
function programs(name: string, lab: string): { readonly [who in keyof Times]: Program } {
  const peer = python(folder);
  if (name in parts) {
    const twin: Program = [peer, path.join(counterparts, "parts.py"), name];
    return { tskeras: [process.execPath, path.join(__dirname, "parts.js"), name], tensorflow: twin, jax: twin };
  }
  const driver = path.join(root, "kernel/cli/run_notebooks.py");
  const notebook = path.join(root, "notebooks", `${name}.ipynb`);
  const twin: Program = [peer, counterpart(name)];
  return { tskeras: [lab, driver, "--to", path.join(folder, "executed"), notebook], tensorflow: twin, jax: twin };
}

/** Seconds that a program takes, or says that its part took; undefined if that is more than the limit. */
async function seconds(who: string, [file, ...args]: Program, limit: number): Promise<number | undefined> {
  const log = path.join(folder, "notebooks.log");
  const output = openSync(log, "w");
  const env = { ...process.env, KERAS_BACKEND: who, KERAS_HOME: path.join(folder, "keras") };
  const start = performance.now();
  const child = spawn(file, args, { cwd: folder, env, stdio: ["ignore", output, output], timeout: limit * 1000 });
  const [code, signal] = await once(child, "exit");
  const elapsed = (performance.now() - start) / 1000;
  if (signal !== null) return undefined;
  const text = readFileSync(log, "utf8");
  if (code !== 0) throw new Error(`${file} ${args.join(" ")} failed:\n${text.slice(-2000)}`);
  const said = /^seconds ([\d.]+)$/m.exec(text)?.[1];
  return said === undefined ? elapsed : Number(said);
}

async function measure(
  name: string,
  lab: string,
  only: string | undefined,
  rounds: number,
  limit: number,
): Promise<Times> {
  const times: { -readonly [who in keyof Times]: Times[who] } = {};
  for (let round = 0; round < rounds; round++) {
    for (const [who, program] of Object.entries(programs(name, lab)) as [keyof Times, Program][]) {
      if (times[who] === "over" || (only !== undefined && only !== who)) continue;
      const took = await seconds(who, program, limit);
      const before = times[who] ?? Number.POSITIVE_INFINITY;
      times[who] = took === undefined ? "over" : Math.min(took, before);
    }
  }
  return times;
}

/** Keras's cache with Fashion-MNIST, and generated archives of what cannot be fetched everywhere. */
function prepareData(): void {
  const fashion = path.join(root, "data/fashion_mnist");
  const cache = path.join(folder, "keras/datasets/fashion-mnist");
  mkdirSync(cache, { recursive: true });
  for (const name of readdirSync(fashion)) copyFileSync(path.join(fashion, name), path.join(cache, name));
  const datasets = path.join(folder, "datasets");
  const own = process.env["TSKERAS_DATASETS"];
  if (!existsSync(path.join(datasets, "mnist.npz"))) makeDatasets(datasets);
  if (own !== undefined) copyFileSync(path.join(own, "boston_housing.npz"), path.join(datasets, "boston_housing.npz"));
  process.env["TSKERAS_DATASETS"] = datasets;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: "string", default: "2" },
      limit: { type: "string", default: "300" },
      only: { type: "string" },
      docs: { type: "boolean", default: false },
    },
  });
  const notebooks = readdirSync(path.join(root, "notebooks")).filter((name) => name.endsWith(".ipynb"));
  // A slider has nothing to do where nobody moves it.
  const compared = notebooks
    .map((name) => path.basename(name, ".ipynb"))
    .filter((name) => existsSync(counterpart(name)));
  const names = [...compared.sort(), ...Object.keys(parts)];
  const wanted = names.filter((name) => positionals.length === 0 || positionals.some((each) => name.startsWith(each)));
  const lab = ensureEnvironment([...labPackages, "nbclient"]);
  install(dataFolder(environment));
  prepareData();
  const file = path.join(folder, "notebooks.json");
  const report: NotebookTimes = existsSync(file)
    ? JSON.parse(readFileSync(file, "utf8"))
    : { cores: cpus().length, processor: cpus()[0]?.model.trim() ?? "", rows: {} };
  for (const name of wanted) {
    const times = await measure(name, lab, values.only, Number(values.rounds), Number(values.limit));
    report.rows[name] = {
      date: new Date().toISOString().slice(0, 10),
      limit: Number(values.limit),
      times: { ...report.rows[name]?.times, ...times },
    };
    console.log(name, times);
    writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`);
  }
  if (values.docs) writeFileSync(path.join(root, "docs/notebook-times.md"), notebookPage(report, parts));
}

void main();
