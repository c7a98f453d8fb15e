import "../src/tensorflow/index";
import { dirname, join } from "node:path";
import { before, describe } from "node:test";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { backendReady, whyNoNative } from "../src/backend/backend";
import { compile } from "../src/compiler/compile";
import { installMissingKernels } from "../src/tensorflow/missing_kernels";

setWasmPaths(`${join(dirname(require.resolve("@tensorflow/tfjs-backend-wasm")), "/")}`);

const backends = [...(whyNoNative() === undefined ? ["tensorflow"] : []), "wasm", "cpu"];

/** Runs a suite on each backend that can be had here: WebAssembly, plain JavaScript, and TensorFlow where it was built. */
export function onEachBackend(name: string, suite: () => void): void {
  for (const backend of backends) {
    describe(`${name} on ${backend}`, () => {
      before(async () => {
        await backendReady();
        await tf.setBackend(backend);
        await tf.ready();
        if (backend === "wasm") installMissingKernels(backend);
      });
      suite();
    });
  }
}

/** Calls a function of tensors. */
export type Run = <R>(fn: (...inputs: tf.Tensor[]) => R, ...inputs: tf.Tensor[]) => Promise<R>;

/** Runs a suite on each backend, operation by operation, and once compiled: the suite computes through `run`. */
export function inEachMode(name: string, suite: (run: Run) => void): void {
  onEachBackend(name, () => suite(async (fn, ...inputs) => fn(...inputs)));
  describe(`${name} compiled`, () => suite((fn, ...inputs) => compile(fn, { strict: true })(...inputs)));
}
