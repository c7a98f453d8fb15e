import { existsSync } from "node:fs";
import { copyFile, mkdir, rename } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { notebookHost } from "../display/host";
import { download } from "./download";
import { DownloadBar } from "./download_bar";
import { algorithmOf, checkHash, type HashAlgorithm } from "./file_hash";
import { cachePaths } from "./keras_home";
import { checkOptions } from "./options";
import { unpack } from "./unpack";

/** How {@link getFile} finds, checks and unpacks a file. */
export interface GetFileOptions {
  /** The file's checksum in hexadecimal digits. Default none: any content will do. */
  readonly fileHash?: string;
  /** How the checksum was made. Default by its length: 64 digits are SHA-256, 32 are MD5. */
  readonly hashAlgorithm?: "auto" | HashAlgorithm;
  /** The folder within the cache. Default `"datasets"`. */
  readonly cacheSubdir?: string;
  /** The cache. Default `$KERAS_HOME`, or `~/.keras`. */
  readonly cacheDir?: string;
  /** Whether to unpack a `.tar`, `.tar.gz`, `.tgz` or `.zip`. Default false. */
  readonly extract?: boolean;
  /** Whether to download even what is in the cache. Default false. */
  readonly forceDownload?: boolean;
}

const optionNames = ["fileHash", "hashAlgorithm", "cacheSubdir", "cacheDir", "extract", "forceDownload"];

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

const isUrl = (place: string) => /^https?:\/\//.test(place);
const said = (error: unknown) => (error instanceof Error ? error.message : String(error));

/**
 * Where a file comes from, in the order to try: `$TSKERAS_MIRROR`, the URL or the path of a folder that holds files under
 * the names they have at their origin, then the origin itself.
 */
function sources(origin: string): string[] {
  const mirror = process.env["TSKERAS_MIRROR"];
  if (!mirror) return [origin];
  return [isUrl(mirror) ? `${mirror.replace(/\/$/, "")}/${basename(origin)}` : join(mirror, basename(origin)), origin];
}

async function bring(source: string, target: string, verify: WantedFile["verify"]): Promise<void> {
  if (!isUrl(source)) {
    await verify?.(source);
    await mkdir(dirname(target), { recursive: true });
    const copy = `${target}.${process.pid}.part`;
    await copyFile(source, copy);
    return rename(copy, target);
  }
  console.log(`Downloading data from ${source}`);
  const bar = new DownloadBar();
  const onProgress = (received: number, total: number | undefined) => bar.update(received, total);
  const signal = notebookHost()?.signal;
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
      notebookHost()?.signal.throwIfAborted();
      failures.push(`${source}: ${said(error)}`);
      cause = error;
    }
  }
  throw new Error(
    `Could not get ${name}. Tried\n${failures.map((failure) => `  ${failure}`).join("\n")}\n` +
      `Without a network, get the file from ${file.origin} by other means and put it at\n  ${paths.write}\n` +
      `or set KERAS_HOME to a folder that has ${join(file.subfolder ?? "datasets", name)}, ` +
      `or TSKERAS_MIRROR to a folder or a URL that has ${basename(file.origin)}.`,
    { cause },
  );
}

function checkName(name: string): void {
  if (name !== "" && basename(name) === name && name !== "." && name !== "..") return;
  throw new RangeError(
    `getFile() expected the name of a file without a folder but found "${name}". ` +
      "Name the folder by cacheDir or cacheSubdir.",
  );
}

/**
 * Downloads a file, once: Keras's `get_file`, with the same cache.
 *
 * Source: keras.io/api/utils/python_utils/#getfile-function
 *
 * @param fname its name in the cache; null takes the last part of `origin`
 * @param origin the URL
 * @returns the path of the file, or of the folder it was unpacked to
 * @throws Error that says what was tried and how to go on, if it cannot be had
 * @example
 * ```ts no-run
 * import { keras } from "tskeras";
 *
 * const path = await keras.utils.getFile("flowers.tgz", "https://example.org/flowers.tgz", { extract: true });
 * ```
 */
export async function getFile(fname: string | null, origin: string, options: GetFileOptions = {}): Promise<string> {
  checkOptions("getFile()", options, optionNames);
  const { fileHash, hashAlgorithm = "auto", extract = false } = options;
  const name = fname ?? basename(new URL(origin).pathname);
  checkName(name);
  const dot = name.indexOf(".");
  const folder = fname === null || dot < 0 ? name : `${name.slice(0, dot)}_extracted`;
  const stored = extract && folder === name ? `${name}_archive` : name;
  const path = await wantedFile({
    name: stored,
    origin,
    subfolder: options.cacheSubdir,
    cache: options.cacheDir,
    force: options.forceDownload,
    verify:
      fileHash === undefined
        ? undefined
        : (at) => checkHash(at, fileHash, hashAlgorithm === "auto" ? algorithmOf(fileHash) : hashAlgorithm),
  });
  return extract ? unpack(path, cachePaths(folder, options.cacheSubdir, options.cacheDir)) : path;
}
