import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { useNative, useWasm } from "../tensorflow/backends";

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
  // Keeps it from printing the advice to install tfjs-node.
  (tf.findBackend("cpu") as { firstUse?: boolean }).firstUse = false;
  let reason = whyNoNative();
  if (reason === undefined) {
    try {
      useNative();
      choice = { name: "tensorflow", reason: "TensorFlow's native library works here" };
      return;
    } catch (error) {
      tf.setBackend("cpu");
      reason = `@tensorflow/tfjs-node does not load: ${(error as Error).message.split("\n")[0]}`;
    }
  }
  try {
    await useWasm();
    choice = { name: "wasm", reason };
  } catch (error) {
    choice = { name: "cpu", reason: `${reason}; WebAssembly does not start: ${(error as Error).message}` };
  }
}

/** Why TensorFlow's native library cannot be loaded; undefined if its addon is installed. */
export function whyNoNative(): string | undefined {
  const { resolve } = createRequire(__filename);
  let addon: string;
  try {
    addon = join(dirname(resolve("@tensorflow/tfjs-node/package.json")), "lib", "napi-v8", "tfjs_binding.node");
  } catch {
    return "@tensorflow/tfjs-node is not installed";
  }
  return existsSync(addon) ? undefined : "@tensorflow/tfjs-node is installed without its native part";
}
