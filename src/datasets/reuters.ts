import type * as tf from "@tensorflow/tfjs-core";
import type { KindsOf } from "../options/kinds";
import { checkOptions } from "../options/options";
import { type DataSplit, labelTensor, loadNpz, type SplitOptions, splitKinds } from "./data_file";
import { prepareTexts, type SequenceOptions, sequenceKinds } from "./texts";
import { readWordIndex, type WordIndex } from "./word_index";

/** What {@link loadData} takes. */
export type ReutersOptions = SequenceOptions & SplitOptions;

const optionKinds: KindsOf<ReutersOptions> = { ...sequenceKinds, ...splitKinds };
const file = { name: "reuters.npz", hash: "d6586e694ee56d7a4e65172e12b3e987c03096cb01eab99753921ef915959916" };
const words = { name: "reuters_word_index.json", hash: "4d44cc38712099c9e383dc6e5f11a921" };

/**
 * Loads Reuters's newswires of 1987: 11,228 in 46 topics, each a list of word numbers; the most frequent word has the lowest
 * number. The first time it is downloaded (2 MB).
 *
 * @returns `[[trainData, trainLabels], [testData, testLabels]]`: newswires as an array of `Int32Array`, and labels [n] of
 * dtype int32 from 0 to 45; {@link getLabelNames} lists what they mean
 * @throws Error that says what was tried, if no copy can be read
 * @example
 * ```ts no-run
 * import { keras } from "tskeras";
 *
 * const [[trainData, trainLabels]] = await keras.datasets.reuters.loadData({ numWords: 10000 });
 * trainData.length // 8982
 * ```
 * @see https://keras.io/api/datasets/reuters
 */
export async function loadData(options: ReutersOptions = {}): Promise<DataSplit<Int32Array[], tf.Tensor1D>> {
  checkOptions("reuters.loadData()", options, optionKinds);
  const npz = await loadNpz("reuters.loadData()", file, options);
  const [{ texts, labels } = { texts: [], labels: [] }] = prepareTexts([npz.labeledTexts("x", "y")], options);
  const end = Math.trunc(texts.length * (1 - (options.testSplit ?? 0.2)));
  return [
    [texts.slice(0, end), labelTensor(labels.slice(0, end))],
    [texts.slice(end), labelTensor(labels.slice(end))],
  ];
}

/**
 * Loads the numbers of the words in Reuters's newswires: `{ the: 1, of: 2, … }`. In the data, `indexFrom` (3) is added.
 *
 * @param path the file's name in Keras's cache. Default `"reuters_word_index.json"`
 * @throws Error that says what was tried, if no copy can be read
 * @example
 * ```ts no-run
 * import { keras } from "tskeras";
 *
 * const wordIndex = await keras.datasets.reuters.getWordIndex();
 * ```
 */
export function getWordIndex(path = "reuters_word_index.json"): Promise<WordIndex> {
  return readWordIndex("reuters.getWordIndex()", words, path);
}

const topics =
  "cocoa grain veg-oil earn acq wheat copper housing money-supply coffee sugar trade reserves ship cotton carcass crude " +
  "nat-gas cpi money-fx interest gnp meal-feed alum oilseed gold tin strategic-metal livestock retail ipi iron-steel " +
  "rubber heat jobs lei bop zinc orange pet-chem dlr gas silver wpi hog lead";

/**
 * The topics that Reuters's labels mean.
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
