import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { keras, tf } from "../../src/index";
import { assertClose } from "../models/close";

const { Input, Dense, Dropout } = keras.layers;
const silent = { verbose: 0 } as const;
const values = (model: keras.Model) => model.getWeights().map((weight) => weight.arraySync());

const x = tf.tensor2d(Array.from({ length: 40 }, (_, i) => [i / 40, (i % 7) / 7]));
const y = tf.tensor2d(Array.from({ length: 40 }, (_, i) => [i / 40 + (i % 7) / 3]));

function line(options: keras.models.CompileOptions = {}): keras.Model {
  const model = keras.Sequential([Input([2]), Dense(1, { kernelInitializer: "ones" })]);
  model.compile({ optimizer: "sgd", loss: "mse", ...options });
  return model;
}

describe("what tfjs-layers gets wrong", () => {
  test("the validation loss includes regularizers: it is the training loss at learning rate 0", async () => {
    const model = keras.Sequential([
      Input([2]),
      Dense(1, { kernelInitializer: "ones", kernelRegularizer: keras.regularizers.l2(1) }),
    ]);
    model.compile({ optimizer: keras.optimizers.SGD(0), loss: "mse" });
    const { history } = await model.fit(x, y, { ...silent, validationData: [x, y] });
    assertClose(history["val_loss"], history["loss"] as number[], 1e-6);
    const [loss] = await model.evaluate(x, y, silent);
    assertClose(loss, history["loss"]?.[0]);
    assert.ok((loss as number) > 2, "two weights of 1 add 2");
  });

  test("stepsPerEpoch: 2 runs two batches", async () => {
    let batches = 0;
    await line().fit(x, y, {
      ...silent,
      batchSize: 4,
      stepsPerEpoch: 2,
      callbacks: { onTrainBatchEnd: () => batches++ },
    });
    assert.equal(batches, 2);
  });

  test("stepsPerEpoch goes on through the data, epoch after epoch", async () => {
    const [some, all] = [line(), line()];
    await some.fit(x, y, { ...silent, shuffle: false, batchSize: 10, stepsPerEpoch: 3, epochs: 4 });
    await all.fit(x, y, { ...silent, shuffle: false, batchSize: 10, epochs: 3 });
    assertClose(values(some), values(all), 1e-6);
  });

  test("a class that classWeight leaves out counts 1", async () => {
    const labels = tf.tensor1d(
      Array.from({ length: 40 }, (_, i) => i % 2),
      "int32",
    );
    const train = async (fit: keras.models.FitOptions) => {
      const model = keras.Sequential([Input([2]), Dense(2, { activation: "softmax", kernelInitializer: "ones" })]);
      model.compile({ loss: "sparse_categorical_crossentropy" });
      await model.fit(x, labels, { ...silent, shuffle: false, ...fit });
      return values(model);
    };
    assertClose(await train({ classWeight: { 1: 3 } }), await train({ classWeight: { 0: 1, 1: 3 } }), 1e-6);
  });

  test("history keys are in Keras's order", async () => {
    const { history } = await line({ metrics: ["mae"] }).fit(x, y, { ...silent, validationSplit: 0.25 });
    assert.deepEqual(Object.keys(history), ["loss", "mae", "val_loss", "val_mae"]);
  });

  test("masks of a seeded Dropout differ from step to step and repeat from run to run", async () => {
    const train = async () => {
      keras.utils.setRandomSeed(3);
      const model = keras.Sequential([Input([2]), Dropout(0.5, { seed: 7 }), Dense(1, { kernelInitializer: "ones" })]);
      model.compile({ optimizer: keras.optimizers.SGD(0), loss: "mse" });
      const { history } = await model.fit(x, y, { ...silent, epochs: 4, shuffle: false });
      return history["loss"] as number[];
    };
    const losses = await train();
    assert.equal(new Set(losses).size, 4);
    assert.deepEqual(await train(), losses);
  });

  test("a custom loss takes integer labels", async () => {
    const model = line({ loss: (yTrue, yPred) => yTrue.sub(yPred).abs().mean(-1) });
    const { history } = await model.fit(x, tf.ones([40, 1], "int32"), silent);
    assert.ok((history["loss"]?.[0] ?? Number.NaN) > 0);
  });
});

