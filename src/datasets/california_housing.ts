import type * as tf from "@tensorflow/tfjs-core";
import { checkOptions, lookUp } from "../options/options";
import { loadHousing } from "./housing";
import { checkShuffle, type DataSplit, originFile } from "./origin";

/** What {@link loadData} takes. */
export interface CaliforniaHousingOptions {
  /** `"large"` has 20,640 districts, `"small"` the first 600. Default `"large"`. */
  readonly version?: "large" | "small";
  /** The file's name in Keras's cache. Default `"california_housing.npz"`. */
  readonly path?: string;
  /** The fraction of the rows to test with. Default 0.2. */
  readonly testSplit?: number;
  /** The seed of the shuffle. Default 113. */
  readonly seed?: number;
}

/**
 * Loads the California housing prices of 1990: districts with 8 features each, and the median price in $. The first time it
 * is downloaded (0.7 MB).
 *
 * Features: median income, house age, rooms and bedrooms per household, population, occupants, latitude, longitude.
 *
 * Source: keras.io/api/datasets/california_housing
 *
 * @returns `[[trainData, trainTargets], [testData, testTargets]]`: features [n, 8] and prices [n] of dtype float32
 * @throws Error that says what was tried, if the file cannot be had
 * @example
 * ```ts no-run
 * import { keras } from "tskeras";
 *
 * const [[trainData]] = await keras.datasets.californiaHousing.loadData({ version: "small" });
 * trainData.shape // [ 480, 8 ]
 * ```
 */
export async function loadData(options: CaliforniaHousingOptions = {}): Promise<DataSplit<tf.Tensor2D, tf.Tensor1D>> {
  checkOptions("californiaHousing.loadData()", options, ["version", "path", "testSplit", "seed"]);
  const { version = "large", path = "california_housing.npz", testSplit = 0.2, seed = 113 } = options;
  checkShuffle("californiaHousing.loadData()", { path, testSplit, seed });
  const rows = lookUp<number | undefined>("version of californiaHousing", version, { large: undefined, small: 600 });
  const hash = "1a2e3a52e0398de6463aebe6f4a8da34fb21fbb6b934cf88c3425e766f2a1a6f";
  return loadHousing(await originFile(path, "california_housing.npz", hash), seed, testSplit, rows);
}
