import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { statistics } from "../../src/compiler/run/sessions";
import { keras, tf } from "../../src/index";
import { assertClose, numbers } from "./close";

const rows = 50;
const x = numbers([rows, 6], 1);
const labels = tf.tensor1d(
  Array.from({ length: rows }, (_, i) => i % 3),
  "int32",
);

type Options = Parameters<ReturnType<typeof classifier>["compile"]>[0];

function classifier(extra: keras.layers.Layer[] = []) {
  keras.utils.setRandomSeed(7);
  return keras.Sequential([
    keras.layers.Input([6]),
    keras.layers.Dense(5, { activation: "tanh" }),
    ...extra,
    keras.layers.Dense(3, { activation: "softmax" }),
  ]);
}

const common = { loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] } as const;

/** Weights and history after training, compiled or not. */
async function train(compiled: boolean, options: Partial<Options>, layers: () => keras.layers.Layer[] = () => []) {
  const model = classifier(layers());
  const how = compiled ? { jitCompile: true } : { runEagerly: true };
  model.compile({ ...common, ...options, ...how } as Options);
  // 50 rows in batches of 16: the last one is short.
  const { history } = await model.fit(x, labels, { epochs: 3, batchSize: 16, verbose: 0, validationData: [x, labels] });
  const evaluated = await model.evaluate(x, labels, { verbose: 0, batchSize: 16 });
  const predicted = await model.predict(x, { verbose: 0, batchSize: 16 });
  return { model, history, evaluated, predicted };
}

async function assertSameTraining(options: () => Partial<Options>, layers?: () => keras.layers.Layer[]): Promise<void> {
  const [compiled, eager] = [await train(true, options(), layers), await train(false, options(), layers)];
  compiled.model.getWeights().forEach((weight, i) => {
    assertClose(weight, eager.model.getWeights()[i] as tf.Tensor, `weight ${i}`, 1e-4);
  });
  assertClose(compiled.predicted, eager.predicted, "predictions", 1e-4);
  assertClose(tf.tensor1d(compiled.evaluated), tf.tensor1d(eager.evaluated), "evaluation", 1e-4);
  assert.deepEqual(Object.keys(compiled.history), Object.keys(eager.history));
  for (const [name, values] of Object.entries(eager.history)) {
    assertClose(tf.tensor1d(compiled.history[name] as number[]), tf.tensor1d(values), name, 1e-4);
  }
}

describe("compiled training follows eager training", () => {
  for (const name of Object.keys(keras.optimizers.classes)) {
    test(`optimizer ${name}`, () => assertSameTraining(() => ({ optimizer: name as "adam" })));
  }

  const { layers, regularizers, constraints } = keras;
  const cases: Record<string, [() => Partial<Options>, (() => keras.layers.Layer[])?]> = {
    "clipping and momentum": [
      () => ({ optimizer: keras.optimizers.SGD(0.1, { momentum: 0.9, nesterov: true, globalClipnorm: 0.5 }) }),
    ],
    "a learning rate schedule": [
      () => ({ optimizer: keras.optimizers.Adam(keras.optimizers.schedules.ExponentialDecay(0.1, 3, 0.5)) }),
    ],
    "moving averages of the weights": [
      () => ({ optimizer: keras.optimizers.Adam({ useEma: true, emaOverwriteFrequency: 4 }) }),
    ],
    "accumulated gradients": [() => ({ optimizer: keras.optimizers.SGD(0.1, { gradientAccumulationSteps: 2 }) })],
    "a loss of one's own": [
      () => ({
        loss: (yTrue: tf.Tensor, yPred: tf.Tensor) =>
          tf.mean(tf.squaredDifference(tf.oneHot(tf.reshape(tf.cast(yTrue, "int32"), [-1]), 3), yPred), -1),
        metrics: [],
      }),
    ],
    regularizers: [
      () => ({}),
      () => [layers.Dense(4, { kernelRegularizer: regularizers.L2(0.1), activation: "relu" })],
    ],
    constraints: [
      () => ({}),
      () => [layers.Dense(4, { kernelConstraint: constraints.MaxNorm(0.5), activation: "gelu" })],
    ],
    dropout: [() => ({}), () => [layers.Dropout(0.4, { seed: 3 })]],
  };
  for (const [what, [options, extra]] of Object.entries(cases)) {
    test(what, () => assertSameTraining(options, extra));
  }
});

