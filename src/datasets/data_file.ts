import type * as tf from "@tensorflow/tfjs-core";
import { backendReady } from "../backend/backend";
import { type StoredValues, storedTensor } from "../backend/stored_tensor";
import { cachedFile, checkFileName } from "../files/cached_file";
import { checkHash } from "../files/file_hash";
import { type NpzArrays, readNpz } from "../files/npz";
import * as kinds from "../options/kinds";
import { describe } from "../options/options";

/** Where Keras keeps the files of its data sets. */
export const ORIGIN = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/";

/** Inputs and targets, to train with and to test with. */
export type DataSplit<X, Y> = [train: [X, Y], test: [X, Y]];

/** How a loader finds its file. */
export interface FileOptions {
  /** The file's name in Keras's cache. Default its name at the origin. */
  readonly path?: string;
}

/** How a loader finds its file and shuffles the rows. */
export interface ShuffleOptions extends FileOptions {
  /** The seed of the shuffle. Default 113. */
  readonly seed?: number;
}

/** How a loader finds its file, shuffles the rows and sets some aside. */
export interface SplitOptions extends ShuffleOptions {
  /** The fraction of the rows to test with. Default 0.2. */
  readonly testSplit?: number;
}

// `loadNpz` checks path and testSplit.
export const fileKinds: kinds.KindsOf<FileOptions> = { path: kinds.readElsewhere };
export const shuffleKinds: kinds.KindsOf<ShuffleOptions> = {
  ...fileKinds,
  seed: kinds.number({ min: 0, max: 2 ** 32 - 1, whole: true }),
};
export const splitKinds: kinds.KindsOf<SplitOptions> = { ...shuffleKinds, testSplit: kinds.readElsewhere };

/** One of the files at {@link ORIGIN}. */
export interface DataFile {
  readonly name: string;
  /** SHA-256 or MD5. */
  readonly hash: string;
}

/**
 * The path of a file in Keras's cache, where it is called `name`; it is downloaded if it is not there. Meanwhile the backend
 * starts, so that the same backend computes with the data, however long this takes.
 */
export async function dataFile(where: string, file: DataFile, name = file.name): Promise<string> {
  checkFileName(where, name);
  const verify = (path: string) => checkHash(path, file.hash);
  const [path] = await Promise.all([cachedFile({ name, origin: ORIGIN + file.name, verify }), backendReady()]);
  return path;
}

/** Reads an archive of arrays from Keras's cache; it is downloaded if it is not there and the options are right. */
export async function loadNpz(where: string, file: DataFile, options: SplitOptions): Promise<NpzFile> {
  const { testSplit = 0, path } = options;
  if (!(typeof testSplit === "number" && testSplit >= 0 && testSplit < 1)) {
    throw new RangeError(
      `${where} expected a testSplit from 0 up to, not including, 1 but found ${describe(testSplit)}.`,
    );
  }
  const found = await dataFile(where, file, path);
  return new NpzFile(found, await readNpz(found));
}

/** Numbers in C order and their shape. */
export interface NumberArray {
  readonly values: StoredValues;
  readonly shape: number[];
}

/** Texts as numbers of words, and the label of each. */
export interface LabeledTexts {
  readonly texts: readonly ArrayLike<number>[];
  readonly labels: ArrayLike<number>;
}

/** An archive of arrays. */
export class NpzFile {
  constructor(
    readonly path: string,
    readonly arrays: NpzArrays,
  ) {}

  #array(name: string) {
    if (Object.hasOwn(this.arrays, name)) return this.arrays[name]!;
    const names = Object.keys(this.arrays).join(", ") || "none";
    throw new Error(`Expected an array "${name}" in ${this.path} but found ${names}.`);
  }

  #numbers(name: string, rank: number): NumberArray {
    const { values, shape } = this.#array(name);
    if (ArrayBuffer.isView(values) && shape.length === rank) return { values: storable(values), shape };
    throw new Error(
      `Expected an array "${name}" of ${rank} ${rank === 1 ? "axis" : "axes"} in ${this.path} but found one of ` +
        (ArrayBuffer.isView(values) ? `shape [${shape}].` : "objects."),
    );
  }

  /** An array of numbers of `rank` axes, and one number for each of its rows. */
  labeledNumbers(xName: string, yName: string, rank: number): [x: NumberArray, y: NumberArray] {
    const [x, y] = [this.#numbers(xName, rank), this.#numbers(yName, 1)];
    if (x.shape[0] === y.shape[0]) return [x, y];
    throw new Error(
      `Expected as many rows of "${xName}" as of "${yName}" in ${this.path} but found ${x.shape[0]} and ${y.shape[0]}.`,
    );
  }

  /** Lists of words and one label for each. */
  labeledTexts(textName: string, labelName: string): LabeledTexts {
    const [texts, labels] = [this.#array(textName).values, this.#array(labelName).values];
    if (
      Array.isArray(texts) &&
      texts.every(Array.isArray) &&
      ArrayBuffer.isView(labels) &&
      texts.length === labels.length
    ) {
      return { texts: texts as number[][], labels };
    }
    throw new Error(
      `Expected lists of words "${textName}" and as many labels "${labelName}" in ${this.path} but found other arrays.`,
    );
  }
}

/** Labels as a tensor: int32, four bytes each. */
export const labelTensor = (labels: ArrayLike<number>): tf.Tensor1D =>
  storedTensor<tf.Rank.R1>(Int32Array.from(labels), [labels.length]);

/** Numbers in one of the types that tensors are stored in. */
function storable(values: NodeJS.TypedArray): StoredValues {
  if (values instanceof Uint8Array || values instanceof Int32Array || values instanceof Float32Array) return values;
  if (values instanceof Float64Array) return Float32Array.from(values);
  return Int32Array.from(values as ArrayLike<number>);
}
