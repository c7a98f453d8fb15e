import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import util from "node:util";
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { engine } from "../tensorflow/engine";
import { fetchInputsFirst } from "../tensorflow/inputs_first";
import { installMissingKernels } from "../tensorflow/missing_kernels";

/** Which backend computes eager operations, and why. */
export interface BackendChoice {
  readonly name: "tensorflow" | "wasm" | "cpu";
  readonly reason: string;
}

let choice: BackendChoice = { name: "cpu", reason: "the faster one is still starting" };
let ready: Promise<void> | undefined;

/** Which backend computes eager operations now. */
export const backendChoice = (): BackendChoice => choice;

/** Resolves once the fastest backend that works here is in use. Nothing has to wait for it: until then "cpu" computes. */
export function backendReady(): Promise<void> {
  ready ??= start();
  return ready;
}

async function start(): Promise<void> {
  tf.setBackend("cpu");
  // The advice that it prints in Node is the reader's last concern.
  (tf.findBackend("cpu") as { firstUse?: boolean }).firstUse = false;
  const native = startNative();
  if (typeof native !== "string") return;
  const wasm = await startWasm();
  choice =
    wasm === undefined
      ? { name: "wasm", reason: native }
      : { name: "cpu", reason: `${native}; WebAssembly does not start: ${wasm}` };
}

/** Why TensorFlow's native library cannot be had; undefined if its addon is there. */
export function whyNoNative(): string | undefined {
  const { resolve } = createRequire(__filename);
  let addon: string;
  try {
    addon = join(dirname(resolve("@tensorflow/tfjs-node/package.json")), "lib", `napi-v8`, "tfjs_binding.node");
  } catch {
    return "@tensorflow/tfjs-node is not installed";
  }
  return existsSync(addon) ? undefined : "@tensorflow/tfjs-node is installed without its native part";
}

/** Starts TensorFlow's native library if its addon is there; else says why not. */
function startNative(): string | undefined {
  const missing = whyNoNative();
  if (missing !== undefined) return missing;
  try {
    restoreNodeUtil();
    // Else it tells at length how it was compiled.
    process.env["TF_CPP_MIN_LOG_LEVEL"] ??= "2";
    // It brings the methods of tensors along, which would take the place of ours.
    const methods = Object.getOwnPropertyDescriptors(tf.Tensor.prototype);
    require("@tensorflow/tfjs-node");
    Object.defineProperties(tf.Tensor.prototype, methods);
    tf.setBackend("tensorflow");
    installMissingKernels("tensorflow");
    choice = { name: "tensorflow", reason: "TensorFlow's native library works here" };
    return undefined;
  } catch (error) {
    tf.setBackend("cpu");
    return `@tensorflow/tfjs-node does not load: ${(error as Error).message.split("\n")[0]}`;
  }
}

/** tfjs-node 4.22 calls functions that Node 23 took out of `util` (tensorflow/tfjs#8609). */
function restoreNodeUtil(): void {
  const restored: { [name: string]: (value: unknown) => boolean } = {
    isNullOrUndefined: (value) => value === null || value === undefined,
    isArray: Array.isArray,
    isString: (value) => typeof value === "string",
    isNumber: (value) => typeof value === "number",
    isObject: (value) => typeof value === "object" && value !== null,
    isFunction: (value) => typeof value === "function",
  };
  for (const [name, check] of Object.entries(restored)) if (!(name in util)) Object.assign(util, { [name]: check });
}

/** Starts the WebAssembly backend; the error's message if it does not. */
async function startWasm(): Promise<string | undefined> {
  try {
    const listeners = processListeners();
    const wasm = require("@tensorflow/tfjs-backend-wasm") as { setWasmPaths(folder: string): void };
    wasm.setWasmPaths(`${dirname(require.resolve("@tensorflow/tfjs-backend-wasm"))}/`);
    // tf.setBackend() would make every operation an error until the module is there.
    const backend = await tf.findBackendFactory("wasm")();
    for (const [event, listener] of processListeners()) {
      if (!listeners.some(([, known]) => known === listener)) process.off(event, listener);
    }
    engine().registry["wasm"] = backend;
    tf.setBackend("wasm");
    installMissingKernels("wasm");
    fetchInputsFirst(backend);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Emscripten's module adds listeners that turn any unhandled rejection into the end of the process. */
function processListeners(): [string, (...args: unknown[]) => void][] {
  return ["uncaughtException", "unhandledRejection"].flatMap((event) =>
    process.listeners(event as "uncaughtException").map((listener) => [event, listener] as [string, () => void]),
  );
}
