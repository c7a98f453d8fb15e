import * as zlib from "node:zlib";
import { libraries } from "../libraries";
import { isHdf5 } from "./hdf5";
import { writeJson } from "./json";

/** What a `.keras` file consists of. */
export interface KerasArchive {
  /** The architecture, and how the model was compiled. */
  readonly config: unknown;
  /** An HDF5 file. */
  readonly weights: Uint8Array;
}

/** The version of Keras whose format is written. */
const KERAS_VERSION = "3.15.0";

const names = { metadata: "metadata.json", config: "config.json", weights: "model.weights.h5" } as const;

/** A `.keras` file: a zip of three files, not compressed, as Keras writes it. */
export function packArchive({ config, weights }: KerasArchive): Uint8Array {
  const now = new Date();
  // In local time, as Python writes it.
  const date = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 19).replace("T", "@");
  const json = (value: unknown) => Buffer.from(writeJson(value), "utf8");
  const metadata = { keras_version: KERAS_VERSION, date_saved: date };
  return libraries.fflate.zipSync(
    { [names.metadata]: json(metadata), [names.config]: json(config), [names.weights]: weights },
    { level: 0 },
  );
}

/**
 * What a `.keras` file holds.
 *
 * @throws Error if it is not such a file, or is damaged
 */
export function unpackArchive(bytes: Uint8Array): KerasArchive {
  if (isHdf5(bytes)) {
    throw new Error(
      "it is an HDF5 file, the format of Keras 2 or of weights alone; load it in Python Keras and save it as .keras, or use model.loadWeights() for weights",
    );
  }
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw new Error("it is not a .keras file, which is a zip archive");
  let files: { readonly [name: string]: Uint8Array };
  try {
    files = libraries.fflate.unzipSync(bytes);
  } catch (error) {
    throw new Error(`the zip archive is damaged or cut off (${(error as Error).message})`);
  }
  checkSums(bytes, files);
  const file = (name: string): Uint8Array => {
    const found = files[name];
    if (found !== undefined) return found;
    throw new Error(`it has no ${name} inside; it holds ${Object.keys(files).slice(0, 5).join(", ") || "nothing"}`);
  };
  let config: unknown;
  try {
    config = JSON.parse(Buffer.from(file(names.config)).toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw new Error(`its config.json is damaged (${error.message})`);
    throw error;
  }
  return { config, weights: file(names.weights) };
}

/** Compares the files with the checksums in the archive's directory, which fflate does not. */
function checkSums(bytes: Uint8Array, files: { readonly [name: string]: Uint8Array }): void {
  // Node before 20.15 has no crc32.
  const { crc32 } = zlib as { crc32?: (data: Uint8Array) => number };
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = archive.lastIndexOf("PK\x05\x06", undefined, "latin1");
  let at = end < 0 ? archive.length : archive.readUInt32LE(end + 16);
  while (crc32 !== undefined && at + 46 <= end && archive.readUInt32LE(at) === 0x02014b50) {
    const lengths = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    const name = archive.toString("utf8", at + 46, at + 46 + lengths[0]!);
    const file = files[name];
    if (file !== undefined && crc32(file) !== archive.readUInt32LE(at + 16)) {
      throw new Error(`${name} inside it is damaged: its checksum does not match`);
    }
    at += 46 + lengths.reduce((sum, length) => sum + length);
  }
}
