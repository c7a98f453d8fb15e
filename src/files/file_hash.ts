import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";

/** The algorithm of a file's checksum. */
export type HashAlgorithm = "md5" | "sha256";

/**
 * Checks a file's bytes.
 *
 * @param expected the checksum in hexadecimal digits
 * @param algorithm default SHA-256 for 64 digits, else MD5
 * @throws Error that says both checksums
 */
export async function checkHash(path: string, expected: string, algorithm?: HashAlgorithm): Promise<void> {
  const name = algorithm ?? (expected.length === 64 ? "sha256" : "md5");
  const hash = createHash(name);
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  const found = hash.digest("hex");
  if (found !== expected.toLowerCase()) {
    throw new Error(`the file is incomplete or another one: expected ${name} ${expected} but found ${found}`);
  }
}
