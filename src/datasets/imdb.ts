import type * as tf from "@tensorflow/tfjs-core";
import { readNpz } from "../files/npz";
import { RandomState } from "../random";
import { checkShuffle, type DataSplit, labelTensor, originFile } from "./origin";
import { checkSequenceOptions, inOrder, prepareTexts, type SequenceOptions } from "./sequences";
import { labelledTexts } from "./text_arrays";
import { readWordIndex, type WordIndex } from "./word_index";

export type { SequenceOptions } from "./sequences";

/**
 * Loads IMDB's film reviews: 25,000 to train with and 25,000 to test with, each a list of word numbers, the most frequent
 * word having the lowest. The first time it is downloaded (17 MB).
 *
 * Source: keras.io/api/datasets/imdb
 *
 * @returns `[[trainData, trainLabels], [testData, testLabels]]`: reviews as an array of `Int32Array`, and labels [n] of dtype
 * int32, 0 for a negative and 1 for a positive review
 * @throws Error that says what was tried, if the file cannot be had
 * @example
 * ```ts no-run
 * import { keras } from "tskeras";
 *
 * const [[trainData, trainLabels]] = await keras.datasets.imdb.loadData({ numWords: 10000 });
 * trainData[0] // Int32Array(218) [ 1, 14, 22, 16, 43, … ]
 * ```
 */
export async function loadData(options: SequenceOptions = {}): Promise<DataSplit<Int32Array[], tf.Tensor1D>> {
  checkSequenceOptions("imdb.loadData()", options);
  const hash = "69664113be75683a8fe16e3ed0ab59fda8886cb3cd7ada244f7d9544e4676b9f";
  const { path: name = "imdb.npz", seed = 113 } = options;
  checkShuffle("imdb.loadData()", { path: name, seed });
  const path = await originFile(name, "imdb.npz", hash);
  const arrays = await readNpz(path);
  const random = RandomState(seed);
  const sets = ["train", "test"].map((part) => {
    const set = labelledTexts(arrays, `x_${part}`, `y_${part}`, path);
    return inOrder(set, random.permutation(set.texts.length));
  });
  const [train, test] = prepareTexts(sets, options).map(({ texts, labels }) => [texts, labelTensor(labels)]);
  return [train, test] as DataSplit<Int32Array[], tf.Tensor1D>;
}

/**
 * Loads the numbers of the words in IMDB's reviews: `{ the: 1, and: 2, … }`. In the data, `indexFrom` (3) is added to them.
 *
 * @param path the file's name in Keras's cache. Default `"imdb_word_index.json"`
 * @throws Error that says what was tried, if the file cannot be had
 * @example
 * ```ts no-run
 * import { keras } from "tskeras";
 *
 * const wordIndex = await keras.datasets.imdb.getWordIndex();
 * const words = new Map(Object.entries(wordIndex).map(([word, index]) => [index + 3, word]));
 * ```
 */
export function getWordIndex(path = "imdb_word_index.json"): Promise<WordIndex> {
  const hash = "bfafd718b763782e994055a2d397834f";
  return readWordIndex("imdb.getWordIndex()", path, "imdb_word_index.json", hash);
}
