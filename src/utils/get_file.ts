import { dirname, join } from "node:path";
import { cachedFile, checkFileName, ownFile, urlName } from "../files/cached_file";
import { checkHash, type HashAlgorithm } from "../files/file_hash";
import { cachePaths } from "../files/keras_home";
import { unpack } from "../files/unpack";

import * as kinds from "../options/kinds";
import { checkOptions } from "../options/options";

/** How {@link getFile} finds, checks and unpacks a file. */
export interface GetFileOptions {
  /** The file's checksum in hexadecimal digits. Default none: any content is accepted. */
  readonly fileHash?: string;
  /** The checksum's algorithm. Default by its length: 64 digits are SHA-256, 32 are MD5. */
  readonly hashAlgorithm?: "auto" | HashAlgorithm;
  /** The folder within the cache. Default `"datasets"`. */
  readonly cacheSubdir?: string;
  /** The cache. Default `$KERAS_HOME`, or `~/.keras`. */
  readonly cacheDir?: string;
  /** Whether to unpack a `.tar`, `.tar.gz`, `.tgz` or `.zip`. Default false. */
  readonly extract?: boolean;
  /** Whether to download even a file that is in the cache. Default false. */
  readonly forceDownload?: boolean;
}

const optionKinds: kinds.KindsOf<GetFileOptions> = {
  fileHash: kinds.name,
  hashAlgorithm: kinds.oneOf("auto", "md5", "sha256"),
  cacheSubdir: kinds.text,
  cacheDir: kinds.name,
  extract: kinds.boolean,
  forceDownload: kinds.boolean,
};

/**
 * The path of a file in Keras's cache; the first time it is downloaded.
 *
 * @param fname its name in the cache; null means the last part of `origin`
 * @param origin the URL
 * @returns the path of the file, or of the folder it was unpacked to
 * @throws Error that says what was tried and what to do, if no copy can be read
 * @example
 * ```ts no-run
 * import { keras } from "tskeras";
 *
 * const path = await keras.utils.getFile("flowers.tgz", "https://example.org/flowers.tgz", { extract: true });
 * ```
 * @see https://keras.io/api/utils/python_utils/#getfile-function
 */
export async function getFile(fname: string | null, origin: string, options: GetFileOptions = {}): Promise<string> {
  checkOptions("getFile()", options, optionKinds);
  const { fileHash, hashAlgorithm = "auto", extract = false } = options;
  const name = fname ?? urlName(origin);
  checkFileName("getFile()", name);
  const dot = name.indexOf(".");
  const folder = fname === null || dot < 0 ? name : `${name.slice(0, dot)}_extracted`;
  const stored = extract && folder === name ? `${name}_archive` : name;
  const algorithm = hashAlgorithm === "auto" ? undefined : hashAlgorithm;
  const verify = fileHash === undefined ? undefined : (at: string) => checkHash(at, fileHash, algorithm);
  const { cacheSubdir: subfolder, cacheDir: cache, forceDownload: force } = options;
  const path = await cachedFile({ name: stored, origin, subfolder, cache, force, verify });
  if (!extract) return path;
  // Unpacked beside a user's own archive: in the cache it would be taken for the real one later.
  if (path !== ownFile(origin)) return unpack(path, cachePaths(folder, options.cacheSubdir, options.cacheDir));
  const beside = join(dirname(path), folder);
  return unpack(path, { read: [beside], write: beside });
}
