import assert from "node:assert/strict";
import { before, describe, mock, test } from "node:test";
import "../../src/tensorflow/index";
import * as tf from "@tensorflow/tfjs-core";
import { compile } from "../../src/compiler/compile";
import { statistics } from "../../src/compiler/run/sessions";
import { assertClose, numbers } from "./close";

describe("compile", () => {
  before(() => tf.setBackend("cpu"));

  test("keeps the structure of arguments and results", async () => {
    const fn = compile(
      ({ a, list }: { a: tf.Tensor; list: tf.Tensor[] }, factor: number) => ({
        sum: tf.add(a, list[0] as tf.Tensor),
        all: [tf.mul(a, factor), null, "as it is"] as const,
      }),
      { strict: true },
    );
    const result = await fn({ a: tf.tensor1d([1, 2]), list: [tf.tensor1d([3, 4])] }, 10);
    assert.deepEqual([...result.sum.dataSync()], [4, 6]);
    assert.deepEqual([...result.all[0].dataSync()], [10, 20]);
    assert.deepEqual(result.all.slice(1), [null, "as it is"]);
  });

  test("specialises for each shape, dtype and number", async () => {
    let traces = 0;
    const twice = compile((x: tf.Tensor, factor: number) => {
      traces++;
      return tf.mul(x, tf.scalar(factor, x.dtype as "float32"));
    });
    assert.deepEqual([...(await twice(tf.tensor1d([1, 2]), 2)).dataSync()], [2, 4]);
    assert.deepEqual([...(await twice(tf.tensor1d([3, 4]), 2)).dataSync()], [6, 8]);
    assert.equal(traces, 1);
    assert.deepEqual([...(await twice(tf.tensor1d([1, 2, 3]), 2)).dataSync()], [2, 4, 6]);
    assert.deepEqual([...(await twice(tf.tensor1d([1, 2], "int32"), 2)).dataSync()], [2, 4]);
    assert.deepEqual([...(await twice(tf.tensor1d([1, 2]), 3)).dataSync()], [3, 6]);
    assert.equal(traces, 4);
  });

  test("reads and assigns variables in the order of the program", async () => {
    const [a, b] = [tf.variable(tf.scalar(1)), tf.variable(tf.scalar(10))];
    const step = compile(() => {
      a.assign(tf.add(a, b));
      b.assign(tf.mul(a, 2));
      return tf.sub(b, a);
    });
    assert.equal((await step()).dataSync()[0], 11);
    assert.deepEqual([a.dataSync()[0], b.dataSync()[0]], [11, 22]);
    a.assign(tf.scalar(0));
    assert.equal((await step()).dataSync()[0], 22);
    assert.deepEqual([a.dataSync()[0], b.dataSync()[0]], [22, 44]);
  });

  test("two variables may end with the same value, or with an input, a constant or each other's", async () => {
    const [a, b, c, d] = [1, 2, 3, 4].map((value) => tf.variable(tf.scalar(value))) as [tf.Variable, ...tf.Variable[]];
    const step = compile((x: tf.Tensor) => {
      const old = tf.clone(a);
      a.assign(tf.clone(b as tf.Variable));
      b?.assign(old);
      c?.assign(x);
      d?.assign(tf.scalar(7));
    });
    await step(tf.scalar(5));
    assert.deepEqual(
      [a, b, c, d].map((variable) => variable?.dataSync()[0]),
      [2, 1, 5, 7],
    );
  });

  test("a tensor from outside is a constant", async () => {
    const weights = numbers([3, 2], 1);
    const inputs = numbers([4, 3], 2);
    assertClose(await compile((x: tf.Tensor) => tf.matMul(x, weights))(inputs), tf.matMul(inputs, weights), "product");
  });

  test("an optimizer of TensorFlow.js, which makes its variables at the first call", async () => {
    const target = tf.tensor1d([1, 2]);
    const train = async (wrap: typeof compile | undefined) => {
      const w = tf.variable(tf.zeros([2]));
      const optimizer = tf.train.adam(0.1);
      const step = () => optimizer.minimize(() => tf.sum(tf.squaredDifference(w, target)) as tf.Scalar, true, [w]);
      const run = wrap ? wrap(step) : step;
      for (let i = 0; i < 20; i++) await run();
      return w;
    };
    assertClose(await train(compile), await train(undefined), "weights");
  });

  test("variables made at the first call start once; made at every call, they are refused", async () => {
    let total: tf.Variable | undefined;
    const sum = compile(
      (x: tf.Tensor) => {
        total ??= tf.variable(tf.ones([2]));
        total.assign(tf.add(total, x));
        return tf.clone(total);
      },
      { strict: true },
    );
    assert.deepEqual([...(await sum(tf.tensor1d([1, 2]))).dataSync()], [2, 3]);
    assert.deepEqual([...(await sum(tf.tensor1d([1, 2]))).dataSync()], [3, 5]);
    assert.deepEqual([...(total as tf.Variable).dataSync()], [3, 5]);
    const wasteful = compile((x: tf.Tensor) => tf.add(tf.variable(tf.zeros([2])), x), { strict: true });
    await assert.rejects(wasteful(tf.zeros([2])), /at every call/);
  });

  for (const [what, fn, reason] of [
    ["reading numbers", (x: tf.Tensor) => tf.mul(x, (x.dataSync()[0] as number) + 1), /reads the numbers/],
    ["random numbers", (x: tf.Tensor) => tf.add(x, tf.mul(0, tf.randomUniform([2]))), /random numbers/],
    ["data-dependent shapes", (x: tf.Tensor) => tf.unique(x as tf.Tensor1D).values, /Unique has no compiled form/],
  ] as const) {
    test(`${what}: runs eagerly and says so once; an error when strict`, async (context) => {
      const warn = context.mock.method(console, "warn", () => undefined);
      const x = tf.tensor1d([1, 2]);
      const before = x.dataSync().slice();
      statistics.fallbacks.clear();
      const eager = compile(fn);
      const expected = fn(x).dataSync();
      assert.deepEqual((await eager(x)).dataSync(), expected);
      assert.deepEqual((await eager(x)).dataSync(), expected);
      assert.equal(warn.mock.callCount(), 1);
      assert.match(String(warn.mock.calls[0]?.arguments[0]), reason);
      await assert.rejects(compile(fn, { strict: true })(x), reason);
      assert.deepEqual(x.dataSync(), before);
    });
  }

  test("an error of the function itself is the function's, and leaves variables alone", async (context) => {
    context.mock.method(console, "warn", () => undefined);
    const w = tf.variable(tf.scalar(3));
    const broken = compile((x: tf.Tensor) => {
      w.assign(tf.scalar(4));
      return tf.matMul(x, x);
    });
    await assert.rejects(broken(tf.zeros([2, 3])), /matMul/);
    w.assign(tf.add(w, 1));
    assert.equal(w.dataSync()[0], 5);
    assert.equal(tf.getBackend(), "cpu");
    assert.notEqual(Math.random(), Math.random());
  });

  test("the same function made again is not compiled again", async () => {
    const make = () => compile((x: tf.Tensor) => tf.tanh(tf.mul(x, 1.2345)));
    await make()(tf.tensor1d([1]));
    const { compilations } = statistics;
    assertClose(await make()(tf.tensor1d([2])), tf.tanh(tf.tensor1d([2.469])), "tanh");
    assert.equal(statistics.compilations, compilations);
  });

  test("JavaScript's own arithmetic is left alone", async () => {
    const tiny = Float64Array.of(1e-310);
    await compile((x: tf.Tensor) => tf.mul(x, 2))(tf.tensor1d([1]));
    assert.ok((tiny[0] as number) / 2 > 0);
  });

  test("results do not change when a later call computes new ones", async () => {
    const fn = compile((x: tf.Tensor) => tf.add(x, 1));
    const first = await fn(tf.tensor1d([1]));
    await fn(tf.tensor1d([5]));
    assert.equal(first.dataSync()[0], 2);
    mock.reset();
  });
});
