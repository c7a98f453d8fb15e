import { randomUUID } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";

/**
 * Writes a file whole or not at all: if writing fails, an earlier file is unchanged.
 *
 * @throws Error if the file exists and may not be overwritten, or cannot be written
 */
export async function writeWhole(where: string, path: string, bytes: Uint8Array, overwrite: boolean): Promise<void> {
  if (existsSync(path)) {
    if (statSync(path).isDirectory())
      throw new Error(`${where} expected the path of a file, but "${path}" is a folder.`);
    if (!overwrite) throw new Error(`${where}: "${path}" exists already, and overwrite is false.`);
  }
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, bytes);
    await rename(temporary, path);
  } catch (error) {
    throw new Error(`${where} could not write "${path}": ${(error as Error).message}.`, { cause: error });
  } finally {
    await rm(temporary, { force: true });
  }
}

/**
 * All of a file.
 *
 * @throws Error if it does not exist
 */
export async function readWhole(where: string, path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? `there is no file "${path}" (looked in ${process.cwd()})` : message;
    throw new Error(`${where}: ${why}.`, { cause: error });
  }
}

/** Checks that a path is a string with one of the endings; `hint` says what another ending is for. */
export function checkPath(where: string, path: unknown, ending: string, hint: (path: string) => string): void {
  if (typeof path === "string" && path.endsWith(ending)) return;
  const found = typeof path === "string" ? `"${path}"` : String(path);
  throw new Error(
    `${where} expected a path that ends in "${ending}", but found ${found}.${typeof path === "string" ? hint(path) : ""}`,
  );
}
