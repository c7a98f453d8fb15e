import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { currentHost } from "../display/tslab_host";
import { describe } from "../options/options";
import { reasonOf } from "./disk_error";
import { download } from "./download";
import { DownloadBar } from "./download_bar";
import { cachePaths } from "./keras_home";

/** A file of the cache, and where to download it from. */
export interface CachedFile {
  /** Its name in the cache. */
  readonly name: string;
  /** Its URL. */
  readonly origin: string;
  /** Default `"datasets"`. */
  readonly subfolder?: string | undefined;
  /** Default Keras's. */
  readonly cache?: string | undefined;
  /** Throws if the file at this path is not the right one. */
  readonly verify?: ((path: string) => Promise<void>) | undefined;
  /** Whether to download it even if it is in the cache. Default false. */
  readonly force?: boolean | undefined;
}

/** Throws a RangeError of the function `where` if a file's name in the cache is a path. */
export function checkFileName(where: string, name: unknown): void {
  if (typeof name === "string" && !["", ".", ".."].includes(name) && basename(name) === name) return;
  throw new RangeError(
    `${where} expected the name of a file without a folder but found ${describe(name)}. ` +
      "The environment variable KERAS_HOME sets the folder, and so do cacheDir and cacheSubdir of getFile().",
  );
}

/** The last part of a URL's path. */
export const urlName = (url: string): string => basename(new URL(url).pathname);

/** The path of a file in `$TSKERAS_DATASETS`, a user's own folder: it is used before any other and without a checksum. */
export function ownFile(origin: string): string | undefined {
  const folder = process.env["TSKERAS_DATASETS"];
  const path = folder && join(folder, urlName(origin));
  return path && existsSync(path) ? path : undefined;
}

/** The URLs of a file, in the order to try: below `$TSKERAS_MIRROR`, also a URL, then its origin. */
function urls(origin: string): string[] {
  const mirror = process.env["TSKERAS_MIRROR"];
  return mirror ? [`${mirror.replace(/\/$/, "")}/${urlName(origin)}`, origin] : [origin];
}

async function downloadWithBar(url: string, target: string, verify: CachedFile["verify"]): Promise<void> {
  console.log(`Downloading data from ${url}`);
  const bar = new DownloadBar();
  const onProgress = (received: number, total: number | undefined) => bar.update(received, total);
  try {
    await download(url, target, { verify, onProgress, signal: currentHost()?.signal });
  } finally {
    bar.finish();
  }
}

/**
 * The path of a file in the cache; it is downloaded if it is not there or not the right one.
 *
 * @throws Error that lists what was tried and why each failed, and what to do without a network
 */
export async function cachedFile(file: CachedFile): Promise<string> {
  const { name, origin, subfolder = "datasets", verify } = file;
  const own = ownFile(origin);
  if (own !== undefined) return own;
  const paths = cachePaths(name, subfolder, file.cache);
  const failures: string[] = [];
  for (const path of file.force ? [] : paths.read) {
    if (!existsSync(path)) {
      failures.push(`  ${path}: not there`);
      continue;
    }
    try {
      await verify?.(path);
      return path;
    } catch (error) {
      failures.push(`  ${path}: ${reasonOf(error)}`);
      console.log(`${path} is not used: ${reasonOf(error)}.`);
    }
  }
  let cause: unknown;
  for (const url of urls(origin)) {
    try {
      await downloadWithBar(url, paths.write, verify);
      return paths.write;
    } catch (error) {
      currentHost()?.signal.throwIfAborted();
      failures.push(`  ${url}: ${reasonOf(error)}`);
      cause = error;
    }
  }
  throw new Error(
    `Could not get ${name}. Tried\n${failures.join("\n")}\n` +
      `Without a network, get the file from ${origin} by other means and put it at\n  ${paths.write}\n` +
      `Or set an environment variable: KERAS_HOME to a folder that has ${join(subfolder, name)}, ` +
      `or TSKERAS_MIRROR to a URL below which ${urlName(origin)} is.`,
    { cause },
  );
}
