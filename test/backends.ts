import "../src/backend/tensorflow";
import { dirname, join } from "node:path";
import { before, describe } from "node:test";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { installMissingKernels } from "../src/backend/missing_kernels";

setWasmPaths(`${join(dirname(require.resolve("@tensorflow/tfjs-backend-wasm")), "/")}`);

/** Runs a suite on the WebAssembly backend and on the plain JavaScript one. */
export function onEachBackend(name: string, suite: () => void): void {
  for (const backend of ["wasm", "cpu"]) {
    describe(`${name} on ${backend}`, () => {
      before(async () => {
        await tf.setBackend(backend);
        await tf.ready();
        if (backend !== "cpu") installMissingKernels(backend);
      });
      suite();
    });
  }
}
