import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { keras, tf } from "../../src/index";
import { goldens } from "../goldens";
import { assertClose } from "../models/close";

type Numbers = number[] | Numbers[];

/** What Keras gave for one run. */
interface Run {
  readonly history: { readonly [name: string]: number[] };
  readonly history_keys: string[];
  readonly evaluate: number[];
  readonly weights: Numbers[];
  readonly predict_head: number[][];
}

interface Goldens {
  readonly inputs: {
    readonly X: number[][];
    readonly y: number[];
    readonly y_binary: number[];
    readonly y_regression: number[];
    readonly W_multi: Numbers[];
    readonly W_single: Numbers[];
  };
  readonly optimizers: (Run & {
    readonly optimizer: string;
    readonly config: { readonly [option: string]: unknown };
  })[];
  readonly losses: (Run & { readonly loss: string; readonly target: string; readonly metrics: string[] })[];
  readonly fit: (Run & { readonly case: string })[];
}

const { inputs, optimizers, losses, fit } = goldens<Goldens>("training");
const X = tf.tensor2d(inputs.X);
const y = tf.tensor1d(inputs.y, "int32");

const camel = (name: string) => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** An optimizer from what Keras's `get_config` says of one. */
function optimizerFrom(label: string, config: { readonly [option: string]: unknown }): keras.optimizers.Optimizer {
  const classes = keras.optimizers.classes as {
    readonly [name: string]: new (options: object) => keras.optimizers.Optimizer;
  };
  // Keras names its optimizers rm_sprop_2, adam_w …
  const kind = String(config["name"]).replace(/_\d+$/, "").replaceAll("_", "");
  const entry = Object.entries(classes).find(([name]) => name.toLowerCase() === kind);
  assert.ok(entry, `no class for ${label}`);
  const options = Object.fromEntries(
    Object.entries(config)
      .filter(([name, value]) => value !== null && !["name", "loss_scale_factor"].includes(name))
      .map(([name, value]) => [camel(name), value]),
  );
  // Goldens leave schedules out of the configuration.
  if (label.includes("exponential decay"))
    options["learningRate"] = keras.optimizers.schedules.ExponentialDecay(0.1, 3, 0.5);
  return new entry[1](options);
}

interface Case {
  readonly optimizer: keras.optimizers.OptimizerIdentifier;
  readonly loss: keras.losses.LossIdentifier;
  readonly metrics: keras.metrics.MetricIdentifier[];
  readonly hidden?: "sigmoid" | "relu" | "tanh";
  readonly head?: "softmax" | "sigmoid" | null;
  readonly single?: boolean;
  readonly target?: tf.Tensor;
  readonly fit?: keras.models.FitOptions;
}

async function check(expected: Run, given: Case, jitCompile: boolean | "auto"): Promise<void> {
  const model = keras.Sequential([
    keras.layers.Input([6]),
    keras.layers.Dense(5, { activation: given.hidden ?? "sigmoid" }),
    keras.layers.Dense(given.single ? 1 : 3, { activation: given.head === undefined ? "softmax" : given.head }),
  ]);
  model.setWeights(given.single ? inputs.W_single : inputs.W_multi);
  model.compile({ optimizer: given.optimizer, loss: given.loss, metrics: given.metrics, jitCompile });
  const target = given.target ?? y;
  const history = await model.fit(X, target, { epochs: 3, batchSize: 32, shuffle: false, verbose: 0, ...given.fit });
  assert.deepEqual(Object.keys(history.history), expected.history_keys);
  for (const [name, values] of Object.entries(expected.history)) assertClose(history.history[name], values, 1e-4, name);
  assertClose(await model.evaluate(X, target, { verbose: 0 }), expected.evaluate, 1e-4, "evaluate");
  const weights = model.getWeights().map((weight) => weight.arraySync());
  assertClose(weights, expected.weights, 1e-4, "weights");
  const predictions = await model.predict(X.slice(0, 4), { verbose: 0 });
  assertClose(predictions.arraySync(), expected.predict_head, 1e-4, "predict");
}

const modes = [
  ["compiled", "auto"],
  ["eager", false],
] as const;

for (const [mode, jitCompile] of modes) {
  describe(`training as Keras trains, ${mode}`, () => {
    for (const expected of optimizers) {
      test(`optimizer ${expected.optimizer}`, () => {
        const loss = "sparse_categorical_crossentropy";
        const optimizer = optimizerFrom(expected.optimizer, expected.config);
        return check(expected, { optimizer, loss, metrics: ["accuracy"] }, jitCompile);
      });
    }

    const regression = tf.tensor1d(inputs.y_regression);
    const sgd = (rate: number) => keras.optimizers.SGD(rate);
    const single = { hidden: "tanh", head: null, single: true, target: regression } as const;
    const lossCases: { readonly [loss: string]: () => Case } = {
      categorical_crossentropy: () => ({
        optimizer: sgd(0.1),
        loss: "categorical_crossentropy",
        metrics: ["accuracy"],
        hidden: "relu",
        target: keras.utils.toCategorical(y, 3),
      }),
      binary_crossentropy: () => ({
        optimizer: sgd(0.1),
        loss: "binary_crossentropy",
        metrics: ["accuracy"],
        hidden: "relu",
        head: "sigmoid",
        single: true,
        target: tf.tensor1d(inputs.y_binary),
      }),
      mse: () => ({ ...single, optimizer: sgd(0.05), loss: "mse", metrics: ["mae"] }),
      mean_absolute_error: () => ({ ...single, optimizer: sgd(0.05), loss: "mean_absolute_error", metrics: ["mse"] }),
      huber: () => ({
        ...single,
        optimizer: sgd(0.05),
        loss: "huber",
        metrics: [keras.metrics.RootMeanSquaredError()],
      }),
      "SparseCategoricalCrossentropy(from_logits)": () => ({
        optimizer: sgd(0.1),
        loss: keras.losses.SparseCategoricalCrossentropy({ fromLogits: true }),
        metrics: ["accuracy", keras.metrics.SparseTopKCategoricalAccuracy({ k: 2 })],
        hidden: "relu",
        head: null,
      }),
    };
    for (const expected of losses) {
      test(`loss ${expected.loss}`, () => {
        const make = lossCases[expected.loss];
        assert.ok(make, "a case for each loss");
        return check(expected, make(), jitCompile);
      });
    }

    const fitCases: { readonly [name: string]: keras.models.FitOptions } = {
      validation_data: { validationData: [X.slice(0, 20), y.slice(0, 20)] },
      "validation_split=0.3": { validationSplit: 0.3 },
      "batch_size=40 (last batch short)": { batchSize: 40 },
      "class_weight {0:1,1:2,2:0.5}": { classWeight: { 0: 1, 1: 2, 2: 0.5 } },
      "sample_weight i%3": { sampleWeight: Float32Array.from(inputs.y, (_, i) => i % 3) },
    };
    for (const expected of fit) {
      test(`fit with ${expected.case}`, () => {
        const options = fitCases[expected.case];
        assert.ok(options, "options for each case");
        const common = { optimizer: sgd(0.1), loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] } as const;
        return check(expected, { ...common, metrics: ["accuracy"], fit: options }, jitCompile);
      });
    }
  });
}
