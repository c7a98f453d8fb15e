import { existsSync } from "node:fs";
import { mkdir, mkdtemp, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { libraries } from "../libraries";
import { reasonOf } from "./disk_error";
import type { CachePaths } from "./keras_home";

/** The kind of an archive, by its first bytes. */
async function archiveKind(path: string): Promise<"zip" | "tar"> {
  const file = await open(path);
  const { buffer } = await file.read(Buffer.alloc(512), 0, 512, 0).finally(() => file.close());
  if (buffer.toString("latin1", 0, 2) === "PK") return "zip";
  if (buffer.readUInt16BE() === 0x1f8b || buffer.toString("latin1", 257, 262) === "ustar") return "tar";
  throw new Error("this is no .zip, .tar or .tar.gz");
}

async function unzip(archive: string, folder: string): Promise<void> {
  for (const [name, bytes] of Object.entries(libraries.fflate.unzipSync(await readFile(archive)))) {
    const path = resolve(folder, name);
    if (relative(folder, path).startsWith("..")) throw new Error(`"${name}" leads out of the folder it is unpacked to`);
    await mkdir(name.endsWith("/") ? path : dirname(path), { recursive: true });
    if (!name.endsWith("/")) await writeFile(path, bytes);
  }
}

async function untar(archive: string, folder: string): Promise<void> {
  const tar = await import("tar");
  await tar.extract({ file: archive, cwd: folder, strict: true });
}

/**
 * Unpacks a tar or zip archive into a folder, unless that exists. It appears complete or not at all.
 *
 * @throws Error if the archive is damaged, or would write outside the folder
 */
export async function unpack(archive: string, folder: CachePaths): Promise<string> {
  const done = folder.read.find((path) => existsSync(path));
  if (done !== undefined) return done;
  const target = folder.write;
  const work = await mkdtemp(join(dirname(target), `.${basename(target)}.`));
  try {
    await { zip: unzip, tar: untar }[await archiveKind(archive)](archive, work);
    // Another process may have been faster.
    await rename(work, target).catch((error) => {
      if (!existsSync(target)) throw error;
    });
  } catch (error) {
    const advice = "Delete the archive if it is damaged: the next call downloads it again.";
    throw new Error(`Could not unpack ${archive}: ${reasonOf(error)}. ${advice}`, { cause: error });
  } finally {
    // The extraction of a damaged tar may still be writing files.
    await rm(work, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
  return target;
}
