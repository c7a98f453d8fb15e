import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import "../../src/tensorflow/index";
import * as tf from "@tensorflow/tfjs-core";
import { variable } from "../../src/backend/variable";
import { CompiledLoop, type LoopColumn } from "../../src/compiler/run/loop";
import { assertClose, numbers } from "./close";

const rows = 50;
const order = Int32Array.from({ length: 40 }, (_, i) => (i * 7) % rows);

const columns = (): LoopColumn[] => [
  { values: numbers([rows, 6], 1).dataSync() as Float32Array, shape: [2, 3], dtype: "float32" },
  { values: Uint8Array.from({ length: rows }, (_, i) => i % 3), shape: [], dtype: "float32" },
];

/** A small classifier, trained by gradient descent with momentum, that counts its steps. */
function classifier() {
  const weights = variable(numbers([6, 3], 2), { name: "weights" });
  const velocity = variable(tf.zeros([6, 3]), { name: "velocity" });
  const rate = variable(tf.scalar(0.1), { name: "rate" });
  const steps = variable(tf.scalar(0, "int32"), { name: "steps" });
  const step = ([x, y]: readonly tf.Tensor[]) => {
    const inputs = tf.reshape(x as tf.Tensor, [-1, 6]);
    const labels = tf.oneHot(tf.cast(y as tf.Tensor1D, "int32"), 3);
    const loss = (w: tf.Tensor) => tf.neg(tf.mean(tf.mul(labels, tf.logSoftmax(tf.matMul(inputs, w)))));
    velocity.assign(tf.add(tf.mul(velocity, 0.9), tf.grad(loss)(weights)));
    weights.assign(tf.sub(weights, tf.mul(velocity, rate)));
    steps.assign(tf.add(steps, tf.scalar(1, "int32")));
    return [tf.matMul(inputs, weights)];
  };
  return { step, weights, velocity, steps, rate };
}

/** The same steps, one by one in JavaScript. */
function runEagerly(step: (batch: tf.Tensor[]) => readonly tf.Tensor[], batchSize: number): tf.Tensor[][] {
  const results: tf.Tensor[][] = [];
  for (let at = 0; at < order.length; at += batchSize) {
    const numbersOfRows = tf.tensor1d(order.subarray(at, at + batchSize), "int32");
    const batch = columns().map(({ values, shape, dtype }) =>
      tf.gather(tf.tensor(Array.from(values), [rows, ...shape], dtype), numbersOfRows),
    );
    results.push([...step(batch)]);
  }
  return results;
}

describe("a compiled loop of steps", () => {
  before(() => tf.setBackend("cpu"));

  test("follows the eager steps, variable by variable and result by result", async () => {
    const [compiled, eager] = [classifier(), classifier()];
    const loop = await CompiledLoop.compile(compiled.step, columns(), 8);
    const actual = await loop.run(columns(), rows, order);
    const expected = runEagerly(eager.step, 8);
    for (const name of ["weights", "velocity", "steps"] as const) assertClose(compiled[name], eager[name], name);
    assert.equal(actual.length, 5);
    actual.forEach(([logits], i) => {
      assertClose(logits as tf.Tensor, expected[i]?.[0] as tf.Tensor, `logits of step ${i}`);
    });
  });

  test("may be run in pieces, with variables changed between", async () => {
    const [pieces, whole] = [classifier(), classifier()];
    const loop = await CompiledLoop.compile(pieces.step, columns(), 8);
    const other = await CompiledLoop.compile(whole.step, columns(), 8);
    await other.run(columns(), rows, order.subarray(0, 16));
    whole.rate.assign(tf.scalar(0.5));
    await other.run(columns(), rows, order.subarray(16));
    await loop.run(columns(), rows, order.subarray(0, 8));
    await loop.run(columns(), rows, order.subarray(8, 16));
    pieces.rate.assign(tf.scalar(0.5));
    for (let at = 16; at < order.length; at += 8) await loop.run(columns(), rows, order.subarray(at, at + 8));
    assert.deepEqual(pieces.weights.dataSync(), whole.weights.dataSync());
    assert.equal(pieces.steps.dataSync()[0], 5);
  });

  test("gives the same bits at every run", async () => {
    const results = [];
    for (let run = 0; run < 2; run++) {
      const { step, weights } = classifier();
      const loop = await CompiledLoop.compile(step, columns(), 8);
      await loop.run(columns(), rows, order);
      results.push(weights.dataSync());
    }
    assert.deepEqual(results[0], results[1]);
  });

  test("state may stay, swap, or become a batch or a constant", async () => {
    const make = (value: number) => variable(tf.tensor1d([value]));
    const [a, b, c, d, unread] = [make(1), make(2), make(3), make(4), make(5)];
    const step = ([x]: readonly tf.Tensor[]) => {
      const old = tf.clone(a);
      a.assign(tf.clone(b));
      b.assign(old);
      c.assign(x as tf.Tensor);
      d.assign(tf.tensor1d([7]));
      unread.assign(tf.clone(unread));
      return [];
    };
    const column: LoopColumn = { values: Float32Array.of(10, 11, 12), shape: [], dtype: "float32" };
    const loop = await CompiledLoop.compile(step, [column], 1);
    await loop.run([column], 3, Int32Array.of(0, 1, 2));
    assert.deepEqual(
      [a, b, c, d, unread].map((each) => each.dataSync()[0]),
      [2, 1, 12, 7, 5],
    );
  });

  test("no step at all changes nothing", async () => {
    const { step, weights } = classifier();
    const loop = await CompiledLoop.compile(step, columns(), 8);
    const before = weights.dataSync().slice();
    assert.deepEqual(await loop.run(columns(), rows, new Int32Array()), []);
    assert.deepEqual(weights.dataSync(), before);
  });

  test("a row number beyond the data is an error, not a crash", async () => {
    const { step } = classifier();
    const loop = await CompiledLoop.compile(step, columns(), 1);
    await assert.rejects(loop.run(columns(), rows, Int32Array.of(rows)), /indices|bounds/);
  });
});
