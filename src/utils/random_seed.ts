import { seedAll } from "../backend/seed";
import { random } from "../random/index";
import { resetRandom } from "../random/shared_generator";

/**
 * Fixes all randomness: the first weights, shuffles, dropout, `tf.randomNormal` and its like, and NumPy's generator
 * (`random`, `trainTestSplit`). What runs after it gives the same bits each time.
 *
 * @param seed a whole number from 0 to 2³² − 1
 * @throws RangeError for anything else
 * @example
 * ```ts
 * import { keras, random } from "tskeras";
 *
 * keras.utils.setRandomSeed(42);
 * random.permutation(5); // Int32Array(5) [ 1, 4, 2, 0, 3 ]
 * ```
 * @see https://keras.io/api/utils/python_utils/
 */
export function setRandomSeed(seed: number): void {
  seedAll(seed);
  resetRandom();
  random.seed(seed);
}