describe("compiled training behaves", () => {
  test("two fresh runs give the same bits", async () => {
    const runs = [
      await train(true, {}, () => [keras.layers.Dropout(0.3)]),
      await train(true, {}, () => [keras.layers.Dropout(0.3)]),
    ];
    const [first, second] = runs.map(({ model }) => model.getWeights().map((weight) => weight.dataSync()));
    assert.deepEqual(first, second);
  });

  test("dropout drops others at each step", async () => {
    const model = keras.Sequential([keras.layers.Input([200]), keras.layers.Dropout(0.5, { seed: 1 })]);
    const seen: string[] = [];
    model.compile({
      loss: (_: tf.Tensor, p: tf.Tensor) => tf.sum(tf.mul(p, tf.range(0, 200))),
      jitCompile: true,
      optimizer: "sgd",
    });
    const callback = new keras.callbacks.LambdaCallback({
      onTrainBatchEnd: (_, logs) => void seen.push(String(logs?.["loss"])),
    });
    const ones = tf.ones([8, 200]);
    await model.fit(ones, ones, { batchSize: 1, verbose: 0, callbacks: [callback], shuffle: false });
    assert.equal(new Set(seen).size, 8, String(seen));
  });

  test("making the same model again does not compile again", async () => {
    await train(true, { optimizer: "adam" });
    const { compilations } = statistics;
    await train(true, { optimizer: "adam" });
    assert.equal(statistics.compilations, compilations);
  });

  test("a step without a compiled form runs eagerly and says so once, or is an error", async (context) => {
    const info = context.mock.method(console, "info", () => undefined);
    const loss = (yTrue: tf.Tensor, yPred: tf.Tensor) => {
      const scale = Math.max(1, yPred.dataSync().length);
      return tf.div(tf.sum(tf.square(tf.sub(yPred, tf.cast(tf.reshape(yTrue, [-1, 1]), "float32"))), -1), scale);
    };
    const eager = classifier();
    eager.compile({ loss });
    await eager.fit(x, labels, { epochs: 2, verbose: 0 });
    await eager.fit(x, labels, { verbose: 0 });
    assert.equal(info.mock.callCount(), 1);
    assert.match(String(info.mock.calls[0]?.arguments[0]), /reads the numbers/);
    const strict = classifier();
    strict.compile({ loss, jitCompile: true });
    await assert.rejects(strict.fit(x, labels, { verbose: 0 }), /reads the numbers/);
  });

  test("a callback stops it at a step, and the weights are those of that step", async () => {
    const after = async (steps: number, compiled: boolean) => {
      const model = classifier();
      model.compile({ ...common, metrics: ["accuracy"], ...(compiled ? { jitCompile: true } : { runEagerly: true }) });
      const stop = new keras.callbacks.LambdaCallback({
        onTrainBatchEnd: (batch) => {
          if (batch === steps - 1) model.stopTraining = true;
        },
      });
      await model.fit(x, labels, { batchSize: 4, verbose: 0, shuffle: false, callbacks: [stop] });
      return model.getWeights();
    };
    const [compiled, eager] = [await after(3, true), await after(3, false)];
    compiled.forEach((weight, i) => {
      assertClose(weight, eager[i] as tf.Tensor, `weight ${i}`);
    });
  });

  test("weights set between two fits are the ones it goes on from", async () => {
    const [compiled, eager] = [true, false].map((jit) => {
      const model = classifier();
      model.compile({
        optimizer: "sgd",
        ...common,
        metrics: ["accuracy"],
        ...(jit ? { jitCompile: true } : { runEagerly: true }),
      });
      return model;
    }) as [ReturnType<typeof classifier>, ReturnType<typeof classifier>];
    for (const model of [compiled, eager]) {
      await model.fit(x, labels, { verbose: 0, shuffle: false });
      model.setWeights(model.getWeights().map((weight) => tf.mul(weight, 0.5)));
      await model.fit(x, labels, { verbose: 0, shuffle: false });
    }
    compiled.getWeights().forEach((weight, i) => {
      assertClose(weight, eager.getWeights()[i] as tf.Tensor, `weight ${i}`);
    });
  });
});

test("an error in the reader's own loss is thrown, without a line about how the step runs", async (context) => {
  const info = context.mock.method(console, "info");
  const model = classifier();
  const loss = (): tf.Tensor => {
    throw new TypeError("a mistake of mine");
  };
  model.compile({ optimizer: "sgd", loss });
  await assert.rejects(model.fit(x, labels, { verbose: 0 }), /a mistake of mine/);
  assert.equal(info.mock.callCount(), 0);
});
