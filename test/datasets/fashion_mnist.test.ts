import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type * as tf from "@tensorflow/tfjs-core";
import { storedValues } from "../../src/backend/stored_tensor";
import { fashionMnist } from "../../src/datasets";
import { trainTestSplit } from "../../src/model_selection/train_test_split";

describe("the real Fashion-MNIST", () => {
  let train: [tf.Tensor3D, tf.Tensor1D];
  let held: [tf.Tensor3D, tf.Tensor1D];
  before(async () => {
    [train, held] = await fashionMnist.loadData();
  });

  test("shapes and types", () => {
    const facts = [...train, ...held].map((x) => `${x.dtype} ${x.shape.join("×")}`);
    assert.deepEqual(facts, ["int32 60000×28×28", "int32 60000", "int32 10000×28×28", "int32 10000"]);
  });
  test("the first labels of the tutorials", () => {
    assert.deepEqual([...train[1].dataSync().slice(0, 10)], [9, 0, 0, 3, 0, 2, 7, 2, 5, 5]);
    assert.deepEqual([...held[1].dataSync().slice(0, 10)], [9, 2, 1, 1, 6, 1, 4, 6, 5, 7]);
  });
  test("6000 of each class", () => {
    const counts = new Array<number>(10).fill(0);
    for (const label of train[1].dataSync()) (counts[label] as number)++;
    assert.deepEqual(counts, new Array(10).fill(6000));
  });
  test("pixels have the published mean and deviation, and stay bytes", () => {
    const pixels = storedValues(train[0]);
    assert.ok(pixels instanceof Uint8Array);
    let sum = 0;
    let squares = 0;
    for (const pixel of pixels) {
      sum += pixel / 255;
      squares += (pixel / 255) ** 2;
    }
    const mean = sum / pixels.length;
    assert.equal(mean.toFixed(4), "0.2860");
    assert.equal(Math.sqrt(squares / pixels.length - mean ** 2).toFixed(4), "0.3530");
  });
  test("the targets that the tutorial prints after the split", () => {
    const [x, xVal, y] = trainTestSplit(...train, { testSize: 0.2, randomState: 42 });
    assert.deepEqual(
      [x.shape, xVal.shape],
      [
        [48000, 28, 28],
        [12000, 28, 28],
      ],
    );
    assert.deepEqual([...y.dataSync().slice(0, 10)], [7, 3, 5, 8, 6, 9, 3, 3, 9, 9]);
    assert.ok(storedValues(x) instanceof Uint8Array);
  });
});
