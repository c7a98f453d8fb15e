import type * as tf from "@tensorflow/tfjs-core";
import { storedTensor } from "../backend/stored_tensor";
import * as kinds from "../options/kinds";
import { checked, describe } from "../options/options";
import { checkRandomState, RandomState } from "../random";
import { indexDirectory, type LabeledFile } from "./directory_index";
import { toCategorical } from "./to_categorical";

/** The options of both directory functions. */
export interface DirectoryOptions {
  /** `"inferred"`: each folder is a class; null: none; or a number for each file in the order of paths. Default `"inferred"`. */
  readonly labels?: "inferred" | null | readonly number[];
  /** The labels: `"int"` int32 [batch]; `"categorical"` float32 [batch, classes]; `"binary"` float32 [batch, 1]; null none. Default `"int"`. */
  readonly labelMode?: "int" | "categorical" | "binary" | null;
  /** The folders that are classes, in the order of their numbers. Default all, in the order of their names. */
  readonly classNames?: readonly string[];
  /** Files in a batch. Default 32. */
  readonly batchSize?: number;
  /** Whether each pass has a different order. Default true. */
  readonly shuffle?: boolean;
  /** The seed of the shuffle. Default different each time, unless `setRandomSeed` was called. */
  readonly seed?: number;
  /** The fraction of files that validates. Default none. */
  readonly validationSplit?: number;
  /** The part to read; give it together with `validationSplit`. */
  readonly subset?: "training" | "validation";
  /** Whether folders behind symbolic links count. Default false. */
  readonly followLinks?: boolean;
  /** Whether to say how many files were found. Default true. */
  readonly verbose?: boolean;
}

/** What each of {@link DirectoryOptions} may be. */
export const directoryKinds: kinds.KindsOf<DirectoryOptions> = {
  labels: kinds.orNull(kinds.either(kinds.oneOf("inferred"), kinds.listOf("numbers", kinds.index))),
  labelMode: kinds.orNull(kinds.oneOf("int", "categorical", "binary")),
  classNames: kinds.listOf("names", kinds.name),
  batchSize: kinds.count,
  shuffle: kinds.boolean,
  seed: kinds.whole,
  validationSplit: kinds.number({ above: 0, below: 1 }),
  subset: kinds.oneOf("training", "validation"),
  followLinks: kinds.boolean,
  verbose: kinds.boolean,
};

function checkSplit(where: string, { validationSplit, subset, shuffle, seed }: DirectoryOptions): void {
  if ((validationSplit === undefined) !== (subset === undefined)) {
    throw new TypeError(`${where} needs validationSplit and subset together: the fraction, and the part to read.`);
  }
  if (validationSplit !== undefined && shuffle !== false && seed === undefined) {
    throw new TypeError(
      `${where} needs a seed to split shuffled files: with the same one, the parts have no file in common.`,
    );
  }
}

/** The first files to train with, or the last ones to validate with. */
function partOf(files: readonly LabeledFile[], { validationSplit, subset }: DirectoryOptions): readonly LabeledFile[] {
  if (validationSplit === undefined) return files;
  const start = files.length - Math.trunc(validationSplit * files.length);
  const part = subset === "training" ? files.slice(0, start) : files.slice(start);
  if (part.length > 0) return part;
  throw new RangeError(
    `A validationSplit of ${describe(validationSplit)} leaves no ${subset} files of ${files.length}.`,
  );
}

/** A batch: `[x, labels]`, or `[x]` without labels. */
export type FileBatch<X> = [x: X, labels?: tf.Tensor];

/** Labeled files that are read batch by batch: `model.fit(dataset)`, or `for await (const [x, y] of dataset)`. */
export class FileDataset<X> implements AsyncIterable<FileBatch<X>> {
  /** The names of the classes, in the order of their numbers; null without labels. */
  readonly classNames: readonly string[] | null;
  /** The files, in the order of a pass that is not shuffled. */
  readonly filePaths: readonly string[];
  readonly #files: readonly LabeledFile[];
  readonly #random: RandomState | undefined;
  readonly #options: DirectoryOptions;
  readonly #read: (paths: readonly string[]) => Promise<X>;

  /**
   * @param where the function that makes it, for errors
   * @param formats the endings of the files to read
   * @param read reads the files of a batch
   */
  constructor(
    where: string,
    directory: string,
    formats: readonly string[],
    options: DirectoryOptions,
    read: (paths: readonly string[]) => Promise<X>,
  ) {
    checked(where, "directory", directory, kinds.name);
    checkSplit(where, options);
    const { labels = "inferred", labelMode = "int", classNames, shuffle = true, followLinks = false } = options;
    const noLabels = labels === null || labelMode === null;
    const index = indexDirectory(directory, { labels: noLabels ? null : labels, classNames, formats, followLinks });
    const { classNames: classes } = index;
    if (labelMode === "binary" && classes !== null && classes.length !== 2) {
      throw new RangeError(`${where} needs two classes for labelMode "binary" but found ${classes.join(", ")}.`);
    }
    const log = (line: string) => options.verbose !== false && console.log(line);
    log(`Found ${index.files.length} files${classes === null ? "" : ` belonging to ${classes.length} classes`}.`);
    const seed = options.seed ?? checkRandomState(null).randint(1e6);
    const files = shuffle ? RandomState(seed).permutation(index.files) : index.files;
    this.#files = partOf(files, options);
    if (options.subset !== undefined) log(`Using ${this.#files.length} files for ${options.subset}.`);
    this.#random = shuffle ? RandomState(seed) : undefined;
    this.#options = { ...options };
    this.#read = read;
    this.classNames = classes;
    this.filePaths = this.#files.map(({ path }) => path);
  }

  /** The number of batches. */
  get length(): number {
    return Math.ceil(this.filePaths.length / (this.#options.batchSize ?? 32));
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<FileBatch<X>, void, undefined> {
    const { batchSize = 32 } = this.#options;
    const files = [...this.#files];
    this.#random?.shuffle(files);
    for (let i = 0; i < files.length; i += batchSize) yield await this.#batch(files.slice(i, i + batchSize));
  }

  /** All files as one batch, in the order of `filePaths`: `[x, labels]`. */
  toArrays(): Promise<FileBatch<X>> {
    return this.#batch(this.#files);
  }

  async #batch(files: readonly LabeledFile[]): Promise<FileBatch<X>> {
    const x = await this.#read(files.map(({ path }) => path));
    if (this.classNames === null) return [x];
    const labels = files.map(({ label }) => label!);
    if (this.#options.labelMode === "categorical") return [x, toCategorical(labels, this.classNames.length)];
    if (this.#options.labelMode === "binary") return [x, storedTensor(Float32Array.from(labels), [labels.length, 1])];
    return [x, storedTensor(Int32Array.from(labels), [labels.length])];
  }
}
