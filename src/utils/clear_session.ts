import { resetNames } from "./naming";

/**
 * Resets the automatic names: the next Dense layer is `dense` again.
 *
 * @see https://keras.io/api/utils/config_utils/
 */
export function clearSession(): void {
  resetNames();
}
