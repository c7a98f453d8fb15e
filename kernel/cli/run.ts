import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { install } from "./install";
import { dataFolder, packageRoot } from "./places";
import { ensureEnvironment, environment, labPackages } from "./python";
import { UserError } from "./user_error";

/**
 * `tskeras run NOTEBOOK… [--twice] [--reverse] [--in-place] [--to FOLDER]`: executes notebooks in the real kernel through nbclient.
 * Without a name, all notebooks of tskeras.
 *
 * @returns 1 if a cell ended in an error.
 */
export function run(args: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      twice: { type: "boolean" },
      reverse: { type: "boolean" },
      "in-place": { type: "boolean" },
      to: { type: "string" },
    },
  });
  const python = ensureEnvironment(labPackages);
  install(dataFolder(environment));
  const options = [
    ...(["twice", "in-place"] as const).flatMap((name) => (values[name] ? [`--${name}`] : [])),
    ...(values.to === undefined ? [] : ["--to", values.to]),
  ];
  const files = positionals.length > 0 ? positionals.map(find) : ownNotebooks();
  if (values.reverse) files.reverse();
  const driver = path.join(packageRoot, "kernel", "cli", "run_notebooks.py");
  return spawnSync(python, [driver, ...options, ...files], { stdio: "inherit" }).status ?? 1;
}

/** Without subfolders: the Korean edition has the same code. */
function ownNotebooks(): string[] {
  const folder = path.join(packageRoot, "notebooks");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ipynb"))
    .sort()
    .map((name) => path.join(folder, name));
}

function find(name: string): string {
  const file = path.resolve(process.env["INIT_CWD"] ?? "", name);
  if (existsSync(file)) return file;
  const [near] = ownNotebooks().filter((own) => path.basename(own).startsWith(path.basename(name, ".ipynb")));
  if (near !== undefined) return near;
  throw new UserError(`There is no notebook ${name} in ${path.dirname(file)}.`);
}
