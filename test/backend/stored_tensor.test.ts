import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import * as tf from "@tensorflow/tfjs-core";
import "../../src/tensorflow/index";
import { takeRows } from "../../src/backend/rows";
import { keptValues, storedTensor, storedValues } from "../../src/backend/stored_tensor";

const bytes = (size: number) => Uint8Array.from({ length: size }, (_, i) => i % 256);

before(() => tf.setBackend("cpu"));

describe("a stored tensor is any tensor", () => {
  const size = 4 * 3 * 2;
  const ordinary = () => tf.tensor(Array.from(bytes(size)), [4, 3, 2], "int32");
  const cases: [string, (x: tf.Tensor) => tf.Tensor, boolean][] = [
    ["as it is", (x) => x, true],
    ["reshaped", (x) => x.reshape([-1, 6]), true],
    ["flattened", (x) => x.flatten(), false],
    ["expanded at the end", (x) => x.expandDims(-1), true],
    ["expanded at the front", (x) => x.expandDims(), true],
    ["expanded inside", (x) => x.expandDims(1), true],
    ["rows by number", (x) => x.slice(1, 2), true],
    ["rows to the end", (x) => x.slice(2), true],
    ["rows by list", (x) => x.slice([1], [2]), true],
    ["rows and whole axes", (x) => x.slice([1, 0, 0], [2, 3, -1]), true],
    ["no rows", (x) => x.slice(4), true],
    ["a block", (x) => x.slice([1, 1, 0], [2, 2, 1]), false],
    ["divided by a number", (x) => x.div(255), true],
    ["divided by a tensor", (x) => x.div(tf.scalar(255)), false],
    ["gathered", (x) => x.gather([3, 0]), false],
    ["as floats", (x) => x.toFloat().mean(0), false],
    ["a view's row", (x) => x.reshape([8, 3]).slice(5, 2), true],
  ];
  for (const [name, change, stays] of cases) {
    test(name, () => {
      const stored = change(storedTensor(bytes(size), [4, 3, 2]));
      const expected = change(ordinary());
      assert.equal(storedValues(stored) !== undefined, stays);
      assert.deepEqual([stored.shape, stored.dtype], [expected.shape, expected.dtype]);
      assert.deepEqual(stored.arraySync(), expected.arraySync());
    });
  }
  for (const bad of [
    [2, 4],
    [-1, 1],
  ] as const) {
    const [begin, count] = bad;
    test(`slice(${bad}) is refused as of any tensor`, () => {
      const args = [begin, count] as [number, number];
      assert.throws(() => ordinary().slice(...args));
      assert.throws(() => storedTensor(bytes(size), [4, 3, 2]).slice(...args));
    });
  }
});

test("data() and dataSync() widen to the dtype", async () => {
  assert.deepEqual(await storedTensor(bytes(3), [3]).data(), Int32Array.of(0, 1, 2));
  assert.deepEqual(storedTensor(bytes(3), [3], "float32").dataSync(), Float32Array.of(0, 1, 2));
  assert.deepEqual(storedTensor(Uint8Array.of(0, 1), [2], "bool").dataSync(), Uint8Array.of(0, 1));
});

test("a view outlives what it was made of", () => {
  const whole = storedTensor(bytes(8), [4, 2]);
  const part = whole.slice(1, 1);
  whole.dispose();
  assert.deepEqual(part.arraySync(), [[2, 3]]);
});

test("an operation does not change what views of it hold", () => {
  const whole = storedTensor(bytes(8), [4, 2]);
  const part = whole.slice(2);
  whole.add(1);
  assert.equal(storedValues(whole), undefined);
  assert.ok(storedValues(part));
  assert.deepEqual(part.arraySync(), [
    [4, 5],
    [6, 7],
  ]);
});

test("gradients flow through reshape and slice", () => {
  const x = storedTensor(Float32Array.of(1, 2, 3, 4), [2, 2]);
  const [dx] = tf.grads((v) => v.reshape([4]).slice(1, 2).square().sum())([x]);
  assert.deepEqual(dx?.arraySync(), [
    [0, 4],
    [6, 0],
  ]);
});

test("tidy and dispose count", () => {
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    storedTensor(bytes(8), [4, 2]).slice(1).reshape([6]).add(1);
  });
  storedTensor(bytes(8), [8]).dispose();
  assert.equal(tf.memory().numTensors, before);
});

test("takeRows keeps kind and storage", () => {
  const rows = Int32Array.of(2, 0);
  assert.deepEqual(takeRows([..."abc"], rows), ["c", "a"]);
  assert.deepEqual(takeRows(Uint8Array.of(7, 8, 9), rows), Uint8Array.of(9, 7));
  assert.deepEqual(storedValues(takeRows(storedTensor(bytes(6), [3, 2]), rows)), Uint8Array.of(4, 5, 0, 1));
  assert.deepEqual(takeRows(tf.tensor1d(["x", "y", "z"]), rows).arraySync(), ["z", "x"]);
});

test("values must fill the shape", () => {
  assert.throws(() => storedTensor(bytes(5), [2, 3]), /Expected 6 values for shape \[2,3\] but found 5/);
});

test("a large tensor that is read for training stays where reading is free", () => {
  const x = tf.tensor1d(new Float32Array(2 ** 16).fill(2));
  const view = x.reshape([2, -1]);
  const values = keptValues(x);
  assert.equal(keptValues(x), values);
  assert.equal(storedValues(view), values);
  assert.equal(x.add(1).sum().arraySync(), 3 * 2 ** 16);
  assert.deepEqual([storedValues(x), view.sum().arraySync()], [undefined, 2 * 2 ** 16]);
  assert.equal(keptValues(x).byteLength, 4 * 2 ** 16);
  x.dispose();
  assert.equal(storedValues(view)?.length, 2 ** 16);
  view.dispose();
  assert.equal(storedValues(view), undefined);
});
