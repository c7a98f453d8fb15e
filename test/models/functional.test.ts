import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inspect } from "node:util";
import { keras, tf } from "../../src/index";
import { assertClose } from "./close";

const { Input, Dense } = keras.layers;
const silent = { verbose: 0 } as const;

describe("the functional API", () => {
  const a = tf.randomNormal([20, 3]);
  const b = tf.randomNormal([20, 2]);

  const twoByTwo = () => {
    const first = keras.Input([3], { name: "first" });
    const second = keras.Input([2], { name: "second" });
    const joined = keras.layers.Concatenate()([first, second]);
    const hidden = Dense(4, { activation: "relu" })(joined);
    const value = Dense(1, { name: "value" })(hidden);
    const kind = Dense(2, { name: "kind", activation: "softmax" })(hidden);
    return keras.Model({ inputs: [first, second], outputs: [value, kind] });
  };

  test("several inputs and outputs, with losses and metrics by name", async () => {
    const model = twoByTwo();
    model.compile({
      optimizer: "adam",
      loss: { value: "mse", kind: "sparse_categorical_crossentropy" },
      lossWeights: { value: 1, kind: 0.5 },
      metrics: { kind: ["accuracy"] },
    });
    const y = { value: tf.ones([20, 1]), kind: tf.zeros([20], "int32") };
    const { history } = await model.fit([a, b], y, { ...silent, epochs: 2 });
    assert.deepEqual(Object.keys(history), ["kind_accuracy", "kind_loss", "loss", "value_loss"]);
    const total = (history["value_loss"]?.[0] as number) + 0.5 * (history["kind_loss"]?.[0] as number);
    assertClose(history["loss"]?.[0], total);
    const [value, kind] = await model.predict<tf.Tensor[]>({ first: a, second: b }, silent);
    assert.deepEqual(
      [value?.shape, kind?.shape],
      [
        [20, 1],
        [20, 2],
      ],
    );
    const results = await model.evaluate([a, b], [y.value, y.kind], { ...silent, returnDict: true });
    assert.deepEqual(Object.keys(results), ["loss", "value_loss", "kind_loss", "kind_accuracy"]);
  });

  test("a shared layer has its weights once", () => {
    const shared = Dense(4);
    const [x, y] = [keras.Input([3]), keras.Input([3])];
    const model = keras.Model({ inputs: [x, y], outputs: keras.layers.Add()([shared(x), shared(y)]) });
    assert.equal(model.weights.length, 2);
    const [p, q] = [tf.ones([1, 3]), tf.ones([1, 3]).mul(2)];
    const expected = shared(p).add(shared(q));
    assertClose((model([p, q]) as tf.Tensor).arraySync(), expected.arraySync());
  });

  test("all layers before each call of a shared layer are the model's", () => {
    const shared = Dense(4);
    const [x, y] = [keras.Input([3]), keras.Input([2])];
    const added = keras.layers.Add()([shared(Dense(3, { name: "left" })(x)), shared(Dense(3, { name: "right" })(y))]);
    const model = keras.Model({ inputs: [x, y], outputs: added });
    assert.deepEqual(
      model.layers.slice(2, 4).map(({ name }) => name),
      ["left", "right"],
    );
    assert.equal(model.countParams(), 12 + 9 + 16);
  });

  test("a model is a layer of another", async () => {
    const encoder = keras.Sequential([Input([3]), Dense(2, { name: "code" })], { name: "encoder" });
    const model = keras.Sequential([Input([3]), encoder, Dense(1)]);
    assert.equal(model.countParams(), 3 * 2 + 2 + 2 + 1);
    model.compile({ optimizer: "sgd", loss: "mse" });
    const before = encoder.getWeights().map((weight) => weight.arraySync());
    await model.fit(a, tf.ones([20, 1]), silent);
    assert.notDeepEqual(
      encoder.getWeights().map((weight) => weight.arraySync()),
      before,
    );
    let text = "";
    model.summary({ expandNested: true, printFn: (all) => (text = all) });
    assert.match(text, /encoder \(Sequential\)/);
    assert.match(text, /└ code \(Dense\)/);
  });

  test("the output of a layer inside is the output of a model made for it", async () => {
    const model = keras.Sequential([Input([3]), Dense(4, { name: "inner" }), Dense(1)]);
    const inner = model.getLayer("inner");
    const features = keras.Model(model.inputs, inner.output);
    assert.deepEqual((await features.predict(a, silent)).shape, [20, 4]);
    assertClose((await features.predict(a, silent)).arraySync(), inner(a).arraySync());
  });

  test("the summary of a branching model says what is connected to what", () => {
    keras.utils.clearSession();
    let text = "";
    twoByTwo().summary({ printFn: (all) => (text = all) });
    const lines = text.split("\n");
    assert.match(lines[0] ?? "", /^Model: "functional"$/);
    assert.match(lines[2] ?? "", /Layer \(type\).*Output Shape.*Param #.*Connected to/);
    assert.match(text, /concatenate\s*│ \(None, 5\)\s*│\s*0 │ first\[0\]\[0\],/);
    assert.match(text, /kind \(Dense\)\s*│ \(None, 2\)\s*│\s*10 │ dense\[0\]\[0\]/);
  });
});

describe("layers", () => {
  test("instances are functions, and instances of their class", () => {
    const layer = Dense(2, { name: "two" });
    assert.equal(typeof layer, "function");
    assert.ok(layer instanceof keras.layers.Layer);
    assert.ok(layer instanceof Dense);
    assert.equal(layer.name, "two");
    assert.equal(inspect(layer), "<Dense name=two, built=false>");
    assert.deepEqual(layer(tf.ones([1, 3])).shape, [1, 2]);
    assert.equal(layer.built, true);
  });

  test("a layer of one's own is built, named, trained and counted", async () => {
    class Scale extends keras.layers.Layer {
      declare factor: tf.Variable;
      override build(inputShape: keras.Shape): void {
        this.factor = this.addWeight({ name: "factor", shape: [inputShape.at(-1)], initializer: "ones" });
      }
      override call(x: tf.Tensor): tf.Tensor {
        return x.mul(this.factor);
      }
    }
    const model = keras.Sequential([Input([3]), new Scale(), Dense(1)]);
    assert.deepEqual(
      model.layers.map(({ name }) => name.replace(/_\d+$/, "")),
      ["scale", "dense"],
    );
    assert.deepEqual(model.outputShape, [null, 1]);
    assert.equal(model.layers[0]?.countParams(), 3);
    model.compile({ optimizer: "sgd", loss: "mse" });
    await model.fit(tf.ones([8, 3]), tf.zeros([8, 1]), silent);
    assert.notDeepEqual(model.layers[0]?.getWeights()[0]?.arraySync(), [1, 1, 1]);
  });

  test("names count on as Keras's do, and anew after clearSession", () => {
    keras.utils.clearSession();
    const names = [Dense(1), Dense(1), keras.layers.Flatten(), Dense(1)].map(({ name }) => name);
    assert.deepEqual(names, ["dense", "dense_1", "flatten", "dense_2"]);
    assert.deepEqual(
      [keras.Sequential(), keras.Sequential()].map(({ name }) => name),
      ["sequential", "sequential_1"],
    );
    keras.utils.clearSession();
    assert.equal(Dense(1).name, "dense");
  });

  test("a configuration makes a layer like the first", () => {
    const layer = Dense(3, { activation: "relu", name: "again", useBias: false });
    const copy = Dense.fromConfig(layer.getConfig());
    assert.deepEqual(copy.getConfig(), layer.getConfig());
  });

  test("a Sequential grows and shrinks", () => {
    const model = keras.Sequential();
    model.add(Input([3]));
    model.add(Dense(2));
    model.add(Dense(1));
    assert.deepEqual(model.outputShape, [null, 1]);
    model.pop();
    assert.deepEqual(model.outputShape, [null, 2]);
    assert.equal(model.layers.length, 1);
    model.pop();
    assert.equal(model.built, false);
  });
});

describe("a configuration makes a model like the first", () => {
  const x = tf.randomNormal([5, 3]);
  const check = (model: keras.Model) => {
    const config = JSON.parse(JSON.stringify(model.getConfig()));
    assert.deepEqual(config, JSON.parse(JSON.stringify(keras.models.cloneModel(model).getConfig())));
    const copy = keras.models.cloneModel(model);
    assert.equal(copy.name, model.name);
    copy.setWeights(model.getWeights());
    return copy;
  };

  test("a Sequential", () => {
    const model = keras.Sequential([Input([3]), Dense(4, { activation: "relu" }), Dense(1)], { name: "사슬" });
    assertClose((check(model)(x) as tf.Tensor).arraySync(), model(x).arraySync());
  });

  test("a graph with a shared layer and a model inside", () => {
    const inputs = keras.Input([3]);
    const shared = Dense(3, { name: "shared" });
    const inner = keras.Sequential([Input([3]), Dense(2)]);
    const outputs = keras.layers.Concatenate()([shared(inputs), shared(shared(inputs)), inner(inputs)]);
    const model = keras.Model({ inputs, outputs });
    const copy = check(model);
    assert.equal(copy.weights.length, 4);
    assertClose((copy(x) as tf.Tensor).arraySync(), model(x).arraySync());
  });

  test("with a layer of one's own, once it is registered", () => {
    class Twice extends keras.layers.Layer {
      override call(inputs: tf.Tensor): tf.Tensor {
        return inputs.mul(2);
      }
    }
    const model = keras.Sequential([Input([3]), new Twice()]);
    assert.throws(
      () => keras.models.cloneModel(model),
      /There is no layer class "Twice".*registerKerasSerializable\(Twice\)/,
    );
    keras.utils.registerKerasSerializable(Twice);
    assertClose((check(model)(x) as tf.Tensor).arraySync(), x.mul(2).arraySync());
  });
});
