import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

/** The folder of tskeras's package.json: the checkout, or `node_modules/tskeras`. */
export const packageRoot = path.resolve(__dirname, "../../..");

/** Jupyter's data folder of the user, where every Jupyter and VS Code look for kernels. */
export function userDataFolder(): string {
  const chosen = process.env["JUPYTER_DATA_DIR"];
  if (chosen) return chosen;
  if (process.platform === "darwin") return path.join(homedir(), "Library", "Jupyter");
  const appData = process.env["APPDATA"];
  if (process.platform === "win32" && appData) return path.join(appData, "jupyter");
  return path.join(process.env["XDG_DATA_HOME"] || path.join(homedir(), ".local", "share"), "jupyter");
}

/** Jupyter's data folder under a Python prefix such as `/usr` or a virtual environment. */
export function dataFolder(prefix: string): string {
  return path.join(prefix, "share", "jupyter");
}

/** A folder in the user's cache, for files that are downloaded or built once. */
export function cacheFolder(name: string): string {
  return path.join(process.env["XDG_CACHE_HOME"] || path.join(homedir(), ".cache"), "tskeras", name);
}

/** The full path of a program on PATH, or undefined. */
export function onPath(program: string): string | undefined {
  const endings = process.platform === "win32" ? (process.env["PATHEXT"] ?? ".EXE;.CMD").split(";") : [""];
  for (const folder of (process.env["PATH"] ?? "").split(path.delimiter)) {
    for (const ending of endings) {
      const file = path.join(folder, program + ending);
      if (folder !== "" && existsSync(file)) return file;
    }
  }
  return undefined;
}
