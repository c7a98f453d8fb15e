import { seedAll } from "../backend/seed";
import { random } from "../random/index";
import { resetRandom } from "../random/shared_generator";

/**
 * Fixes all randomness: the first weights, shuffles, dropout, `tf.randomNormal` and similar functions, and NumPy's generator
 * (`random`, `trainTestSplit`). The same code then gives the same bits each time.
 *
 * @param seed a whole number from 0 to 2³² − 1
 * @throws RangeError for another number
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
