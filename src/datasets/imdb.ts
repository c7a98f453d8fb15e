import type * as tf from "@tensorflow/tfjs-core";
import { checkOptions } from "../options/options";
import { type DataSplit, labelTensor, loadNpz } from "./data_file";
import { prepareTexts, type SequenceOptions, sequenceKinds } from "./texts";
import { readWordIndex, type WordIndex } from "./word_index";

export type { SequenceOptions } from "./texts";

const file = { name: "imdb.npz", hash: "69664113be75683a8fe16e3ed0ab59fda8886cb3cd7ada244f7d9544e4676b9f" };
const words = { name: "imdb_word_index.json", hash: "bfafd718b763782e994055a2d397834f" };

/**
 * Loads IMDB's film reviews: 25,000 to train with and 25,000 to test with, each a list of word numbers; the most frequent
 * word has the lowest number. The first time it is downloaded (17 MB).
 *
 * @returns `[[trainData, trainLabels], [testData, testLabels]]`: reviews as an array of `Int32Array`, and labels [n] of dtype
 * int32, 0 for a negative and 1 for a positive review
 * @throws Error that says what was tried, if no copy can be read
 * @example
 * ```ts no-run
 * import { keras } from "tskeras";
 *
 * const [[trainData, trainLabels]] = await keras.datasets.imdb.loadData({ numWords: 10000 });
 * trainData[0] // Int32Array(218) [ 1, 14, 22, 16, 43, … ]
 * ```
 * @see https://keras.io/api/datasets/imdb
 */
export async function loadData(options: SequenceOptions = {}): Promise<DataSplit<Int32Array[], tf.Tensor1D>> {
  checkOptions("imdb.loadData()", options, sequenceKinds);
  const npz = await loadNpz("imdb.loadData()", file, options);
  const sets = [npz.labeledTexts("x_train", "y_train"), npz.labeledTexts("x_test", "y_test")];
  const [train, test] = prepareTexts(sets, options).map(({ texts, labels }) => [texts, labelTensor(labels)]);
  return [train, test] as DataSplit<Int32Array[], tf.Tensor1D>;
}

/**
 * Loads the numbers of the words in IMDB's reviews: `{ the: 1, and: 2, … }`. In the data, `indexFrom` (3) is added to them.
 *
 * @param path the file's name in Keras's cache. Default `"imdb_word_index.json"`
 * @throws Error that says what was tried, if no copy can be read
 * @example
 * ```ts no-run
 * import { keras } from "tskeras";
 *
 * const wordIndex = await keras.datasets.imdb.getWordIndex();
 * const words = new Map(Object.entries(wordIndex).map(([word, index]) => [index + 3, word]));
 * ```
 */
export function getWordIndex(path = "imdb_word_index.json"): Promise<WordIndex> {
  return readWordIndex("imdb.getWordIndex()", words, path);
}
