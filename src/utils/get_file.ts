import { join } from "node:path";
import { algorithmOf, checkHash, type HashAlgorithm } from "../files/file_hash";
import { cachePaths } from "../files/keras_home";
import { unpack } from "../files/unpack";
import { checkFileName, originName, ownFolder, wantedFile } from "../files/wanted_file";
import * as kinds from "../options/kinds";
import { checkOptions } from "../options/options";

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

const optionKinds: kinds.KindsOf<GetFileOptions> = {
  fileHash: kinds.name,
  hashAlgorithm: kinds.oneOf("auto", "md5", "sha256"),
  cacheSubdir: kinds.text,
  cacheDir: kinds.name,
  extract: kinds.boolean,
  forceDownload: kinds.boolean,
};

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
  checkOptions("getFile()", options, optionKinds);
  const { fileHash, hashAlgorithm = "auto", extract = false } = options;
  const name = fname ?? originName(origin);
  checkFileName("getFile()", name);
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
  if (!extract) return path;
  const own = ownFolder();
  // What is unpacked from a reader's own archive must not pass for the real one later.
  if (own !== undefined && path === join(own, originName(origin))) {
    return unpack(path, { read: [join(own, folder)], write: join(own, folder) });
  }
  return unpack(path, cachePaths(folder, options.cacheSubdir, options.cacheDir));
}
