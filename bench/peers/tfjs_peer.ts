import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import * as tfl from "@tensorflow/tfjs-layers";
import { load } from "../data";
import { serve } from "../serve";
import type { Workload } from "../workloads";

// Trains a workload with TensorFlow.js's own layers, on the backend that the first argument names.

function layer([kind, ...values]: Workload["layers"][number], inputShape: number[] | undefined) {
  const [first, second] = values as [number, string | null];
  const input = inputShape ? { inputShape } : {};
  switch (kind) {
    case "dense":
      return tfl.layers.dense({ units: first, ...(second ? { activation: second as "relu" } : {}), ...input });
    case "conv":
      return tfl.layers.conv2d({ filters: first, kernelSize: 3, activation: "relu", padding: "same", ...input });
    case "pool":
      return tfl.layers.maxPooling2d({ poolSize: 2 });
    case "flatten":
      return tfl.layers.flatten(input);
    case "dropout":
      return tfl.layers.dropout({ rate: first });
  }
}

const losses: { readonly [keras: string]: string } = {
  sparse_categorical_crossentropy: "sparseCategoricalCrossentropy",
  binary_crossentropy: "binaryCrossentropy",
  mse: "meanSquaredError",
};

async function useBackend(name: string): Promise<void> {
  if (name === "wasm") {
    const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
    setWasmPaths(`${path.dirname(require.resolve("@tensorflow/tfjs-backend-wasm"))}/`);
  }
  if (!(await tf.setBackend(name))) throw new Error(`TensorFlow.js's backend ${name} does not load here.`);
}

void serve(async (workload, backend) => {
  await useBackend(backend);
  const [x, y] = load(workload);
  const model = tfl.sequential({
    layers: workload.layers.map((each, i) => layer(each, i === 0 ? x.shape.slice(1) : undefined)),
  });
  const optimizer = workload.optimizer === "adam" ? tf.train.adam(0.001) : tf.train.rmsprop(0.001);
  model.compile({ optimizer, loss: losses[workload.loss] as string, metrics: [workload.metric] });
  return () => model.fit(x, y, { batchSize: workload.batchSize, epochs: 1, verbose: 0 });
});
