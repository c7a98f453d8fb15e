import { inspect } from "node:util";
import { backendChoice } from "../backend/backend";
import { compilerStatistics, setDevice } from "../compiler/settings";

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
  /** What the compiler did so far: functions traced, graphs compiled and found again, what runs eagerly and why. */
  compiler: compilerStatistics,
  /** Chooses where compiled functions run: `"cpu"`, or what else ONNX Runtime has on the machine (`"cuda"`, `"webgpu"` …). */
  setDevice,
  [inspect.custom](): string {
    const { name, reason } = backendChoice();
    const { device, compilations, cacheHits, fallbacks } = compilerStatistics();
    const eager = Object.entries(fallbacks).map(([operation, count]) => `, ${count} × eager for ${operation}`);
    const compiler = `${compilations} graphs compiled for ${device}, ${cacheHits} found again${eager.join("")}`;
    return `keras.config { backend: "${name}" (${reason}), compiler: ${compiler}, floatx: "float32", epsilon: 1e-7 }`;
  },
};
