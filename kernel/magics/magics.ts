import { spawn } from "node:child_process";
import { statSync } from "node:fs";
import { homedir } from "node:os";
import { resolve } from "node:path";
import { currentCell } from "../evaluator/cell/cell";
import { brief } from "../evaluator/cell/inspection";
import type { Output } from "../evaluator/cell/output";
import { primordials } from "../evaluator/guards/primordials";
import { type CalledMagic, helpLines } from "./table";

const help = `A cell is TypeScript. At the start of a line there may also be:

${helpLines()}

display(value)             shows a value now: returns a handle whose update(value) replaces it
clearOutput({ wait })      empties the output
await input("question")    asks the reader, { password: true } hides the answer; prompt("question") does without await
slider({ min, max })       a slider whose value the cells share, also while one runs; widget({ esm, state }) any other
`;

export interface Workplace {
  readonly output: Output;
  readonly names: ReadonlySet<string>;
  value(name: string): Promise<unknown>;
  clear(names: readonly string[]): Promise<void>;
  moveTo(directory: string): void;
}

export function magicsIn(workplace: Workplace): Record<CalledMagic, (argument: never) => unknown> {
  const { output, names, value, clear, moveTo } = workplace;
  const print = (text: string): void => output.write("stdout", `${text}\n`);
  return {
    help: () => void currentCell().payload.push({ source: "page", data: { "text/plain": help }, start: 0 }),
    async time(work: () => Promise<unknown>) {
      const started = primordials.now();
      const result = await work();
      print(`Wall time: ${duration(primordials.now() - started)}`);
      return result;
    },
    async who() {
      const width = Math.max(0, ...[...names].map((name) => name.length));
      for (const name of [...names].sort()) {
        print(`${name.padEnd(width)}  ${brief(await value(name))}`);
      }
    },
    async reset() {
      const all = [...names];
      await clear(all);
      print(`${all.length === 1 ? "1 variable is" : `${all.length} variables are`} undefined now.`);
    },
    cd(directory: string) {
      const target = resolve(primordials.process.cwd(), directory.replace(/^~(?=$|\/)/, homedir()));
      if (!statSync(target, { throwIfNoEntry: false })?.isDirectory()) {
        throw new primordials.Error(`There is no folder ${target}. This one is ${primordials.process.cwd()}.`);
      }
      primordials.process.chdir(target);
      moveTo(target);
      print(target);
    },
    npm: (line: string) => run(output, `npm ${line}`),
    shell: (line: string) => run(output, line),
  };
}

/** `1.5 ms`, `2.34 s` */
export function duration(ms: number): string {
  return ms < 1000 ? `${ms.toPrecision(3)} ms` : `${(ms / 1000).toPrecision(3)} s`;
}

/** Runs a command line; its output is the cell's, and an interrupt ends it. */
function run(output: Output, line: string): Promise<void> {
  const cell = currentCell();
  return new primordials.Promise((done, fail) => {
    const child = spawn(line, { shell: true, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.setEncoding("utf8").on("data", (text: string) => output.write("stdout", text, cell.id));
    child.stderr.setEncoding("utf8").on("data", (text: string) => output.write("stderr", text, cell.id));
    child.on("error", fail);
    child.on("close", (code, signal) => {
      if (code === 0) done();
      else fail(new primordials.Error(`"${line}" ended with ${signal ?? `exit code ${code}`}`));
    });
  });
}
