import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { keras, tf } from "../../src/index";
import type { Model } from "../../src/models/index";
import { kerasSide } from "./python";

/** What Keras, or this library, computed with a model before it was handed over. */
interface Case {
  readonly x: tf.TensorLike;
  /** Whether `x` is a list of inputs. */
  readonly lists: boolean;
  readonly y?: tf.TensorLike;
  readonly outputs: readonly tf.TensorLike[];
  readonly evaluation?: readonly number[];
  /** The outputs after {@link training} went on. */
  readonly continued?: readonly tf.TensorLike[];
}

const training = { epochs: 2, batchSize: 4, shuffle: false, verbose: 0 } as const;
const folder = mkdtempSync(join(tmpdir(), "tskeras-exchange-"));
const file = (name: string) => join(folder, name);
const readCase = (name: string) => JSON.parse(readFileSync(file(`${name}.json`), "utf8")) as Case;

const tensors = (values: tf.TensorLike, several: boolean): tf.Tensor | tf.Tensor[] =>
  several ? (values as tf.TensorLike[]).map((each) => tf.tensor(each)) : tf.tensor(values);

async function outputs(model: Model, { x, lists }: Case): Promise<tf.Tensor[]> {
  const result = await model.predict<tf.Tensor | tf.Tensor[]>(tensors(x, lists), { verbose: 0 });
  return Array.isArray(result) ? result : [result];
}

const targets = (model: Model, { y, lists }: Case) => tensors(y as tf.TensorLike, lists && model.outputs.length > 1);

function close(found: readonly tf.Tensor[], expected: readonly tf.TensorLike[], what: string): void {
  assert.equal(found.length, expected.length, what);
  for (const [i, each] of found.entries()) {
    const wanted = tf.tensor(expected[i] as tf.TensorLike, each.shape).dataSync();
    for (const [j, value] of each.dataSync().entries()) {
      const target = wanted[j] as number;
      assert.ok(Math.abs(value - target) <= 1e-5 + 1e-4 * Math.abs(target), `${what}: ${value} is not ${target}`);
    }
  }
}

/** Saves a model that was made here, with what it computes before and after more training. */
async function hand(name: string, model: Model, x: tf.Tensor | tf.Tensor[], y?: tf.Tensor): Promise<void> {
  const lists = Array.isArray(x);
  const plain = (value: tf.Tensor | tf.Tensor[]) =>
    Array.isArray(value) ? value.map((each) => each.arraySync()) : value.arraySync();
  const all = async () => {
    const result = await model.predict<tf.Tensor | tf.Tensor[]>(x, { verbose: 0 });
    return (Array.isArray(result) ? result : [result]).map((each) => each.arraySync());
  };
  if (y !== undefined) await model.fit(x, y, training);
  await model.save(file(`${name}.ts.keras`));
  await model.saveWeights(file(`${name}.ts.weights.h5`));
  const made: { -readonly [key in keyof Case]: unknown } = { x: plain(x), lists, outputs: await all() };
  if (y !== undefined) {
    made.y = plain(y);
    made.evaluation = await model.evaluate(x, y, { verbose: 0, batchSize: training.batchSize });
    await model.fit(x, y, training);
    made.continued = await all();
  }
  writeFileSync(file(`${name}.json`), JSON.stringify(made));
}

class Scale extends keras.layers.Layer {
  factor?: tf.Variable;
  readonly startValue: number;

  constructor({ startValue = 1, ...options }: { startValue?: number; name?: string } = {}) {
    super(options);
    this.startValue = startValue;
  }

  override build(inputShape: keras.Shape) {
    this.factor = this.addWeight({ name: "factor", shape: [inputShape.at(-1)], initializer: "ones" });
  }

  override call(x: tf.Tensor) {
    return x.mul(this.factor as tf.Tensor);
  }

  override getConfig() {
    return { ...super.getConfig(), startValue: this.startValue };
  }
}

