import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs-core";
import { seedAll } from "../../src/backend/seed";
import * as layers from "../../src/layers/index";
import { isSerialized } from "../../src/saving/serialization";
import { onEachBackend } from "../backends";
import { assertClose } from "../close";
import { kerasValues, make } from "../keras_values";

const values = (x: tf.Tensor) => Array.from(x.dataSync());

onEachBackend("Random layers", () => {
  test("dropout drops the right share, scales the rest, and draws anew each step", () => {
    const dropout = layers.Dropout(0.3, { seed: 1 });
    const ones = tf.ones([32, 100]);
    const steps = Array.from({ length: 20 }, () => values(dropout(ones, { training: true })));
    const kept = steps.flat().filter((value) => value !== 0);
    assert.ok(Math.abs(kept.length / (20 * 3200) - 0.7) < 0.01, `kept ${kept.length / (20 * 3200)}`);
    assert.ok(kept.every((value) => Math.abs(value - 1 / 0.7) < 1e-6));
    for (let i = 1; i < steps.length; i++) {
      const agree = steps[i]?.filter((value, j) => (value === 0) === (steps[i - 1]?.[j] === 0)).length ?? 0;
      // Independent masks agree in 0.3² + 0.7² of the places.
      assert.ok(Math.abs(agree / 3200 - 0.58) < 0.06, `steps ${i - 1} and ${i} agree in ${agree / 3200}`);
    }
    assert.deepEqual(values(dropout(ones)), values(ones), "not while predicting");
  });

  test("a seeded dropout repeats between runs, not between steps (TensorFlow.js repeats its mask)", () => {
    const run = () => {
      const dropout = layers.Dropout(0.5, { seed: 3 });
      return [0, 1, 2].map(() => values(dropout(tf.ones([4, 8]), { training: true })).join());
    };
    const masks = run();
    assert.equal(new Set(masks).size, 3);
    assert.deepEqual(run(), masks);
  });

  test("the library's seed decides where none is given", () => {
    const draw = () => {
      seedAll(42);
      return values(layers.Dropout(0.5)(tf.ones([4, 8]), { training: true }));
    };
    assert.deepEqual(draw(), draw());
  });

  test("spatial dropout drops whole channels", () => {
    const y = layers.SpatialDropout2D(0.5, { seed: 1 })(tf.ones([4, 3, 3, 16]), { training: true });
    const [least, most] = [tf.min(y, [1, 2]), tf.max(y, [1, 2])];
    assert.deepEqual(values(least), values(most));
    assert.equal(new Set(values(y)).size, 2);
  });

  test("noise has the mean and deviation that were asked for", () => {
    const noise = (layer: layers.Layer) => tf.moments(layer.apply(tf.ones([100, 100]), { training: true }));
    const added = noise(layers.GaussianNoise(0.5, { seed: 1 }));
    assertClose([values(added.mean), values(added.variance)], [1, 0.25], "added noise", { atol: 0.03 });
    const scaled = noise(layers.GaussianDropout(0.2, { seed: 1 }));
    assertClose([values(scaled.mean), values(scaled.variance)], [1, 0.25], "noise that multiplies", { atol: 0.03 });
  });

  test("augmentation changes images while training only, and flips all of an image or none", () => {
    const images = tf.reshape(tf.range(0, 8 * 16), [8, 4, 4, 1]);
    const flip = layers.RandomFlip("horizontal", { seed: 5 });
    assert.deepEqual(values(flip(images)), values(images));
    const flipped = tf.unstack(flip(images, { training: true })).map((image) => values(image).join());
    const [plain, mirrored] = [images, tf.reverse(images, 2)].map((x) => tf.unstack(x).map((y) => values(y).join()));
    const turned = flipped.map((image, i) => (image === mirrored?.[i] ? 1 : image === plain?.[i] ? 0 : Number.NaN));
    const count = turned.reduce((sum, each) => sum + each, 0);
    assert.ok(count > 0 && count < 8, `${count} of 8 turned over`);
    for (const layer of [layers.RandomRotation(0.2), layers.RandomZoom(0.3)]) {
      assert.notDeepEqual(values(layer(images, { training: true })), values(images));
      assert.deepEqual(values(layer(images)), values(images));
    }
  });

  test("a quarter turn is a quarter turn, a zoom by nothing nothing", () => {
    const image = tf.reshape(tf.range(0, 9), [1, 3, 3, 1]);
    const turned = layers.RandomRotation([0.25, 0.25], { interpolation: "nearest" })(image, { training: true });
    assertClose(turned, [2, 5, 8, 1, 4, 7, 0, 3, 6], "counter-clockwise");
    assertClose(layers.RandomZoom([0, 0])(image, { training: true }), values(image), "zoom by 0", { atol: 1e-5 });
  });
});

