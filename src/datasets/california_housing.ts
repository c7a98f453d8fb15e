import type * as tf from "@tensorflow/tfjs-core";
import { type KindsOf, readElsewhere } from "../options/kinds";
import { checkOptions, lookUp } from "../options/options";
import { type DataSplit, loadNpz, type SplitOptions, splitKinds } from "./data_file";
import { splitHousing } from "./housing";

/** What {@link loadData} takes. */
export interface CaliforniaHousingOptions extends SplitOptions {
  /** `"large"` has 20,640 districts, `"small"` the first 600. Default `"large"`. */
  readonly version?: "large" | "small";
}

const optionKinds: KindsOf<CaliforniaHousingOptions> = { version: readElsewhere, ...splitKinds };

const file = {
  name: "california_housing.npz",
  hash: "1a2e3a52e0398de6463aebe6f4a8da34fb21fbb6b934cf88c3425e766f2a1a6f",
};

/**
 * Loads the California housing prices of 1990: districts with 8 features each, and the median price in $. The first time it
 * is downloaded (0.7 MB).
 *
 * Features: median income, house age, rooms and bedrooms per household, population, occupants, latitude, longitude.
 *
 * @returns `[[trainData, trainTargets], [testData, testTargets]]`: features [n, 8] and prices [n] of dtype float32
 * @throws Error that says what was tried, if no copy can be read
 * @example
 * ```ts no-run
 * import { keras } from "tskeras";
 *
 * const [[trainData]] = await keras.datasets.californiaHousing.loadData({ version: "small" });
 * trainData.shape // [ 480, 8 ]
 * ```
 * @see https://keras.io/api/datasets/california_housing
 */
export async function loadData(options: CaliforniaHousingOptions = {}): Promise<DataSplit<tf.Tensor2D, tf.Tensor1D>> {
  checkOptions("californiaHousing.loadData()", options, optionKinds);
  const versions = { large: undefined, small: 600 };
  const rows = lookUp<number | undefined>("version of californiaHousing", options.version ?? "large", versions);
  return splitHousing(await loadNpz("californiaHousing.loadData()", file, options), options, rows);
}
