import { readFile } from "node:fs/promises";
import { libraries } from "../libraries";
import { type NpyArray, parseNpy } from "./npy";

const MOST_BYTES = 4 * 2 ** 30;
// Deflate's limit is 1032 bytes in one; real data stays far below.
const MOST_PACKED = 1200;

/** The arrays of an `.npz` archive, by name. */
export type NpzArrays = { readonly [name: string]: NpyArray };

/** Reads an `.npz` archive of NumPy arrays; throws if it is damaged or hostile, or would unpack to more than 4 GiB. */
export async function readNpz(path: string): Promise<NpzArrays> {
  const archive = await readFile(path);
  const arrays: { [name: string]: NpyArray } = {};
  let total = 0;
  try {
    const files = libraries.fflate.unzipSync(archive, {
      filter: ({ name, size, originalSize }) => {
        total += originalSize;
        if (total > MOST_BYTES || originalSize > MOST_PACKED * (size + 1)) {
          throw new Error(`"${name}" would unpack to ${originalSize} bytes, more than data does`);
        }
        return name.endsWith(".npy");
      },
    });
    for (const [name, file] of Object.entries(files)) arrays[name.slice(0, -".npy".length)] = parseNpy(file);
  } catch (error) {
    throw new Error(`Could not read ${path}: ${(error as Error).message}.`, { cause: error });
  }
  return arrays;
}
