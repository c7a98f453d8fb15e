import assert from "node:assert/strict";
import { test } from "node:test";
import { keras, tf } from "../../src/index";
import { assertClose } from "../close";

const { layers } = keras;
const ones = () => tf.ones([2, 2]);
const dense = () =>
  layers.Dense(2, {
    kernelInitializer: "ones",
    activityRegularizer: keras.regularizers.L2(0.1),
    kernelRegularizer: keras.regularizers.L2(0.5),
  });
const lossesOf = (layer: keras.layers.Layer) => layer.losses.map((loss) => loss.dataSync()[0]!);

/** Adds two losses of its own and calls a regularized layer twice. */
class Adding extends layers.Layer {
  inner = dense();
  override call(x: tf.Tensor) {
    this.addLoss(x.sum());
    this.addLoss(x.mean());
    return this.inner(this.inner(x));
  }
}

// The numbers of this file are `layer.losses` of the same calls in Keras 3.15.
test("activity regularizers are among the losses until the next call", () => {
  const layer = dense();
  const model = keras.Sequential([keras.Input([2]), layer]);
  assertClose(lossesOf(model), [2], "before a call");
  model(ones());
  assertClose(
    [lossesOf(model), lossesOf(layer)],
    [
      [0.8, 2],
      [0.8, 2],
    ],
    "after a call",
  );
  model(ones().mul(2));
  assertClose(lossesOf(model), [3.2, 2], "after another call");
  layer(ones());
  assertClose(lossesOf(model), [0.8, 2], "after a call of the layer alone");
});

test("addLoss and the layers inside, each call of them", () => {
  const layer = new Adding();
  for (const call of ["first", "second"]) {
    layer(ones());
    assertClose(lossesOf(layer), [4, 1, 0.8, 3.2, 2], call);
    assertClose(lossesOf(layer.inner), [0.8, 3.2, 2], call);
  }
  layer.trainable = false;
  assertClose(lossesOf(layer), [4, 1, 0.8, 3.2], "frozen");
});

test("building, fit, evaluate and predict leave none", async () => {
  const model = keras.Sequential([keras.Input([2]), new Adding()]);
  assertClose(lossesOf(model), [2], "built");
  model.compile({ optimizer: keras.optimizers.SGD(0), loss: "mse" });
  // (4 - 1)² of the outputs, and what is added.
  assertClose(await model.evaluate(ones(), ones(), { verbose: 0 }), [9 + 4 + 1 + 0.8 + 3.2 + 2], "evaluate");
  assertClose(lossesOf(model), [2], "after evaluate");
  await model.fit(ones(), ones(), { verbose: 0 });
  await model.predict(ones(), { verbose: 0 });
  assertClose(lossesOf(model), [2], "after fit and predict");
});

test("one's own training loop has them in its loss and its gradients", () => {
  const model = keras.Sequential([keras.Input([2]), dense()]);
  const weights = model.trainableWeights;
  const gradient = (withLosses: boolean) =>
    tf.variableGrads(() => {
      const loss = (model(ones()) as tf.Tensor).sum();
      return (withLosses ? tf.addN([loss, ...model.losses]) : loss).asScalar();
    }, weights).grads[weights[0]!.name]!;
  // 0.1 · 2 · y for the activity of the two samples, divided by them, and 0.5 · 2 · w.
  assertClose(
    gradient(true).sub(gradient(false)).arraySync(),
    [
      [1.4, 1.4],
      [1.4, 1.4],
    ],
    "added gradient",
  );
  assert.throws(() => model.losses, /losses that layer "dense.*" added are freed.*Read the losses of "sequential/);
});

test("repeated calls hold no more tensors than one", () => {
  const held = dense();
  held(ones());
  const frozen = layers.ActivityRegularization({ l2: 1 });
  const unheld = layers.Lambda((x: tf.Tensor) => frozen(x));
  for (const layer of [held, unheld] as keras.layers.Layer[]) {
    for (let i = 0; i < 5; i++) layer(ones());
  }
  assert.equal(held.losses.length, 2);
  assert.equal(frozen.losses.length, 1);
});
