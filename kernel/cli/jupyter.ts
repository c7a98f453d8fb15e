import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import path from "node:path";
import { dataFolder, onPath, userDataFolder } from "./places";
import { ensureEnvironment, environment, inEnvironment, labPackages } from "./python";

/** A JupyterLab that can be started, and its data folder. */
export interface Jupyter {
  /** The `jupyter` program. */
  readonly program: string;
  /** Where its kernelspecs and labextensions belong: `<prefix>/share/jupyter`. */
  readonly data: string;
}

/** The JupyterLab 4 on PATH, or undefined if there is none that runs. */
export function jupyterOnPath(): Jupyter | undefined {
  const program = onPath("jupyter");
  if (!program || Number.parseInt(labVersion(program) ?? "0", 10) < 4) return undefined;
  return { program, data: dataFolderOf(program) };
}

/** The JupyterLab in tskeras's own environment, if one was made. */
export function ownJupyter(): Jupyter | undefined {
  const program = inEnvironment("jupyter");
  return existsSync(program) ? { program, data: dataFolder(environment) } : undefined;
}

/** The JupyterLab 4 on PATH, or else tskeras's own, installed now if missing. */
export function ensureJupyter(): Jupyter {
  const found = jupyterOnPath();
  if (found) return found;
  ensureEnvironment(labPackages);
  const own = ownJupyter();
  if (!own) throw new Error(`JupyterLab was installed into ${environment} but is not there.`);
  return own;
}

/** JupyterLab's version, `"4.4.1"`; undefined if it does not run. */
export function labVersion(program: string): string | undefined {
  return ask(program, "lab", "--version");
}

/** The data folder of the Python prefix that JupyterLab itself is installed in, or the user's if that is read-only. */
function dataFolderOf(program: string): string {
  const paths = JSON.parse(ask(program, "--paths", "--json") ?? "{}") as { data?: string[] };
  for (const data of paths.data ?? []) {
    const prefix = path.resolve(data, "../..");
    const holdsLab = ["bin/jupyter-lab", "Scripts/jupyter-lab.exe"].some((name) => existsSync(path.join(prefix, name)));
    if (holdsLab && data === dataFolder(prefix) && writable(prefix)) return data;
  }
  return userDataFolder();
}

function writable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function ask(program: string, ...args: string[]): string | undefined {
  const { status, stdout } = spawnSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return status === 0 ? stdout.trim() : undefined;
}
