import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as tar from "tar";
import { npy, npyOfLists, npz, pickle } from "./numpy_files";
import { classTexts, colorPictures, digitPictures, districts, type Pictures, type Texts, wordIndex } from "./synthetic";

// Small data sets in exactly the formats of Keras's files, with a signal that the tutorials' models learn. Point
// TSKERAS_DATASETS at the folder and the loaders use them. `node dist/test/helpers/make_datasets.js FOLDER` writes them.

const WORDS = 9000;

const int64 = (values: ArrayLike<number>) => BigInt64Array.from(Array.from(values, BigInt));

function mnist(): Uint8Array {
  const set = (count: number, seed: number) => {
    const { pixels, labels } = digitPictures(count, seed);
    return [npy({ shape: [count, 28, 28], values: pixels }), npy({ shape: [count], values: labels })] as const;
  };
  const [[x_train, y_train], [x_test, y_test]] = [set(6000, 1), set(1000, 2)];
  return npz({ x_train, y_train, x_test, y_test });
}

const labelArray = ({ labels }: Texts) => npy({ shape: [labels.length], values: int64(labels) });

function imdb(): Uint8Array {
  const [train, test] = [classTexts(12500, [1, 1], WORDS, 3), classTexts(2500, [1, 1], WORDS, 4)];
  const x_train = npyOfLists(train.lists);
  const x_test = npyOfLists(test.lists);
  return npz({ x_train, y_train: labelArray(train), x_test, y_test: labelArray(test) });
}

function reuters(): Uint8Array {
  // As in the newswires, two topics of 46 are half of all.
  const weights = Array.from({ length: 46 }, (_, topic) => (topic === 3 ? 30 : topic === 4 ? 20 : 1));
  const all = classTexts(4000, weights, WORDS, 5);
  return npz({ x: npyOfLists(all.lists), y: labelArray(all) });
}

function california(): Uint8Array {
  const { x, y } = districts(1000, 6);
  return npz({ x: npy({ shape: [1000, 8], values: x }), y: npy({ shape: [1000], values: y }) });
}

/** A batch of CIFAR, as Python 2 pickled it. */
function batch({ pixels, labels }: Pictures, names: { readonly [name: string]: (label: number) => number }): Buffer {
  const { code, string, list, int, array, bytes, file } = pickle;
  const items = Object.entries(names).flatMap(([name, of]) => [
    string(name),
    list(Array.from(labels, (label) => int(of(label)))),
  ]);
  const data = [string("data"), array("u1", [labels.length, 3072], bytes(pixels))];
  const label = [string("batch_label"), string("generated batch")];
  return file(Buffer.concat([code(0x7d, 0x28), ...label, ...items, ...data, code(0x75)]));
}

function tarball(folder: string, name: string, inner: string, files: { readonly [name: string]: Buffer }): void {
  mkdirSync(join(folder, inner), { recursive: true });
  for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, inner, file), content);
  tar.create({ file: join(folder, name), cwd: folder, gzip: true, sync: true }, [inner]);
  rmSync(join(folder, inner), { recursive: true });
}

function cifar(folder: string): void {
  const ten = (seed: number) => batch(colorPictures(200, 10, seed), { labels: (label) => label });
  const batches = Object.fromEntries([1, 2, 3, 4, 5].map((i) => [`data_batch_${i}`, ten(10 + i)]));
  tarball(folder, "cifar-10-python.tar.gz", "cifar-10-batches-py", { ...batches, test_batch: ten(16) });
  const names = { fine_labels: (label: number) => label, coarse_labels: (label: number) => Math.floor(label / 5) };
  const hundred = (count: number, seed: number) => batch(colorPictures(count, 100, seed), names);
  tarball(folder, "cifar-100-python.tar.gz", "cifar-100-python", { train: hundred(1000, 17), test: hundred(200, 18) });
}

/** Writes all of them, and copies Boston's real prices if they are at hand. */
export function makeDatasets(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "mnist.npz"), mnist());
  writeFileSync(join(folder, "imdb.npz"), imdb());
  writeFileSync(join(folder, "reuters.npz"), reuters());
  writeFileSync(join(folder, "california_housing.npz"), california());
  for (const name of ["imdb", "reuters"]) {
    writeFileSync(join(folder, `${name}_word_index.json`), JSON.stringify(wordIndex(WORDS)));
  }
  cifar(folder);
  const boston = resolve(__dirname, "../../../..", "shared", "datasets", "boston_housing.npz");
  if (existsSync(boston)) cpSync(boston, join(folder, "boston_housing.npz"));
}

if (require.main === module) makeDatasets(process.argv[2] ?? "build/datasets");
