import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { unzipSync, zipSync } from "fflate";
import { keras, tf } from "../../src/index";

const { layers } = keras;
const folder = mkdtempSync(join(tmpdir(), "tskeras-files-"));
const file = (name: string) => join(folder, name);
after(() => rmSync(folder, { recursive: true }));

function small(units = 2) {
  const model = keras.Sequential([layers.Input([3]), layers.Dense(4, { activation: "relu" }), layers.Dense(units)]);
  model.compile({ optimizer: "adam", loss: "mse" });
  return model;
}

const numbers = (tensors: readonly tf.Tensor[]) => tensors.map((each) => each.arraySync());
const x = tf.tensor([
  [1, 2, 3],
  [3, 1, 2],
  [0, 1, 0],
  [1, 1, 2],
]);
const y = tf.tensor([
  [1, 0],
  [0, 1],
  [1, 1],
  [0, 0],
]);
const training = { batchSize: 2, shuffle: false, verbose: 0 } as const;

async function saved(name = "good.keras"): Promise<string> {
  const model = small();
  await model.fit(x, y, training);
  await model.save(file(name));
  return file(name);
}

describe("a model saved and loaded", () => {
  test("goes on training with the numbers of one that never stopped", async () => {
    const model = small();
    await model.fit(x, y, { ...training, epochs: 3 });
    await model.save(file("midway.keras"));
    const loaded = await keras.models.loadModel(file("midway.keras"));
    const histories = [];
    for (const each of [model, loaded]) histories.push((await each.fit(x, y, { ...training, epochs: 3 })).history);
    assert.deepEqual(histories[0], histories[1]);
    assert.deepEqual(numbers(model.getWeights()), numbers(loaded.getWeights()));
    assert.deepEqual(numbers(model.optimizer.variables), numbers(loaded.optimizer.variables));
  });

  test("may be loaded without its compilation", async () => {
    const loaded = await keras.models.loadModel(await saved(), { compile: false });
    assert.equal(loaded.compiled, false);
  });

  test("keeps names, frozen layers, and the averages of the optimizer", async () => {
    const model = keras.Sequential([
      layers.Input([3]),
      layers.Dense(4, { trainable: false, name: "얼린 층" }),
      layers.Dense(2),
    ]);
    model.compile({ optimizer: keras.optimizers.SGD(0.1, { useEma: true, emaMomentum: 0.5 }), loss: "mse" });
    await model.fit(x, y, training);
    await model.save(file("ema.keras"));
    const loaded = await keras.models.loadModel(file("ema.keras"));
    assert.deepEqual(
      loaded.layers.map((layer) => [layer.name, layer.trainable]),
      model.layers.map((layer) => [layer.name, layer.trainable]),
    );
    assert.deepEqual(numbers(loaded.optimizer.variables), numbers(model.optimizer.variables));
  });

  test("may be a class of the reader's", async () => {
    class TwoLayers extends keras.Model {
      readonly units: number;
      hidden: keras.layers.Layer;
      outer: keras.layers.Layer[];
      constructor({ units = 3, ...options }: { units?: number; name?: string } = {}) {
        super(options);
        this.units = units;
        this.hidden = layers.Dense(units, { activation: "relu" });
        this.outer = [layers.Dense(2), layers.Dense(2)];
      }
      override call(inputs: tf.Tensor) {
        return this.outer.reduce((value, layer) => layer.apply(value), this.hidden.apply(inputs));
      }
      override getConfig() {
        return { ...super.getConfig(), units: this.units };
      }
      static override fromConfig(config: object) {
        return new TwoLayers(config) as never;
      }
    }
    const model = new TwoLayers({ units: 5 });
    model.compile({ optimizer: "adam", loss: "mse" });
    await model.fit(x, y, training);
    await model.save(file("own.keras"));
    await assert.rejects(keras.models.loadModel(file("own.keras")), /no layer class "TwoLayers".*customObjects/s);
    const loaded = await keras.models.loadModel(file("own.keras"), { customObjects: { TwoLayers } });
    assert.ok(loaded instanceof TwoLayers);
    assert.deepEqual(
      numbers([await loaded.predict(x, { verbose: 0 })]),
      numbers([await model.predict(x, { verbose: 0 })]),
    );
    assert.deepEqual(numbers(loaded.optimizer.variables), numbers(model.optimizer.variables));
  });
});

test("a class of models that is a graph is made by its own constructor", async () => {
  class Small extends keras.Model {
    constructor({ name = "small" }: { name?: string } = {}) {
      const input = keras.Input([3]);
      super({ inputs: input, outputs: layers.Dense(2)(input), name });
    }
  }
  const model = new Small({ name: "mine" });
  await model.save(file("graph.keras"));
  const loaded = await keras.models.loadModel(file("graph.keras"), { customObjects: { Small } });
  assert.ok(loaded instanceof Small);
  assert.deepEqual(numbers(loaded.getWeights()), numbers(model.getWeights()));
});

