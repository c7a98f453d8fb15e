import type { Kind } from "../options/kinds";
import { RandomState, seedKind } from "./random_state";

export { RandomState, type Shufflable } from "./random_state";

/**
 * The generator that is used where no `randomState` or seed is given: NumPy's `np.random`. It starts differently each
 * time; after `keras.utils.setRandomSeed(42)` or `random.seed(42)` the numbers are the same every time.
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
 * The generator for a `randomState` argument as scikit-learn takes it: an integer seeds a new one, a RandomState is
 * returned unchanged, null or undefined is the shared one.
 */
export function checkRandomState(state: number | RandomState | null | undefined): RandomState {
  if (state === null || state === undefined) return random;
  return state instanceof RandomState ? state : RandomState(state);
}

/** What a `randomState` may be. */
export const randomState: Kind = {
  expected: `a seed (${seedKind.expected}), a RandomState, or null`,
  accepts: (value) => value === null || value instanceof RandomState || seedKind.accepts(value),
};
