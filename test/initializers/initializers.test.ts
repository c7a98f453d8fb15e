import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as tf from "@tensorflow/tfjs-core";
import { seedAll } from "../../src/backend/seed";
import * as constraints from "../../src/constraints/index";
import * as initializers from "../../src/initializers/index";
import * as regularizers from "../../src/regularizers/index";
import { serialize } from "../../src/saving/serialization";
import { onEachBackend } from "../backends";
import { assertClose } from "../close";
import { kerasValues, make } from "../keras_values";

before(() => tf.setBackend("cpu"));

const deviation = (values: ArrayLike<number>) => {
  const list = Array.from(values);
  const mean = list.reduce((sum, x) => sum + x, 0) / list.length;
  return Math.sqrt(list.reduce((sum, x) => sum + (x - mean) ** 2, 0) / list.length);
};

for (const { name, std, largest } of kerasValues().initializers) {
  test(`${name} is distributed as Keras's`, () => {
    const values = initializers
      .get(name as initializers.InitializerName)([200, 100])
      .dataSync();
    const found = deviation(values);
    assert.ok(Math.abs(found / std - 1) < 0.03, `standard deviation ${found}, Keras's ${std}`);
    const most = Math.max(...Array.from(values, Math.abs));
    assert.ok(Math.abs(most / largest - 1) < 0.35, `largest ${most}, Keras's ${largest}`);
  });
}

test("Dense kernels 784 × 100 are Keras's glorot_uniform, not TensorFlow.js's truncated glorotNormal", () => {
  const values = initializers.get("glorot_uniform")([784, 100]).dataSync();
  assert.ok(Math.max(...Array.from(values, Math.abs)) <= 0.08239);
  assert.ok(Math.abs(deviation(values) - 0.0476) < 0.0005);
});

test("one seed gives one set of values", () => {
  const draw = () => Array.from(initializers.GlorotNormal()([3, 4]).dataSync());
  seedAll(42);
  const first = draw();
  assert.notDeepEqual(draw(), first);
  seedAll(42);
  assert.deepEqual(draw(), first);
  const seeded = initializers.HeNormal({ seed: 7 });
  assert.deepEqual(seeded([5]).arraySync(), seeded([5]).arraySync());
});

test("an orthogonal matrix is orthogonal", () => {
  for (const shape of [
    [4, 4],
    [3, 5],
    [2, 2, 3],
  ]) {
    const matrix = tf.reshape(initializers.Orthogonal({ gain: 2 })(shape), [-1, shape.at(-1) as number]) as tf.Tensor2D;
    const tall = matrix.shape[0] >= matrix.shape[1];
    const product = tf.matMul(matrix, matrix, tall, !tall);
    assertClose(product, tf.mul(tf.eye(product.shape[0]), 4).arraySync() as number[][], `orthogonal ${shape}`, {
      atol: 1e-4,
    });
  }
});

onEachBackend("Keras's values of", () => {
  for (const { module, w, value, ...made } of kerasValues().weights) {
    test(`${made.class} with ${JSON.stringify(made.args)}`, () => {
      const classes = module === "constraints" ? constraints : regularizers;
      const f = make<(x: tf.Tensor) => tf.Tensor>(classes as never, made);
      assertClose(f(tf.tensor(w)), value, made.class);
    });
  }
});

test("configs make equal objects", () => {
  const made = [
    [initializers, initializers.VarianceScaling({ scale: 2, mode: "fan_out", seed: 3 })],
    [initializers, initializers.Constant(0.5)],
    [regularizers, regularizers.L1L2({ l1: 0.1, l2: 0.2 })],
    [constraints, constraints.MinMaxNorm({ minValue: 0.5, rate: 0.1 })],
  ] as const;
  for (const [module, object] of made) {
    const copy = module.get(serialize(object) as never) as typeof object;
    assert.deepEqual(copy.getConfig(), object.getConfig());
    assert.equal(copy.constructor, object.constructor);
  }
});

test("mistakes are named", () => {
  assert.throws(() => initializers.get("glorot_unifrom" as "glorot_uniform"), /glorot_uniform/);
  assert.throws(
    () => initializers.VarianceScaling({ mode: "fan" as "fan_in" }),
    /expected mode to be .* but found the string "fan"\. Did you mean "fan_in"/,
  );
  assert.throws(() => regularizers.L2(-1), /0 or more but found number -1/);
  assert.throws(() => constraints.MaxNorm({ max: 2 } as object), /has no option "max"/);
});
