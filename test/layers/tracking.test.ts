import assert from "node:assert/strict";
import { test } from "node:test";
import { keras, tf } from "../../src/index";
import { assertClose } from "../close";

const { layers } = keras;

/** Holds layers in every kind of collection. */
class Net extends keras.Model {
  parts = { a: layers.Dense(3), b: layers.Dense(1) };
  nested = [[layers.Dense(2)], new Map([["x", layers.Dense(4)]])] as const;
  own = this.addWeight({ shape: [1], name: "own" });
  norm = layers.BatchNormalization();
  deep = { z: { y: [layers.Dense(5)] }, c: layers.Dense(6) };
  all = new Set([layers.Dense(7)]);
  override call(x: tf.Tensor) {
    for (const each of [this.nested[0][0], this.nested[1].get("x"), this.norm, this.deep.z.y[0], this.deep.c]) each!(x);
    for (const each of this.all) each(x);
    return this.parts.b(this.parts.a(x)).mul(this.own);
  }
}

test("layers in collections are tracked, their weights in Keras's order", async () => {
  const net = new Net();
  net(tf.ones([2, 2]));
  // The shapes of `net.weights` of the same class in Keras 3.15.
  const expected = "1 2,3 3 3,1 1 2,2 2 2,4 4 2 2 2 2 2,5 5 2,6 6 2,7 7".split(" ");
  assert.deepEqual(
    net.weights.map(({ shape }) => shape.join()),
    expected,
  );
  assert.deepEqual([net.layers.length, net.trainableWeights.length, net.nonTrainableWeights.length], [8, 17, 2]);
  net.compile({ optimizer: "sgd", loss: "mse" });
  const before = net.parts.a.getWeights()[0]!.arraySync();
  await net.fit(tf.ones([4, 2]), tf.ones([4, 1]), { verbose: 0 });
  assert.notDeepEqual(net.parts.a.getWeights()[0]!.arraySync(), before);
});

test("what collections hold is saved", async () => {
  const [one, other] = [new Net(), new Net()];
  const x = tf.randomUniform([2, 2], 0, 1, "float32", 1);
  const y = one(x) as tf.Tensor;
  other(x);
  await one.saveWeights("/tmp/tracking.weights.h5");
  await other.loadWeights("/tmp/tracking.weights.h5");
  assert.deepEqual((other(x) as tf.Tensor).arraySync(), y.arraySync());
});

test("variables and metrics of properties are tracked", () => {
  class Inner extends layers.Layer {
    dense = layers.Dense(1);
    first = this.addWeight({ shape: [1], name: "first" });
    fixed = this.addWeight({ shape: [4], name: "fixed", trainable: false });
    variables2 = [tf.variable(tf.ones([3]))];
    means = [keras.metrics.Mean({ name: "b" })];
    override call(x: tf.Tensor) {
      return this.dense(x);
    }
  }
  class Outer extends keras.Model {
    metric = { a: keras.metrics.Mean({ name: "a" }) };
    inner = new Inner();
    override call(x: tf.Tensor) {
      return this.inner(x);
    }
  }
  const model = new Outer();
  model(tf.ones([1, 1]));
  // In Keras: own trainable weights, own fixed ones, then those of the layers inside.
  const shapes = (weights: readonly tf.Variable[]) => weights.map(({ shape }) => shape.join());
  assert.deepEqual(shapes(model.weights), ["1", "3", "4", "1,1", "1"]);
  model.trainable = false;
  assert.deepEqual(shapes(model.trainableWeights), []);
  model.trainable = true;
  assert.deepEqual(shapes(model.trainableWeights), ["1", "3", "1,1", "1"]);
  assert.deepEqual(
    model.metrics.map(({ name }) => name),
    ["a", "b"],
  );
});

test("a functional model has the layers of its properties, too", () => {
  class Extended extends keras.Model {
    extra = layers.Dense(1);
  }
  const inputs = keras.Input([2]);
  const model = new Extended({ inputs, outputs: layers.Dense(3)(inputs) });
  model.extra.ensureBuilt([null, 2]);
  assert.deepEqual(
    model.weights.map(({ shape }) => shape.join()),
    ["2,3", "3", "2,1", "1"],
  );
  assert.equal(model.layers.length, 2);
});

test("a layer that trains and cannot be found is an error at the first call", async () => {
  class Private extends keras.Model {
    readonly #hidden = layers.Dense(2, { name: "hidden" });
    override call(x: tf.Tensor) {
      return this.#hidden(x);
    }
  }
  class Inside extends layers.Layer {
    override call(x: tf.Tensor) {
      return layers.Dense(2)(x);
    }
  }
  const x = tf.ones([4, 2]);
  assert.throws(
    () => new Private()(x),
    /runs layer "hidden" \(Dense\).*public property.*this\.inner = keras\.layers\.Dense/,
  );
  assert.throws(() => new Inside()(x), /runs layer "dense.*public property/);
  assert.throws(() => keras.Sequential([keras.Input([2]), new Inside()]), /public property/);
  const model = new Private();
  model.compile({ loss: "mse" });
  await assert.rejects(model.fit(x, x, { verbose: 0 }), /runs layer "hidden"/);
});

test("layers that have nothing to train may be made or found anywhere", () => {
  const frozen = layers.Dense(2, { trainable: false });
  class Free extends keras.Model {
    override call(x: tf.Tensor) {
      return layers.Activation("relu")(layers.Dropout(0.5)(frozen(x)));
    }
  }
  assert.deepEqual((new Free()(tf.ones([1, 2])) as tf.Tensor).shape, [1, 2]);
});

test("layers inside one that states its output's shape are built before the optimizer", async () => {
  class Stated extends layers.Layer {
    first = layers.Dense(2, { kernelInitializer: "ones" });
    second = layers.Dense(1, { kernelInitializer: "ones" });
    override call(x: tf.Tensor) {
      return this.second(this.first(x));
    }
    override computeOutputShape(inputShape: keras.Shape): keras.Shape {
      return [...inputShape.slice(0, -1), 1];
    }
  }
  const model = keras.Sequential([keras.Input([2]), new Stated()]);
  assert.equal(model.weights.length, 4);
  model.compile({ optimizer: keras.optimizers.SGD(0.01, { momentum: 0.9 }), loss: "mse" });
  await model.fit(
    tf.tensor([
      [1, 2],
      [3, 1],
    ]),
    tf.tensor([[1], [2]]),
    { epochs: 2, verbose: 0, shuffle: false },
  );
  assertClose(
    model.getWeights().map((weight) => weight.arraySync() as number[]),
    [
      [
        [0.5230986475944519, 0.5230986475944519],
        [0.6649608016014099, 0.6649608016014099],
      ],
      [-0.22939595580101013, -0.22939595580101013],
      [[0.16956818103790283], [0.16956818103790283]],
      [-0.2424360066652298],
    ],
    "weights after two steps in Keras 3.15",
  );
});
