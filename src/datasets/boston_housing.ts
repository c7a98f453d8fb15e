import type * as tf from "@tensorflow/tfjs-core";
import { checkOptions } from "../options/options";
import { loadHousing } from "./housing";
import { checkShuffle, type DataSplit, originFile } from "./origin";

/** What {@link loadData} takes. */
export interface BostonHousingOptions {
  /** The file's name in Keras's cache. Default `"boston_housing.npz"`. */
  readonly path?: string;
  /** The fraction of the rows to test with. Default 0.2. */
  readonly testSplit?: number;
  /** The seed of the shuffle. Default 113. */
  readonly seed?: number;
}

/**
 * Loads the Boston housing prices of 1978: 506 suburbs with 13 features each, and the median price in $1000. The first time
 * it is downloaded (57 kB).
 *
 * Its feature "B" assumes that segregation by race makes prices: a data set to learn regression on, and about such data.
 *
 * Source: keras.io/api/datasets/boston_housing
 *
 * @returns `[[trainData, trainTargets], [testData, testTargets]]`: features [n, 13] and prices [n] of dtype float32
 * @throws Error that says what was tried, if the file cannot be had
 * @example
 * ```ts no-run
 * import { keras } from "tskeras";
 *
 * const [[trainData, trainTargets], [testData, testTargets]] = await keras.datasets.bostonHousing.loadData();
 * trainData.shape // [ 404, 13 ]
 * ```
 */
export async function loadData(options: BostonHousingOptions = {}): Promise<DataSplit<tf.Tensor2D, tf.Tensor1D>> {
  checkOptions("bostonHousing.loadData()", options, ["path", "testSplit", "seed"]);
  const { path = "boston_housing.npz", testSplit = 0.2, seed = 113 } = options;
  checkShuffle("bostonHousing.loadData()", { path, testSplit, seed });
  const hash = "f553886a1f8d56431e820c5b82552d9d95cfcb96d1e678153f8839538947dff5";
  return loadHousing(await originFile(path, "boston_housing.npz", hash), seed, testSplit);
}