const my_loss = (yTrue: tf.Tensor, yPred: tf.Tensor) => yTrue.sub(yPred).square().mean(-1);

const { layers } = keras;
const random = (shape: number[]) => tf.randomUniform(shape, -1, 1, "float32", 5);

/** Models made here, of the kinds that readers make. */
const own: { readonly [name: string]: () => Promise<void> } = {
  "own-mlp": async () => {
    const model = keras.Sequential([
      layers.Input([6]),
      layers.Dense(8, { activation: "relu", kernelRegularizer: keras.regularizers.L2(0.01) }),
      layers.Dense(3, { activation: "softmax" }),
    ]);
    model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });
    await hand("own-mlp", model, random([12, 6]), tf.tensor([0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2], [12], "int32"));
  },
  "own-cnn": async () => {
    const model = keras.Sequential([
      layers.Conv2D(4, 3, { activation: "relu", padding: "same", inputShape: [8, 8, 1] }),
      layers.BatchNormalization(),
      layers.MaxPooling2D(2),
      layers.Flatten(),
      layers.Dense(3),
    ]);
    const optimizer = keras.optimizers.SGD({ learningRate: 0.05, momentum: 0.9, nesterov: true });
    model.compile({ optimizer, loss: keras.losses.Huber(), metrics: ["mae"] });
    await hand("own-cnn", model, random([12, 8, 8, 1]), random([12, 3]));
  },
  "own-korean": async () => {
    const model = keras.Sequential(
      [layers.Input([4]), layers.Dense(3, { activation: "tanh", name: "은닉층" }), layers.Dense(1, { name: "출력층" })],
      { name: "패션 MNIST 모델" },
    );
    model.compile({ optimizer: "rmsprop", loss: "meanSquaredError", metrics: ["meanAbsoluteError"] });
    await hand("own-korean", model, random([12, 4]), random([12, 1]));
  },
  "own-two-inputs": async () => {
    const [a, b] = [keras.Input([4], { name: "a" }), keras.Input([3], { name: "b" })];
    const shared = layers.Dense(3, { activation: "relu" });
    const joined = layers.Concatenate()([shared(layers.Dense(2)(a)), shared(layers.Dense(2)(b)), b]);
    const model = keras.Model({ inputs: [a, b], outputs: layers.Dense(1)(joined) });
    model.compile({ optimizer: keras.optimizers.Nadam(0.01), loss: "mse" });
    await hand("own-two-inputs", model, [random([12, 4]), random([12, 3])], random([12, 1]));
  },
  "own-words": async () => {
    const model = keras.Sequential([
      layers.Input([5]),
      layers.Embedding(10, 4),
      layers.Bidirectional(layers.LSTM(3, { returnSequences: true })),
      layers.TimeDistributed(layers.Dense(3)),
      layers.GRU(2),
      layers.Dense(1, { activation: "sigmoid" }),
    ]);
    model.compile({ loss: "binary_crossentropy", metrics: ["accuracy"] });
    const words = tf.tensor(
      Array.from({ length: 60 }, (_, i) => (i * 7) % 10),
      [12, 5],
    );
    await hand(
      "own-words",
      model,
      words,
      tf.tensor(
        Array.from({ length: 12 }, (_, i) => i % 2),
        [12, 1],
      ),
    );
  },
  "own-operations": async () => {
    const { ops } = keras;
    const [a, b] = [keras.Input([4]), keras.Input([3, 2])];
    const shifted = ops.add(ops.relu(a), 1);
    const [left] = ops.split(ops.concatenate([shifted, a.mul(tf.tensor([[1, 2, 3, 4]]))], -1), 2, 1);
    const [, h, c] = layers.LSTM(3, { returnState: true })(b) as unknown as keras.KerasTensor[];
    const steps = layers.LSTM(3)(ops.flip(b, 1), { initialState: [h, c] });
    const means = ops.mean(b, { axis: [1], keepdims: false });
    const positive = ops.where(ops.greater(a, 0), a, ops.clip(a, -0.5, 0.5));
    const parts = [left as keras.KerasTensor, steps, means, positive, b.slice(":, -1, 1:"), ops.getItem(b, "..., 0")];
    const model = keras.Model({ inputs: [a, b], outputs: layers.Dense(2)(ops.concatenate(parts, 1)) });
    model.compile({ optimizer: "adam", loss: "mse" });
    await hand("own-operations", model, [random([12, 4]), random([12, 3, 2])], random([12, 2]));
  },
  "own-custom": async () => {
    const model = keras.Sequential([layers.Input([4]), new Scale({ startValue: 2 }), layers.Dense(2)]);
    model.compile({ optimizer: "sgd", loss: my_loss });
    await hand("own-custom", model, random([12, 4]), random([12, 2]));
  },
};