onEachBackend("Layers", () => {
  test("Normalization takes mean and variance from data", () => {
    const normalize = layers.Normalization();
    normalize.adapt([
      [1, 10],
      [3, 30],
    ]);
    assertClose(normalize(tf.tensor2d([[5, 20]])), [[3, 0]], "normalized");
    assert.deepEqual(
      normalize.weights.map((weight) => weight.shape),
      [[2], [2], []],
    );
    assert.equal(normalize.trainableWeights.length, 0);
  });

  test("recurrent layers start from states that are given and return theirs", () => {
    const x = tf.randomNormal([2, 6, 3], 0, 1, "float32", 1);
    const lstm = layers.LSTM(4, { returnState: true });
    const all = lstm.call as (inputs: tf.Tensor | tf.Tensor[]) => tf.Tensor[];
    lstm.ensureBuilt([null, 6, 3]);
    const whole = all.call(lstm, x);
    assert.equal(whole.length, 3);
    const [, h, c] = all.call(lstm, tf.slice(x, [0, 0, 0], [2, 3, 3])) as [tf.Tensor, tf.Tensor, tf.Tensor];
    const rest = all.call(lstm, [tf.slice(x, [0, 3, 0], [2, 3, 3]), h, c]);
    for (const [i, state] of rest.entries())
      assertClose(state, (whole[i] as tf.Tensor).arraySync() as number[][], `state ${i}`);
  });

  test("a frozen BatchNormalization keeps its statistics while training", () => {
    const layer = layers.BatchNormalization();
    layer.ensureBuilt([null, 2]);
    layer.trainable = false;
    const x = tf.tensor2d([
      [4, 4],
      [8, 8],
    ]);
    assertClose(layer(x, { training: true }), values(tf.div(x, Math.sqrt(1.001))), "by the moving statistics");
  });
});

test("configs make equal layers", () => {
  const plain = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value, (_, v) => (isSerialized(v) ? { ...v, config: { ...v.config, name: "" } } : v)));
  const seen = new Set<string>();
  for (const made of kerasValues().layers) {
    const layer = make<layers.Layer>(layers, made);
    const copy = (layer.constructor as typeof layers.Dense).fromConfig(layer.getConfig() as never) as layers.Layer;
    assert.deepEqual(plain(copy.getConfig()), plain(layer.getConfig()));
    seen.add(layer.className);
  }
  assert.ok(seen.size > 30, `${seen.size} classes`);
});

test("mistakes are named", () => {
  assert.throws(() => layers.Dense(0), /Dense\(\) expected units to be a whole number above 0 but found/);
  assert.throws(() => layers.Dense(3, { activtion: "relu" } as object), /has no option "activtion".*activation/);
  assert.throws(() => layers.Dense(3, { activation: "rleu" as "relu" }), /Unknown activation "rleu"/);
  assert.throws(() => layers.Dropout(30), /rate from 0 to 1.*found number 30/);
  assert.throws(() => layers.Conv2D(3, 3, { padding: "smae" as "same" }), /padding to be one of "valid", "same"/);
  assert.throws(() => layers.Conv2D(3, 3)(tf.zeros([2, 28, 28])), /needs? ?.*channel axis|4 axes/);
  assert.throws(() => layers.Conv2D(3, 9)(tf.zeros([2, 5, 5, 1])), /larger than its input/);
  assert.throws(
    () => layers.Reshape([3, 3])(tf.zeros([2, 8])),
    /cannot reshape a sample of shape \[8\] \(8 values\) to \[3,3\]/,
  );
  assert.throws(
    () => layers.BatchNormalization({ axis: 7 })(tf.zeros([2, 3])),
    /normalizes axis 7, which its input of shape \(2, 3\) does not have/,
  );
  assert.throws(
    () => layers.BatchNormalization({ momentum: 2 }),
    /momentum to be a number from 0 to 1 but found number 2/,
  );
  assert.throws(() => layers.Add()([tf.zeros([2, 3]), tf.zeros([2, 4])]), /\(2, 3\) and \(2, 4\)/);
  assert.throws(() => layers.Bidirectional(layers.Dense(3)), /expected layer to be a recurrent layer/);
});
