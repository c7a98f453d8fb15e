import type { TypedArray } from "../backend/rows";
import { readNumpyValues } from "./numpy_values";
import { loadPickle, PickledArray, type PickledObject } from "./pickle";

/** An array of an `.npy` file, in C order: numbers, or objects (lists, strings) if NumPy's type was `object`. */
export interface NpyArray {
  readonly shape: number[];
  readonly values: TypedArray | readonly PickledObject[];
}

type Header = { readonly type: string; readonly shape: number[]; readonly start: number };

function parseHeader(file: Uint8Array): Header {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < 12 || bytes.toString("latin1", 0, 6) !== "\x93NUMPY") throw new Error("this is no .npy file");
  const long = bytes[6]! > 1;
  const from = long ? 12 : 10;
  const start = from + (long ? bytes.readUInt32LE(8) : bytes.readUInt16LE(8));
  const text = bytes.toString("latin1", from, start);
  const type = /'descr':\s*'([^']+)'/.exec(text)?.[1];
  const fortran = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape':\s*\(([\d,\s]*)\)/.exec(text)?.[1];
  if (type === undefined || fortran === undefined || shape === undefined || bytes.length < start) {
    throw new Error("the header of this .npy file cannot be read");
  }
  const lengths = shape.split(",").filter((length) => length.trim() !== "");
  if (fortran === "True" && lengths.length > 1) {
    throw new Error("this .npy file is in Fortran order. Save np.ascontiguousarray(x) instead");
  }
  return { type, shape: lengths.map(Number), start };
}

/**
 * Reads an `.npy` file: an array of numbers, or a pickle of objects, in which nothing is ever called.
 *
 * @throws Error if it is damaged, of another type, or hostile
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function parseNpy(file: Uint8Array): NpyArray {
  const { type, shape, start } = parseHeader(file);
  const content = file.subarray(start);
  if (type !== "|O") return { shape, values: readNumpyValues(type, shape, content) };
  const array = loadPickle(content);
  if (!(array instanceof PickledArray) || `${array.shape}` !== `${shape}`) {
    throw new Error(`its header says an array of shape [${shape}], but its pickle holds something else`);
  }
  return { shape, values: array.values };
}