describe("saving", () => {
  test("needs the right ending, and says which method writes the other", async () => {
    await assert.rejects(small().save(file("model.onnx")), /ends in ".keras".*model\.export\(\)/s);
    await assert.rejects(small().save(file("model.h5")), /saveWeights/);
    await assert.rejects(small().saveWeights(file("model.keras")), /".weights.h5".*model\.save\(\)/s);
    await assert.rejects(
      small().save(file("model.keras"), { overwritten: false } as never),
      /Did you mean "overwrite"/,
    );
    await assert.rejects(keras.Sequential([layers.Dense(1)]).saveWeights(file("a.weights.h5")), /before it is built/);
  });

  test("leaves the old file intact when it fails midway, and nothing else behind", async () => {
    const path = await saved("kept.keras");
    const before = readFileSync(path);
    const model = keras.Sequential([layers.Input([3]), layers.Dense(2)]);
    const nameless = (
      () => (yTrue: tf.Tensor, yPred: tf.Tensor) =>
        yTrue.sub(yPred).abs().mean(-1)
    )();
    model.compile({ loss: nameless });
    await assert.rejects(model.save(path), /function without a name/);
    await assert.rejects(small().save(path, { overwrite: false }), /exists already/);
    assert.deepEqual(readFileSync(path), before);
    mkdirSync(file("folder.keras"));
    await assert.rejects(small().save(file("folder.keras")), /is a folder/);
    await assert.rejects(small().save(file("nowhere/model.keras")), /could not write/);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.endsWith(".tmp")),
      [],
    );
  });
});

describe("a file that does not fit", () => {
  const cases: { readonly [what: string]: readonly [(good: Uint8Array) => Uint8Array, RegExp] } = {
    empty: [() => new Uint8Array(), /not a \.keras file/],
    "of text": [() => Buffer.from("hello"), /not a \.keras file/],
    "cut off": [(good) => good.subarray(0, good.length / 2), /damaged or cut off/],
    "with a wrong byte in its weights": [
      (good) => {
        const bad = Uint8Array.from(good);
        const at = Buffer.from(bad.buffer).indexOf("HDF") + 3000;
        bad[at] = (bad[at] as number) ^ 1;
        return bad;
      },
      /model\.weights\.h5 inside it is damaged/,
    ],
    "of another zip": [() => zipSync({ "a.txt": Buffer.from("a") }), /no config\.json inside; it holds a\.txt/],
    "with a broken config": [
      (good) => zipSync({ ...unzipSync(good), "config.json": Buffer.from("{") }),
      /config\.json is damaged/,
    ],
    "with a config of something else": [
      (good) => zipSync({ ...unzipSync(good), "config.json": Buffer.from("[]") }),
      /describes no model/,
    ],
    "with weights cut off": [
      (good) => {
        const files = unzipSync(good);
        return zipSync({ ...files, "model.weights.h5": (files["model.weights.h5"] as Uint8Array).subarray(0, 5000) });
      },
      /truncated/,
    ],
    "of weights alone": [(good) => unzipSync(good)["model.weights.h5"] as Uint8Array, /model\.loadWeights\(\)/],
  };
  for (const [what, [damage, message]] of Object.entries(cases)) {
    test(`is refused: ${what}`, async () => {
      const good = readFileSync(await saved());
      writeFileSync(file("bad.keras"), damage(good));
      await assert.rejects(keras.models.loadModel(file("bad.keras")), (error: Error) => {
        assert.match(error.message, message);
        assert.match(error.message, /bad\.keras/);
        return true;
      });
    });
  }

  test("is named when it is not there", async () => {
    await assert.rejects(keras.models.loadModel(file("none.keras")), /there is no file ".*none\.keras"/);
    await assert.rejects(keras.models.loadModel("model.h5"), /Keras 2/);
    await assert.rejects(keras.models.loadModel(file("none.keras"), { custom: {} } as never), /no option "custom"/);
  });

  test("leaves the model as it was, and may be loaded in part", async (t) => {
    const other = small(5);
    await other.saveWeights(file("other.weights.h5"));
    const model = small();
    const before = numbers(model.getWeights());
    await assert.rejects(
      model.loadWeights(file("other.weights.h5")),
      /has shape \(4, 2\), but the file holds \(4, 5\).*The model is as it was/s,
    );
    assert.deepEqual(numbers(model.getWeights()), before);
    t.mock.method(console, "warn", () => undefined);
    await model.loadWeights(file("other.weights.h5"), { skipMismatch: true });
    assert.deepEqual(numbers(model.getWeights()).slice(0, 2), numbers(other.getWeights()).slice(0, 2));
    assert.deepEqual(numbers(model.getWeights()).slice(2), before.slice(2));
  });

  test("says what it needs that is not here", async () => {
    const edit = async (
      change: (config: { config: { layers: { class_name: string; config: { [option: string]: unknown } }[] } }) => void,
    ) => {
      const files = unzipSync(readFileSync(await saved()));
      const config = JSON.parse(Buffer.from(files["config.json"] as Uint8Array).toString());
      change(config);
      writeFileSync(file("edited.keras"), zipSync({ ...files, "config.json": Buffer.from(JSON.stringify(config)) }));
      return keras.models.loadModel(file("edited.keras"));
    };
    const second = (change: object, name = "Dense") =>
      edit(({ config }) => {
        const layer = config.layers[1];
        if (layer === undefined) return;
        layer.class_name = name;
        Object.assign(layer.config, change);
      });
    await assert.rejects(second({}, "MultiHeadAttention"), /tskeras has no layer class "MultiHeadAttention"/);
    await assert.rejects(second({ quantization_config: { mode: "int8" } }), /quantization_config/);
    await assert.rejects(second({ dtype: "float64" }), /computes in float64/);
    const own = { module: "builtins", class_name: "function", config: "mine", registered_name: "mine" };
    await assert.rejects(second({ activation: own }), /function "mine".*customObjects: \{ mine \}/s);
    await assert.rejects(second({ activation: "relv" }), /Did you mean "relu"/);
  });
});
