import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { resolveModule } from "../evaluator/modules/resolution";
import { type NotebookCell, toScript } from "./script";
import { javascript } from "./script_stripping";
import { UserError } from "./user_error";

/**
 * `tskeras export NOTEBOOK… [--to FOLDER] [--js]`: writes each notebook as a TypeScript program beside it, or into a folder,
 * for Node 22.18 and newer, which strip types; with `--js` as JavaScript for every Node.
 */
export function exportCommand(args: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { to: { type: "string" }, js: { type: "boolean" } },
  });
  if (positionals.length === 0) throw new UserError("Name a notebook: tskeras export notebooks/01-two-layers.ipynb");
  for (const file of positionals) {
    if (!existsSync(file)) throw new UserError(`There is no notebook ${file}.`);
    const { cells } = JSON.parse(readFileSync(file, "utf8")) as { cells: NotebookCell[] };
    const [from, to] = [path.resolve(path.dirname(file)), path.resolve(values.to ?? path.dirname(file))];
    const { text, missing } = toScript(cells, (module) => moduleFrom(to, module, from));
    const ending = values.js ? ".mjs" : isCommonJs(to) ? ".mts" : ".ts";
    const target = path.join(values.to ?? path.dirname(file), path.basename(file, ".ipynb") + ending);
    mkdirSync(to, { recursive: true });
    writeFileSync(target, values.js ? `${javascript(text)}\n` : text);
    console.log(target);
    if (missing.length > 0) {
      console.error(`It uses ${missing.join(", ")}, which only notebooks have: the program will stop there.`);
    }
  }
  return 0;
}

/** How a program in `folder` imports a local module: with its extension, which Node requires. */
function moduleFrom(folder: string, module: string, notebook: string): string {
  if (!/^\.{0,2}\//.test(module)) return module;
  const found = resolveModule(module, notebook);
  if (!("file" in found)) return module;
  const file = path.relative(folder, found.file).split(path.sep).join("/");
  return file.startsWith(".") ? file : `./${file}`;
}

/** Whether Node reads a folder's `.ts` files as CommonJS, which has neither `import` nor top-level `await`. */
function isCommonJs(folder: string): boolean {
  const manifest = path.join(folder, "package.json");
  if (!existsSync(manifest)) return path.dirname(folder) !== folder && isCommonJs(path.dirname(folder));
  return (JSON.parse(readFileSync(manifest, "utf8")) as { type?: unknown }).type === "commonjs";
}
