import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";

/** How a file's checksum is made. */
export type HashAlgorithm = "md5" | "sha256";

/** The algorithm that makes hashes of this length. */
export function algorithmOf(fileHash: string): HashAlgorithm {
  return fileHash.length === 64 ? "sha256" : "md5";
}

/** The checksum of a file's bytes, in lower-case hexadecimal digits. */
export async function hashFile(path: string, algorithm: HashAlgorithm): Promise<string> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest("hex");
}

/**
 * Checks a file's bytes.
 *
 * @throws Error that says both checksums
 */
export async function checkHash(path: string, expected: string, algorithm = algorithmOf(expected)): Promise<void> {
  const found = await hashFile(path, algorithm);
  if (found !== expected.toLowerCase()) {
    throw new Error(`the file is incomplete or another one: expected ${algorithm} ${expected} but found ${found}`);
  }
}
