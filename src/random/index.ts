import * as kinds from "../options/kinds";
import { RandomState } from "./random_state";

export { RandomState, type Shufflable } from "./random_state";

/**
 * The generator behind everything that is given no `randomState` or seed of its own: NumPy's `np.random`. It starts
 * differently each time; `keras.utils.setRandomSeed(42)` or `random.seed(42)` fixes what follows.
 *
 * @example
 * ```ts
 * import { random } from "tskeras";
 *
 * random.seed(42);
 * random.permutation(5) // Int32Array(5) [ 1, 4, 2, 0, 3 ]
 * ```
 */
export const random: RandomState = RandomState();

/**
 * The generator for a `randomState` argument as scikit-learn takes it: an integer seeds a new one, a RandomState is used
 * as it is, null or undefined stand for the shared one.
 */
export function checkRandomState(state: number | RandomState | null | undefined): RandomState {
  if (state === null || state === undefined) return random;
  return state instanceof RandomState ? state : RandomState(state);
}

const seed = kinds.number({ min: 0, max: 0xffffffff, whole: true });

/** What a `randomState` may be. */
export const randomState: kinds.Kind = {
  expected: `a seed (${seed.expected}), a RandomState, or null`,
  accepts: (value) => value === null || value instanceof RandomState || seed.accepts(value),
};
