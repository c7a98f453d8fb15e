import type * as tf from "@tensorflow/tfjs-core";
import { readNpz } from "../files/npz";
import { RandomState } from "../random";
import { checkShuffle, type DataSplit, labelTensor, originFile } from "./origin";
import { checkSequenceOptions, inOrder, prepareTexts, type SequenceOptions } from "./sequences";
import { labelledTexts } from "./text_arrays";
import { readWordIndex, type WordIndex } from "./word_index";

/** What {@link loadData} takes. */
export interface ReutersOptions extends SequenceOptions {
  /** The fraction of the newswires to test with. Default 0.2. */
  readonly testSplit?: number;
}

/**
 * Loads Reuters's newswires of 1987: 11,228 in 46 topics, each a list of word numbers, the most frequent word having the
 * lowest. The first time it is downloaded (2 MB).
 *
 * Source: keras.io/api/datasets/reuters
 *
 * @returns `[[trainData, trainLabels], [testData, testLabels]]`: newswires as an array of `Int32Array`, and labels [n] of
 * dtype int32 from 0 to 45; {@link getLabelNames} says what they stand for
 * @throws Error that says what was tried, if the file cannot be had
 * @example
 * ```ts no-run
 * import { keras } from "tskeras";
 *
 * const [[trainData, trainLabels]] = await keras.datasets.reuters.loadData({ numWords: 10000 });
 * trainData.length // 8982
 * ```
 */
export async function loadData(options: ReutersOptions = {}): Promise<DataSplit<Int32Array[], tf.Tensor1D>> {
  checkSequenceOptions("reuters.loadData()", options, ["testSplit"]);
  const { testSplit = 0.2, seed = 113, path: name = "reuters.npz" } = options;
  checkShuffle("reuters.loadData()", { path: name, testSplit, seed });
  const hash = "d6586e694ee56d7a4e65172e12b3e987c03096cb01eab99753921ef915959916";
  const path = await originFile(name, "reuters.npz", hash);
  const all = labelledTexts(await readNpz(path), "x", "y", path);
  const shuffled = inOrder(all, RandomState(seed).permutation(all.texts.length));
  const [{ texts, labels }] = prepareTexts([shuffled], options) as [{ texts: Int32Array[]; labels: number[] }];
  const end = Math.trunc(texts.length * (1 - testSplit));
  return [
    [texts.slice(0, end), labelTensor(labels.slice(0, end))],
    [texts.slice(end), labelTensor(labels.slice(end))],
  ];
}

/**
 * Loads the numbers of the words in Reuters's newswires: `{ the: 1, of: 2, … }`. In the data, `indexFrom` (3) is added.
 *
 * @param path the file's name in Keras's cache. Default `"reuters_word_index.json"`
 * @throws Error that says what was tried, if the file cannot be had
 * @example
 * ```ts no-run
 * import { keras } from "tskeras";
 *
 * const wordIndex = await keras.datasets.reuters.getWordIndex();
 * ```
 */
export function getWordIndex(path = "reuters_word_index.json"): Promise<WordIndex> {
  const hash = "4d44cc38712099c9e383dc6e5f11a921";
  return readWordIndex("reuters.getWordIndex()", path, "reuters_word_index.json", hash);
}

const topics =
  "cocoa grain veg-oil earn acq wheat copper housing money-supply coffee sugar trade reserves ship cotton carcass crude " +
  "nat-gas cpi money-fx interest gnp meal-feed alum oilseed gold tin strategic-metal livestock retail ipi iron-steel " +
  "rubber heat jobs lei bop zinc orange pet-chem dlr gas silver wpi hog lead";

/**
 * The topics that Reuters's labels stand for.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * keras.datasets.reuters.getLabelNames()[3] // 'earn'
 * ```
 */
export function getLabelNames(): string[] {
  return topics.split(" ");
}
