import { accessSync, constants, mkdirSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

const expand = (path: string) => (path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(1)) : path);

function writable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Keras's own folder: `$KERAS_HOME`, or `~/.keras`. */
export function kerasHome(): string {
  return expand(process.env["KERAS_HOME"] || join(homedir(), ".keras"));
}

/** Where to look for a cached file, in order, and the first of these places that can be written to. */
export interface CachePaths {
  readonly read: readonly string[];
  readonly write: string;
}

/**
 * The paths of a file in Keras's cache, shared with Python Keras: in `folder`, and in the one that Keras uses if it cannot
 * write to that.
 *
 * @param subfolder below the folder, or an absolute path
 */
export function cachePaths(file: string, subfolder = "datasets", folder = kerasHome()): CachePaths {
  const fallback = join(process.platform === "win32" ? tmpdir() : "/tmp", ".keras");
  const folders = subfolder.startsWith("/") ? [subfolder] : [expand(folder), fallback].map((f) => join(f, subfolder));
  const chosen = folders.find(writable) ?? folders[0]!;
  return { read: [...new Set(folders)].map((f) => join(f, file)), write: join(chosen, file) };
}
