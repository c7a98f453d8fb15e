import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { storedTensor, storedValues } from "../../src/backend/stored_tensor";
import { trainTestSplit } from "../../src/model_selection/train_test_split";
import { goldens } from "../goldens";

type Split = {
  n: number;
  test_size: number;
  random_state: number | null;
  shuffle: boolean;
  train_len: number;
  test_len: number;
  train_head: number[];
  train_tail: number[];
  test_head: number[];
  test_tail: number[];
};
type Stratified = { y: number[]; test_size: number; random_state: number; train: number[]; test: number[] };
const cases = goldens<{ train_test_split: Split[]; stratified: Stratified[] }>("model_selection");

const arange = (n: number) => Int32Array.from({ length: n }, (_, i) => i);

before(() => tf.setBackend("cpu"));

describe("trainTestSplit takes scikit-learn's rows", () => {
  for (const c of cases.train_test_split) {
    test(`${c.n} rows, testSize ${c.test_size}, randomState ${c.random_state}, shuffle ${c.shuffle}`, () => {
      const [train, held] = trainTestSplit(arange(c.n), {
        testSize: c.test_size,
        randomState: c.random_state,
        shuffle: c.shuffle,
      });
      assert.deepEqual([train.length, held.length], [c.train_len, c.test_len]);
      assert.deepEqual([...train.slice(0, 12)], c.train_head);
      assert.deepEqual([...train.slice(-4)], c.train_tail);
      assert.deepEqual([...held.slice(0, 12)], c.test_head);
      assert.deepEqual([...held.slice(-4)], c.test_tail);
    });
  }
  for (const c of cases.stratified) {
    test(`stratified, randomState ${c.random_state}`, () => {
      const labels = { array: c.y, "typed array": Int32Array.from(c.y), tensor: tf.tensor1d(c.y, "int32") };
      for (const [kind, stratify] of Object.entries(labels)) {
        const options = { testSize: c.test_size, randomState: c.random_state, stratify };
        const [train, held] = trainTestSplit(arange(c.y.length), options);
        assert.deepEqual([[...train], [...held]], [c.train, c.test], kind);
      }
    });
  }
});

describe("trainTestSplit keeps what it is given", () => {
  const options = { testSize: 2, randomState: 42 };
  test("tensors keep dtype and the other axes", () => {
    const x: tf.Tensor2D = tf.reshape(tf.range(0, 20), [10, 2]);
    const [train, held]: [tf.Tensor2D, tf.Tensor2D] = trainTestSplit(x, options);
    assert.deepEqual([train.shape, train.dtype], [[8, 2], "float32"]);
    assert.deepEqual(held.arraySync(), [
      [16, 17],
      [2, 3],
    ]);
  });
  test("pixels stay bytes", () => {
    const x: tf.Tensor2D = storedTensor(
      Uint8Array.from({ length: 20 }, (_, i) => i * 10),
      [10, 2],
    );
    const [, held] = trainTestSplit(x, options);
    assert.deepEqual(storedValues(held), Uint8Array.of(160, 170, 20, 30));
    assert.deepEqual([held.shape, held.dtype], [[2, 2], "int32"]);
  });
  test("arrays keep their elements, several are split alike", () => {
    const names = [..."abcdefghij"];
    const [, heldNames, , heldRows] = trainTestSplit(names, arange(10), options);
    const typed: string[] = heldNames;
    assert.deepEqual([typed, heldRows], [["i", "b"], Int32Array.of(8, 1)]);
  });
  test("a quarter is held back if nothing else is said", () => {
    const [train, held] = trainTestSplit(arange(10));
    assert.deepEqual([train.length, held.length], [7, 3]);
  });
});

const x = arange(10);
const refusals: [string, () => unknown, RegExp][] = [
  ["different numbers of rows", () => trainTestSplit(x, arange(9)), /same number of rows but found 10, 9/],
  ["an unknown option", () => trainTestSplit(x, { testsize: 0.2 } as object), /"testsize"\. Did you mean "testSize"\?/],
  ["a fraction of 1 or more", () => trainTestSplit(x, { testSize: 1.2 }), /testSize.*from 1 to 9.*found number 1\.2/],
  ["parts larger than the whole", () => trainTestSplit(x, { testSize: 0.6, trainSize: 0.6 }), /6 rows to train and 6/],
  ["an empty training part", () => trainTestSplit([1, 2], { testSize: 0.6 }), /cannot take 0 rows to train/],
  ["no data", () => trainTestSplit({ testSize: 0.2 }), /expected data to split/],
  ["a scalar tensor", () => trainTestSplit(tf.scalar(1)), /at least one axis/],
  ["a class with one row", () => trainTestSplit(x, { stratify: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0] }), /at least 2 rows/],
  ["labels of another length", () => trainTestSplit(x, { stratify: [1, 0] }), /expected 10 labels/],
  ["stratify without shuffle", () => trainTestSplit(x, { stratify: x, shuffle: false }), /without shuffling/],
];
describe("trainTestSplit refuses", () => {
  for (const [name, split, message] of refusals) test(name, () => assert.throws(split, message));
});
