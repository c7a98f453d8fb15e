import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { kernelName, kernelSpec } from "../kernelspec";
import { installLabextension, uninstallLabextension } from "../labextension/install";
import { dataFolder, packageRoot, userDataFolder } from "./places";
import { findPython } from "./python";
import { UserError } from "./user_error";

/** The folder of the kernelspec under one of Jupyter's data folders. */
export function specFolder(data: string): string {
  return path.join(data, "kernels", kernelName);
}

/**
 * Installs the kernelspec and the JupyterLab extension into one of Jupyter's data folders. Writes only what differs.
 *
 * @param data a folder on Jupyter's data path, such as `~/.local/share/jupyter`
 * @throws UserError if the folder cannot be written.
 */
export function install(data: string): void {
  const spec = `${JSON.stringify(kernelSpec(), null, 2)}\n`;
  const file = path.join(specFolder(data), "kernel.json");
  try {
    if (!existsSync(file) || readFileSync(file, "utf8") !== spec) {
      mkdirSync(specFolder(data), { recursive: true });
      cpSync(path.join(packageRoot, "kernel", "cli", "logo"), specFolder(data), { recursive: true });
      writeFileSync(file, spec);
    }
    installLabextension(data);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!code || !["EACCES", "EPERM", "EROFS", "ENOTDIR", "ENOSPC"].includes(code)) throw error;
    throw new UserError(`${data} cannot be written (${code}): choose another place with --user or --prefix DIR.`);
  }
}

/** `tskeras install [--user | --sys-prefix | --prefix DIR]`. */
export function installCommand(args: readonly string[]): number {
  const data = chosenFolder(args);
  install(data);
  console.log(
    `The kernel ${kernelName} is in ${specFolder(data)}. Choose "${kernelSpec().display_name}" in JupyterLab or VS Code.`,
  );
  return 0;
}

/** `tskeras uninstall [--user | --sys-prefix | --prefix DIR]`. */
export function uninstallCommand(args: readonly string[]): number {
  const data = chosenFolder(args);
  const folder = specFolder(data);
  const there = existsSync(folder);
  rmSync(folder, { recursive: true, force: true });
  uninstallLabextension(data);
  console.log(there ? `The kernel ${kernelName} is gone from ${folder}.` : `No kernel ${kernelName} was in ${folder}.`);
  return 0;
}

function chosenFolder(args: readonly string[]): string {
  const { values } = parseArgs({
    args: [...args],
    options: { user: { type: "boolean" }, "sys-prefix": { type: "boolean" }, prefix: { type: "string" } },
  });
  if (Object.keys(values).length > 1) throw new UserError("Choose one of --user, --sys-prefix and --prefix DIR.");
  if (values.prefix !== undefined) return dataFolder(path.resolve(values.prefix));
  return values["sys-prefix"] ? dataFolder(systemPrefix()) : userDataFolder();
}

/** Python's own `sys.prefix`: the active virtual or conda environment's folder. */
function systemPrefix(): string {
  return spawnSync(findPython(), ["-c", "import sys; print(sys.prefix)"], { encoding: "utf8" }).stdout.trim();
}