describe("fit", () => {
  test("gives the same bits for the same seed, shuffled", async () => {
    const train = async () => {
      keras.utils.setRandomSeed(42);
      const model = keras.Sequential([Dense(8, { activation: "relu" }), Dense(1)]);
      model.compile({ optimizer: "adam", loss: "mse" });
      const { history } = await model.fit(x, y, { ...silent, epochs: 3 });
      return { history, weights: values(model) };
    };
    assert.deepEqual(await train(), await train());
  });

  test("takes typed arrays, nested arrays and bytes alike", async () => {
    const rows = Array.from({ length: 40 }, (_, i) => [i, i % 7]);
    const train = async (data: keras.models.Data, labels: keras.models.Data) => {
      const model = line();
      model.compile({ optimizer: keras.optimizers.SGD(1e-4), loss: "mse" });
      await model.fit(data, labels, { ...silent, shuffle: false });
      return values(model);
    };
    const labels = rows.map(([a = 0]) => a);
    const expected = await train(tf.tensor2d(rows), tf.tensor1d(labels));
    assert.deepEqual(await train(rows, labels), expected);
    assert.deepEqual(await train(Uint8Array.from(rows.flat()), Float32Array.from(labels)), expected);
    assert.deepEqual(await train(tf.tensor2d(rows, undefined, "int32"), Int32Array.from(labels)), expected);
  });

  test("takes a generator of batches", async () => {
    const [arrays, batches] = [line(), line()];
    function* generate() {
      for (let i = 0; i < 4; i++) yield [x.slice(i * 10, 10), y.slice(i * 10, 10)] as const;
    }
    const options = { ...silent, epochs: 2, shuffle: false };
    const expected = await arrays.fit(x, y, { ...options, batchSize: 10, validationData: [x, y] });
    const found = await batches.fit(generate, undefined, { ...options, validationData: generate });
    for (const [name, losses] of Object.entries(expected.history)) assertClose(found.history[name], losses, 1e-5, name);
    assertClose(values(batches), values(arrays), 1e-5);
    assertClose(await batches.evaluate(generate), await arrays.evaluate(x, y, silent), 1e-5);
  });

  test("predicts the batches of a generator, with labels or without", async () => {
    const model = line();
    const predict = async (data: Parameters<typeof model.predict>[0]) =>
      (await model.predict(data, silent)).arraySync();
    const expected = await predict(x);
    function* pairs() {
      for (let i = 0; i < 4; i++) yield [x.slice(i * 10, 10), y.slice(i * 10, 10)] as const;
    }
    async function* inputs() {
      for (let i = 0; i < 4; i++) yield x.slice(i * 10, 10);
    }
    assertClose(await predict(pairs), expected, 1e-6);
    assertClose(await predict(inputs()), expected, 1e-6);
    assert.deepEqual((await model.predict(pairs, { ...silent, steps: 2 })).shape, [20, 1]);
  });

  test("validates when it is told to", async () => {
    const data = { validationData: [x, y] as const };
    const every = await line().fit(x, y, { ...silent, ...data, epochs: 4, validationFreq: 2 });
    assert.equal(every.history["val_loss"]?.length, 2);
    const some = await line().fit(x, y, { ...silent, ...data, epochs: 4, validationFreq: [1, 2, 4] });
    assert.equal(some.history["val_loss"]?.length, 3);
  });

  test("goes on from an epoch", async () => {
    const history = await line().fit(x, y, { ...silent, initialEpoch: 3, epochs: 5 });
    assert.deepEqual(history.epoch, [3, 4]);
  });

  test("waits for the fit that is under way", async () => {
    const model = line();
    const [first, second] = await Promise.all([
      model.fit(x, y, { ...silent, epochs: 3 }),
      model.fit(x, y, { ...silent, epochs: 2 }),
    ]);
    assert.deepEqual([first.epoch.length, second.epoch.length], [3, 2]);
  });

  test("leaves frozen layers alone", async () => {
    const frozen = Dense(4);
    const model = keras.Sequential([Input([2]), frozen, Dense(1)]);
    frozen.trainable = false;
    model.compile({ optimizer: "adam", loss: "mse" });
    const before = frozen.getWeights().map((weight) => weight.arraySync());
    await model.fit(x, y, silent);
    assert.deepEqual(
      frozen.getWeights().map((weight) => weight.arraySync()),
      before,
    );
    assert.equal(model.trainableWeights.length, 2);
    assert.equal(model.nonTrainableWeights.length, 2);
  });

  test("trainOnBatch, testOnBatch and predictOnBatch do one batch each", async () => {
    const model = line({ metrics: ["mae"] });
    const [loss, mae] = await model.trainOnBatch(x, y);
    assert.ok(loss !== undefined && mae !== undefined);
    model.resetMetrics();
    const tested = await model.testOnBatch(x, y, { returnDict: true });
    assert.deepEqual(Object.keys(tested), ["loss", "mae"]);
    assert.ok((tested["loss"] as number) < loss);
    assert.deepEqual((await model.predictOnBatch(x)).shape, [40, 1]);
  });

  test("a subclassed model is trained like any other", async () => {
    class Net extends keras.Model {
      readonly hidden = Dense(8, { activation: "relu" });
      readonly head = Dense(1);
      override call(inputs: tf.Tensor): tf.Tensor {
        return this.head(this.hidden(inputs));
      }
    }
    const model = new Net();
    model.compile({ optimizer: "adam", loss: "mse" });
    const { history } = await model.fit(x, y, { ...silent, epochs: 5 });
    assert.ok((history["loss"]?.at(-1) ?? 1) < (history["loss"]?.[0] ?? 0));
    assert.equal(model.weights.length, 4);
    assert.equal(model.name, "net");
  });

  test("hears of a learning rate and of weights that callbacks set, compiled as eager", async () => {
    const train = async (jitCompile: boolean) => {
      const model = line({ jitCompile });
      const schedule = keras.callbacks.LearningRateScheduler((epoch) => 0.1 / (epoch + 1));
      const halve = {
        onEpochEnd: (epoch: number) => {
          if (epoch === 1) model.setWeights(model.getWeights().map((weight) => weight.mul(0.5)));
        },
      };
      await model.fit(x, y, { ...silent, epochs: 4, shuffle: false, callbacks: [schedule, halve] });
      return values(model);
    };
    assertClose(await train(true), await train(false), 1e-5);
  });
});
