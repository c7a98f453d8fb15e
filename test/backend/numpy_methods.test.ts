import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { tf } from "../../src/index";
import { assertClose } from "../close";

const x = tf.tensor2d([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], [3, 4], "int32");

describe("tensors read like NumPy's arrays", () => {
  // What NumPy gives for np.arange(12).reshape(3, 4)[…]
  const parts: { readonly [selection: string]: unknown } = {
    "1": [4, 5, 6, 7],
    "-1, -1": 11,
    "1:": [
      [4, 5, 6, 7],
      [8, 9, 10, 11],
    ],
    "::2, 1:3": [
      [1, 2],
      [9, 10],
    ],
    "..., 0": [0, 4, 8],
    ":, ::-1": [
      [3, 2, 1, 0],
      [7, 6, 5, 4],
      [11, 10, 9, 8],
    ],
    "0, 3:0:-2": [3, 1],
    "-2:100, 0": [4, 8],
    "0, -100:2": [0, 1],
  };
  for (const [selection, expected] of Object.entries(parts)) {
    test(`[${selection}]`, () => assert.deepEqual(x.slice(selection).arraySync(), expected));
  }

  test("an empty range has no rows", () => assert.deepEqual(x.slice("2:1").shape, [0, 4]));
  test("slice goes on taking numbers", () => assert.deepEqual(x.slice([1, 1], [1, 2]).arraySync(), [[5, 6]]));
  test("at takes several entries, and those where a condition holds", () => {
    assert.deepEqual(x.at([2, -3]).arraySync(), [
      [8, 9, 10, 11],
      [0, 1, 2, 3],
    ]);
    assert.deepEqual(x.at(x.greater(8)).arraySync(), [9, 10, 11]);
    assert.deepEqual(x.at(x.max(1).less(8)).shape, [2, 4]);
    assert.throws(() => x.at([3]), /expected indices from -3 to 2, but found 3 to 3/);
    assert.throws(() => x.at(tf.tensor([true])), /expected booleans for the first axes of a tensor of shape \[3,4\]/);
  });
  test("booleans are written as NumPy writes them", () => {
    assert.equal(String(x.at(0).greaterEqual(0)), "[ True  True  True  True]");
  });
  test("at counts from the end", () => {
    assert.deepEqual(x.at(-1).arraySync(), [8, 9, 10, 11]);
    assert.equal(x.at(0, -1).arraySync(), 3);
  });
  test("gradients go through a part", () => {
    const gradient = tf.grad((t) => t.slice("::2").square().sum())(tf.tensor1d([1, 2, 3]));
    assert.deepEqual(gradient.arraySync(), [2, 0, 6]);
  });
  test("std and variance divide by the number of values", () => {
    assertClose(x.std(), 3.452052529, "std");
    assertClose(x.variance(0), [10.66666667, 10.66666667, 10.66666667, 10.66666667], "variance");
    assert.deepEqual(x.std(0, true).shape, [1, 4]);
  });
  test("argmax of all values, or along an axis", () => {
    assert.equal(x.argmax().arraySync(), 11);
    assert.deepEqual(x.argmin(-1).arraySync(), [0, 0, 0]);
  });
  test("uniqueCounts sorts the values and counts them", () => {
    const { values, counts } = tf.tensor1d([9, 0, 0, 3], "int32").uniqueCounts();
    assert.deepEqual([values.arraySync(), counts.arraySync(), values.dtype], [[0, 3, 9], [2, 1, 1], "int32"]);
  });
  test("numpy() keeps the values that a variable has now", () => {
    const variable = tf.variable(tf.tensor1d([1]));
    const before = variable.numpy();
    variable.assign(tf.tensor1d([2]));
    assert.deepEqual(before.arraySync(), [1]);
  });
  test("ndim and astype", () => assert.deepEqual([x.ndim, x.astype("float32").dtype], [2, "float32"]));
});

describe("mistakes in a selection are named", () => {
  test("an index outside", () =>
    assert.throws(() => x.slice("3"), /slice\("3"\) of a tensor of shape \[3, 4\] expected an index from -3 to 2/));
  test("too many axes", () => assert.throws(() => x.slice("0, 0, 0"), /more axes than the tensor/));
  test("no range", () => assert.throws(() => x.slice("a:b"), /expected an index like "3".*found "a:b"/));
  test("a step of 0", () => assert.throws(() => x.slice("::0"), /a step other than 0/));
});
