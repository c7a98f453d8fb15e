import { dirname } from "node:path";
import util from "node:util";
import * as tf from "@tensorflow/tfjs-core";
import { engine } from "./engine";
import { fetchInputsFirst } from "./inputs_first";
import { installMissingKernels } from "./missing_kernels";

/**
 * Makes TensorFlow's native library the backend.
 *
 * @throws Error if its addon does not load
 */
export function useNative(): void {
  restoreNodeUtil();
  // Otherwise it prints how it was compiled.
  process.env["TF_CPP_MIN_LOG_LEVEL"] ??= "2";
  // It defines methods of tensors that would replace ours.
  const methods = Object.getOwnPropertyDescriptors(tf.Tensor.prototype);
  require("@tensorflow/tfjs-node");
  Object.defineProperties(tf.Tensor.prototype, methods);
  tf.setBackend("tensorflow");
  installMissingKernels("tensorflow");
}

/** tfjs-node 4.22 calls two functions that Node 23 removes from `util` (tensorflow/tfjs#8609). */
function restoreNodeUtil(): void {
  const old: { isArray?: (value: unknown) => boolean; isNullOrUndefined?: (value: unknown) => boolean } = util;
  old.isArray ??= Array.isArray;
  old.isNullOrUndefined ??= (value) => value === null || value === undefined;
}

/**
 * Makes WebAssembly the backend, once its module has started.
 *
 * @throws Error if it does not start
 */
export async function useWasm(): Promise<void> {
  // Its module adds listeners that end the process at any unhandled rejection.
  const events = ["uncaughtException", "unhandledRejection"] as "uncaughtException"[];
  const listeners = events.flatMap((event) => process.listeners(event));
  const wasm = require("@tensorflow/tfjs-backend-wasm") as { setWasmPaths(folder: string): void };
  wasm.setWasmPaths(`${dirname(require.resolve("@tensorflow/tfjs-backend-wasm"))}/`);
  // After tf.setBackend() every operation would fail until the module has started.
  const backend = await tf.findBackendFactory("wasm")();
  for (const event of events) {
    for (const listener of process.listeners(event)) if (!listeners.includes(listener)) process.off(event, listener);
  }
  engine().registry["wasm"] = backend;
  tf.setBackend("wasm");
  installMissingKernels("wasm");
  fetchInputsFirst(backend);
}
