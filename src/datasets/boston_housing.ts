import type * as tf from "@tensorflow/tfjs-core";
import { checkOptions } from "../options/options";
import { type DataSplit, loadNpz, type SplitOptions, splitKinds } from "./data_file";
import { splitHousing } from "./housing";

/** What {@link loadData} takes. */
export type BostonHousingOptions = SplitOptions;

const file = {
  name: "boston_housing.npz",
  hash: "f553886a1f8d56431e820c5b82552d9d95cfcb96d1e678153f8839538947dff5",
};

/**
 * Loads the Boston housing prices of 1978: 506 suburbs with 13 features each, and the median price in $1000. The first time
 * it is downloaded (57 kB).
 *
 * Its feature "B" assumes that segregation by race makes prices: a data set to learn regression on, and about such data.
 *
 * @returns `[[trainData, trainTargets], [testData, testTargets]]`: features [n, 13] and prices [n] of dtype float32
 * @throws Error that says what was tried, if no copy can be read
 * @example
 * ```ts no-run
 * import { keras } from "tskeras";
 *
 * const [[trainData, trainTargets], [testData, testTargets]] = await keras.datasets.bostonHousing.loadData();
 * trainData.shape // [ 404, 13 ]
 * ```
 * @see https://keras.io/api/datasets/boston_housing
 */
export async function loadData(options: BostonHousingOptions = {}): Promise<DataSplit<tf.Tensor2D, tf.Tensor1D>> {
  checkOptions("bostonHousing.loadData()", options, splitKinds);
  return splitHousing(await loadNpz("bostonHousing.loadData()", file, options), options);
}
