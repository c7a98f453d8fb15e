import type * as tf from "@tensorflow/tfjs-core";
import { backendReady } from "../backend/backend";
import { type StoredValues, storedTensor } from "../backend/stored_tensor";
import { cachedFile, checkFileName } from "../files/cached_file";
import { checkHash } from "../files/file_hash";
import { describe, numberOption } from "../options/options";

/** Where Keras keeps the files of its data sets. */
export const ORIGIN = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/";

/** Inputs and targets, to train with and to test with. */
export type DataSplit<X, Y> = [train: [X, Y], test: [X, Y]];

/**
 * The path of one of {@link ORIGIN}'s files in the cache; it is downloaded if it is not there. Meanwhile the backend starts, so
 * that the last digits of what is computed from the data do not depend on how long reading them took.
 */
export async function originFile(name: string, originName: string, fileHash: string): Promise<string> {
  const file = cachedFile({ name, origin: ORIGIN + originName, verify: (path) => checkHash(path, fileHash) });
  const [path] = await Promise.all([file, backendReady()]);
  return path;
}

/** A column of labels as it is returned: int32, four bytes each. */
export function labelTensor(labels: ArrayLike<number>): tf.Tensor1D {
  return storedTensor<tf.Rank.R1>(Int32Array.from(labels), [labels.length]);
}

/** Numbers as an image or a label is stored. */
export function storable(values: unknown): StoredValues {
  if (values instanceof Uint8Array || values instanceof Int32Array || values instanceof Float32Array) return values;
  if (values instanceof Float64Array) return Float32Array.from(values);
  if (ArrayBuffer.isView(values)) return Int32Array.from(values as unknown as ArrayLike<number>);
  throw new TypeError(`Expected an array of numbers but found ${describe(values)}.`);
}

/** What the loaders that shuffle take. */
export interface ShuffleOptions {
  readonly path: string;
  readonly testSplit?: number;
  readonly seed: number;
}

/**
 * Checks the name of a file, the fraction that is set aside and the seed of a shuffle, before anything is downloaded.
 *
 * @throws RangeError unless 0 <= testSplit < 1 and the seed is one of NumPy's
 */
export function checkShuffle(where: string, { path, testSplit = 0, seed }: ShuffleOptions): void {
  checkFileName(where, path);
  numberOption(where, "seed", seed, { min: 0, max: 2 ** 32 - 1, whole: true });
  if (typeof testSplit === "number" && testSplit >= 0 && testSplit < 1) return;
  throw new RangeError(
    `${where} expected a testSplit from 0 up to, not including, 1 but found ${describe(testSplit)}.`,
  );
}
