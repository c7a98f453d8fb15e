import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { currentHost } from "../display/tslab_host";
import { describe } from "../options/options";
import { download } from "./download";
import { DownloadBar } from "./download_bar";
import { diskFault } from "./file_fault";
import { cachePaths } from "./keras_home";

/** A file to find in the cache, or else to download. */
export interface WantedFile {
  /** Its name in the cache. */
  readonly name: string;
  /** Where it comes from. */
  readonly origin: string;
  /** The folder within the cache. Default `"datasets"`. */
  readonly subfolder?: string | undefined;
  /** The cache. Default Keras's. */
  readonly cache?: string | undefined;
  /** Throws if the file at this path is not the right one. */
  readonly verify?: ((path: string) => Promise<void>) | undefined;
  /** Whether to download it whatever the cache holds. Default false. */
  readonly force?: boolean | undefined;
}

const said = (error: unknown) => diskFault(error) ?? (error instanceof Error ? error.message : String(error));

/**
 * Checks the name of a file in the cache: another folder would be written to, and `cacheDir` names that.
 *
 * @param where what takes the name, as the reader knows it: `"getFile()"`
 * @throws RangeError for a path
 */
export function checkFileName(where: string, name: unknown): void {
  if (typeof name === "string" && !["", ".", ".."].includes(name) && basename(name) === name) return;
  throw new RangeError(
    `${where} expected the name of a file without a folder but found ${describe(name)}. ` +
      "KERAS_HOME in the environment names the folder, getFile() has cacheDir and cacheSubdir for it.",
  );
}

/** The name that a file has at its origin. */
export const originName = (origin: string): string => basename(new URL(origin).pathname);

/**
 * The reader's own folder of data files, `$TSKERAS_DATASETS`: a file in it, under the name it has at its origin, is used as
 * it is, before any other and without a checksum.
 */
export function ownFolder(): string | undefined {
  return process.env["TSKERAS_DATASETS"] || undefined;
}

/** The URLs of a file, in the order to try: below `$TSKERAS_MIRROR`, a URL too, then its origin. */
function sources(origin: string): string[] {
  const mirror = process.env["TSKERAS_MIRROR"];
  return mirror ? [`${mirror.replace(/\/$/, "")}/${originName(origin)}`, origin] : [origin];
}

async function bring(source: string, target: string, verify: WantedFile["verify"]): Promise<void> {
  console.log(`Downloading data from ${source}`);
  const bar = new DownloadBar();
  const onProgress = (received: number, total: number | undefined) => bar.update(received, total);
  const signal = currentHost()?.signal;
  try {
    await download(source, target, verify === undefined ? { onProgress, signal } : { onProgress, signal, verify });
  } finally {
    bar.finish();
  }
}

/**
 * The path of a file in the cache; it is downloaded if it is not there or not the right one.
 *
 * @throws Error that lists where it was looked for and why each failed, and how to go on without the network
 */
export async function wantedFile(file: WantedFile): Promise<string> {
  const { name, verify } = file;
  const own = ownFolder();
  if (own !== undefined && existsSync(join(own, originName(file.origin)))) return join(own, originName(file.origin));
  const paths = cachePaths(name, file.subfolder, file.cache);
  const failures: string[] = [];
  for (const path of file.force ? [] : paths.read) {
    if (!existsSync(path)) {
      failures.push(`${path}: not there`);
      continue;
    }
    try {
      await verify?.(path);
      return path;
    } catch (error) {
      failures.push(`${path}: ${said(error)}`);
      console.log(`${path} is not used: ${said(error)}.`);
    }
  }
  let cause: unknown;
  for (const source of sources(file.origin)) {
    try {
      await bring(source, paths.write, verify);
      return paths.write;
    } catch (error) {
      currentHost()?.signal.throwIfAborted();
      failures.push(`${source}: ${said(error)}`);
      cause = error;
    }
  }
  throw new Error(
    `Could not get ${name}. Tried\n${failures.map((failure) => `  ${failure}`).join("\n")}\n` +
      `Without a network, get the file from ${file.origin} by other means and put it at\n  ${paths.write}\n` +
      `Other places can be set in the environment: KERAS_HOME, a folder that has ${join(file.subfolder ?? "datasets", name)}; ` +
      `TSKERAS_MIRROR, a URL below which ${originName(file.origin)} is.`,
    { cause },
  );
}