describe("models go to Python Keras and back", { timeout: 900_000 }, () => {
  let cases: string[] = [];
  let results: { readonly [name: string]: string } = {};

  before(async () => {
    kerasSide("make", folder);
    cases = readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .map((name) => name.slice(0, -".json".length));
  });
  after(() => rmSync(folder, { recursive: true }));

  test("a model that Keras saved predicts, evaluates and goes on training as in Keras", async (t) => {
    assert.ok(cases.length > 90, `${cases.length} cases`);
    for (const name of cases) {
      await t.test(name, async () => {
        const expected = readCase(name);
        const model = await keras.models.loadModel(file(`${name}.keras`));
        close(await outputs(model, expected), expected.outputs, "predictions");
        await model.save(file(`${name}.ts.keras`));
        await model.saveWeights(file(`${name}.ts.weights.h5`));
        const { x, y, lists, evaluation, continued } = expected;
        if (y === undefined) return;
        const [inputs, labels] = [tensors(x, lists), targets(model, expected)];
        if (evaluation !== undefined) {
          const found = await model.evaluate(inputs, labels, { batchSize: training.batchSize, verbose: 0 });
          close([tf.tensor(found)], [[evaluation].flat(3)], `evaluation ${model.metricsNames}`);
        }
        if (continued === undefined) return;
        await model.fit(inputs, labels, training);
        close(await outputs(model, expected), continued, "predictions after more training");
        await model.loadWeights(file(`${name}.weights.h5`));
        close(await outputs(model, expected), expected.outputs, "predictions with the weights of .weights.h5");
      });
    }
  });

  test("a model that was saved here predicts, evaluates and goes on training in Keras as here", async (t) => {
    for (const [name, make] of Object.entries(own)) await t.test(`${name} is saved`, make);
    kerasSide("check", folder);
    results = JSON.parse(readFileSync(file("results.json"), "utf8")) as typeof results;
    for (const name of [...cases, ...Object.keys(own)]) {
      await t.test(name, () => assert.equal(results[name], "ok"));
    }
  });

  test("every layer, loss, metric and optimizer is among the cases", () => {
    const text = cases.map((name) => readFileSync(file(`${name}.ts.keras`)).toString("latin1")).join("\n");
    // Aliases such as MaxPool2D are saved under the class's own name.
    const of = (module: object) =>
      Object.entries(module).flatMap(([name, value]) =>
        typeof value === "function" && /^[A-Z]/.test(name) ? [(value as { className?: string }).className ?? name] : [],
      );
    const abstract =
      "Input Layer Lambda Metric Loss Optimizer LearningRateSchedule Mean Sum MeanMetricWrapper Accuracy";
    const all = [
      keras.layers,
      keras.losses.classes,
      keras.metrics,
      keras.optimizers.classes,
      keras.optimizers.schedules,
    ].flatMap(of);
    const missing = all.filter(
      (name) => !abstract.split(" ").includes(name) && !text.includes(`"class_name":"${name}"`),
    );
    assert.deepEqual(missing, []);
  });
});
