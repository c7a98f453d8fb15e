import { inspect } from "node:util";
import { backendChoice } from "../backend/backend";

/**
 * How this library is set up: which backend computes what is not compiled, and why that one.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * keras.config.floatx(); // "float32"
 * ```
 * @see https://keras.io/api/utils/config_utils/
 */
export const config = {
  /** `"tensorflow"` (native), `"wasm"` or `"cpu"` (plain JavaScript). */
  backend: (): string => backendChoice().name,
  /** Why it is that one. */
  backendReason: (): string => backendChoice().reason,
  /** The type of weights and computation. */
  floatx: (): "float32" => "float32",
  /** The small number that keeps logarithms and quotients finite. */
  epsilon: (): number => 1e-7,
  [inspect.custom](): string {
    const { name, reason } = backendChoice();
    return `keras.config { backend: "${name}" (${reason}), floatx: "float32", epsilon: 1e-7 }`;
  },
};
