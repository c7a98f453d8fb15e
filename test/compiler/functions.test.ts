import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { keras, tf } from "../../src/index";
import { assertClose, numbers } from "./close";

const rows = 10;
const { layers, losses, metrics, activations } = keras;
const x = numbers([rows, 6], 1);
const classes = Array.from({ length: rows }, (_, i) => i % 3);
const labels = tf.tensor1d(classes, "int32");
const oneHot = keras.utils.toCategorical(labels, 3);

type Options = Parameters<ReturnType<typeof keras.Sequential>["compile"]>[0];

/** Results of evaluation after an epoch, and the weights; compiled and eager agree. */
async function assertSame(
  options: Options,
  targets: tf.Tensor,
  middle: () => keras.layers.Layer[] = () => [],
  units = 3,
) {
  const run = async (jitCompile: boolean) => {
    keras.utils.setRandomSeed(5);
    const head = layers.Dense(units, { activation: units === 1 ? "sigmoid" : "softmax" });
    const model = keras.Sequential([layers.Input([6]), layers.Dense(4), ...middle(), head]);
    model.compile({ optimizer: keras.optimizers.SGD(0.01), ...options, jitCompile, runEagerly: !jitCompile });
    await model.fit(x, targets, { batchSize: 4, verbose: 0, shuffle: false });
    return [tf.tensor1d(await model.evaluate(x, targets, { batchSize: 4, verbose: 0 })), ...model.getWeights()];
  };
  const [compiled, eager] = [await run(true), await run(false)];
  assert.equal(compiled.length, eager.length);
  compiled.forEach((tensor, i) => {
    assertClose(tensor, eager[i] as tf.Tensor, `result ${i}`, 1e-4);
  });
}

describe("every loss has a compiled form", () => {
  for (const [name, Loss] of Object.entries(losses.classes)) {
    // These two take class numbers.
    const targets = /Sparse|Generalized/.test(name) ? labels : oneHot;
    test(name, () => assertSame({ loss: Reflect.construct(Loss, []) as keras.losses.Loss }, targets));
  }
});

describe("every metric has a compiled form", () => {
  const binary = [
    ...["AUC", "FalseNegatives", "FalsePositives", "TrueNegatives", "TruePositives", "Precision", "Recall"],
    ...["BinaryAccuracy", "BinaryCrossentropy", "Accuracy"],
  ];
  const categorical = [
    ...[
      "CategoricalAccuracy",
      "TopKCategoricalAccuracy",
      "CategoricalCrossentropy",
      "CategoricalHinge",
      "CosineSimilarity",
    ],
    ...["F1Score", "FBetaScore", "Hinge", "KLDivergence", "LogCoshError", "MeanAbsoluteError", "Poisson", "R2Score"],
    ...["MeanAbsolutePercentageError", "MeanSquaredError", "MeanSquaredLogarithmicError", "RootMeanSquaredError"],
    ...["SquaredHinge"],
  ];
  const sparse = ["SparseCategoricalAccuracy", "SparseTopKCategoricalAccuracy", "SparseCategoricalCrossentropy"];
  const make = (name: string) => (metrics as unknown as Record<string, () => keras.metrics.Metric>)[name]?.();
  const pairs = [
    [binary, tf.tensor2d(classes.map((c) => [c % 2])), 1],
    [categorical, oneHot, 3],
    [sparse, labels, 3],
  ] as const;
  for (const [names, targets, units] of pairs) {
    for (const name of names) {
      test(name, () => {
        const metric = make(name);
        assert.ok(metric, `keras.metrics.${name}`);
        const loss = units === 1 ? "binary_crossentropy" : names === sparse ? "sparse_categorical_crossentropy" : "mse";
        return assertSame({ loss, metrics: [metric] }, targets, undefined, units);
      });
    }
  }
});

describe("every activation has a compiled form", () => {
  // Not activations by name; glu halves its input; sparsemax sorts, which TensorFlow.js cannot differentiate.
  const skipped = new Set(["get", "serialize", "setOriginal", "threshold", "glu", "sparsemax"]);
  for (const name of Object.keys(activations).filter((each) => !skipped.has(each))) {
    const middle = () => [layers.Dense(4), layers.Activation(name as "relu")];
    test(name, () => assertSame({ loss: "mse" }, oneHot, middle));
  }
});
