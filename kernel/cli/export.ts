import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { Refusal } from "./refusal";
import { type NotebookCell, toScript } from "./script";

/** `tskeras export NOTEBOOK… [--to FOLDER]`: writes each notebook as a TypeScript program beside it, or into a folder. */
export function exportCommand(args: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { to: { type: "string" } },
  });
  if (positionals.length === 0) throw new Refusal("Name a notebook: tskeras export notebooks/01-two-layers.ipynb");
  for (const file of positionals) {
    if (!existsSync(file)) throw new Refusal(`There is no notebook ${file}.`);
    const { cells } = JSON.parse(readFileSync(file, "utf8")) as { cells: NotebookCell[] };
    const target = path.join(values.to ?? path.dirname(file), `${path.basename(file, ".ipynb")}.ts`);
    writeFileSync(target, toScript(cells));
    console.log(target);
  }
  return 0;
}
