import { resetNames } from "./naming";

/**
 * Starts the automatic names anew: the next Dense layer is `dense` again.
 *
 * @see https://keras.io/api/utils/config_utils/
 */
export function clearSession(): void {
  resetNames();
}
