import { test } from "node:test";
import * as tf from "@tensorflow/tfjs-core";
import * as losses from "../../src/losses/index";
import * as metrics from "../../src/metrics/index";
import { inEachMode } from "../backends";
import { assertClose, type Numbers } from "../close";
import { goldens } from "../goldens";

interface Functions {
  probabilities: number[][];
  labels: number[];
  losses: { [name: string]: Numbers };
  metrics: { [name: string]: Numbers };
}

const golden = goldens<Functions>("functions");

inEachMode("Keras's values of", (run) => {
  const inputs = (name: string) => {
    const predictions = tf.tensor2d(golden.probabilities);
    const labels = tf.tensor1d(golden.labels);
    const sparse = /^sparse|^top_k/.test(name);
    return [sparse ? labels : tf.cast(tf.oneHot(tf.cast(labels, "int32"), 4), "float32"), predictions] as const;
  };
  for (const [name, expected] of Object.entries(golden.losses)) {
    test(`the loss ${name}`, async () => {
      const [targets, predictions] = inputs(name);
      const loss = losses.get(name as losses.LossName) as losses.LossFunction;
      assertClose(await run(loss, targets, predictions), expected, name);
    });
  }
  const functions: { [name: string]: metrics.MetricFunction } = {
    sparse_categorical_accuracy: metrics.sparseCategoricalAccuracy,
    binary_accuracy: metrics.binaryAccuracy,
    "top_k k=2": (yTrue, yPred) => metrics.sparseTopKCategoricalAccuracy(yTrue, yPred, 2),
  };
  for (const [name, expected] of Object.entries(golden.metrics)) {
    test(`the metric ${name}`, async () => {
      const fn = functions[name];
      if (fn === undefined) throw new Error(`No function for the golden metric ${name}.`);
      assertClose(await run(fn, ...inputs(name)), expected, name);
    });
  }
});
