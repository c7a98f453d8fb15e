import assert from "node:assert/strict";
import { describe, test } from "node:test";
import "../../src/tensorflow/index";
import * as tf from "@tensorflow/tfjs-core";
import { statistics } from "../../src/compiler/run/sessions";
import { compile, keras } from "../../src/index";
import { assertClose, numbers } from "./close";

describe("compile says what is wrong, in a sentence", () => {
  const product = () => compile((a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b));

  test("other shapes at the second call: another graph, or the function's own error", async (context) => {
    const warn = context.mock.method(console, "warn", () => undefined);
    const matMul = product();
    const [a, b] = [numbers([2, 3], 1), numbers([3, 2], 2)];
    assertClose(await matMul(a, b), tf.matMul(a, b), "first call");
    for (let i = 0; i < 2; i++) await assert.rejects(matMul(a, a), /inner shapes \(3\) and \(2\)/);
    const wide = numbers([3, 5], 3);
    assertClose(await matMul(a, wide), tf.matMul(a, wide), "wider");
    assertClose(await matMul(a, b), tf.matMul(a, b), "as at first");
    assert.equal(warn.mock.callCount(), 0);
    const strict = compile((x: tf.Tensor, y: tf.Tensor) => tf.matMul(x, y), { strict: true });
    await assert.rejects(strict(a, a), /Matrices of shapes \[2,3\] and \[2,3\] cannot be multiplied/);
  });

  test("an index outside, found while it runs", async () => {
    const take = compile((x: tf.Tensor, at: tf.Tensor) => tf.gather(x, at as tf.Tensor1D), { strict: true });
    const x = tf.tensor1d([1, 2, 3]);
    await assert.rejects(
      take(x, tf.tensor1d([5], "int32")),
      /failed in Gather: indices element out of data bounds, idx=5/,
    );
    assert.deepEqual([...(await take(x, tf.tensor1d([2], "int32"))).dataSync()], [3]);
  });

  test("more constants than a graph holds: runs eagerly and says so; an error when strict", async (context) => {
    const warn = context.mock.method(console, "warn", () => undefined);
    // Untouched, these two gigabytes are nowhere in memory.
    const large = tf.tensor1d(new Float32Array(2 ** 29));
    const add = (x: tf.Tensor) => tf.add(x, tf.slice(large, 0, 2));
    assert.deepEqual([...(await compile(add)(tf.tensor1d([1, 2]))).dataSync()], [1, 2]);
    assert.match(String(warn.mock.calls[0]?.arguments[0]), /from outside have 2\.0 GB, and a graph holds 2 GB; pass/);
    await assert.rejects(compile(add, { strict: true })(tf.tensor1d([1, 2])), /a graph holds 2 GB/);
    large.dispose();
  });

  test("each function says for itself why it is not compiled, once", async (context) => {
    const warn = context.mock.method(console, "warn", () => undefined);
    const [first, second] = [0, 1].map(() => compile((x: tf.Tensor) => tf.unique(x as tf.Tensor1D).values));
    for (const x of [tf.tensor1d([1, 1]), tf.tensor1d([1, 1, 2])]) for (const fn of [first, second]) await fn?.(x);
    assert.equal(warn.mock.callCount(), 2);
  });

  test("tensors of strings, no function, a misspelled option", async (context) => {
    context.mock.method(console, "warn", () => undefined);
    const words = tf.tensor1d(["a", "b"]);
    assert.deepEqual((await compile((x: tf.Tensor) => x)(words)).dataSync(), ["a", "b"]);
    await assert.rejects(compile((x: tf.Tensor) => x, { strict: true })(words), /dtype string have no compiled form/);
    assert.throws(() => compile(3 as never), /compile\(\) expected a function but found number 3/);
    assert.throws(() => compile(() => 0, { strct: true } as object), /no option "strct"\. Did you mean "strict"/);
  });

  test("a device that is not there; what was compiled goes on where it was", async () => {
    for (const device of ["tpu", "cuda"] as const) {
      await assert.rejects(
        keras.config.setDevice(device as "cuda"),
        new RegExp(
          `Expected a device that ONNX Runtime can use on this machine but found "${device}": .*"cpu" is always`,
        ),
      );
    }
    assert.equal(keras.config.compiler().device, "cpu");
    const [a, b] = [numbers([2, 3], 1), numbers([3, 2], 2)];
    assertClose(await product()(a, b), tf.matMul(a, b), "product");
  });
});

describe("a model changed between calls is trained as it is now", () => {
  const x = numbers([12, 4], 1);
  const y = numbers([12, 2], 2);
  const { Input, Dense } = keras.layers;
  type Model = ReturnType<typeof keras.Sequential>;
  type How = { jitCompile: true } | { runEagerly: true };
  const settings = { optimizer: "sgd", loss: "mse" } as const;

  const changes: { readonly [what: string]: (model: Model, how: How) => void } = {
    "a layer added": (model, how) => {
      model.add(Dense(2, { activation: "tanh" }));
      model.compile({ ...settings, ...how });
    },
    "a layer taken away": (model, how) => {
      model.pop();
      model.add(Dense(2));
      model.compile({ ...settings, ...how });
    },
    "a layer frozen": (model, how) => {
      (model.layers[0] as keras.layers.Layer).trainable = false;
      model.compile({ ...settings, ...how });
    },
    "a layer frozen, without compiling again": (model) => {
      (model.layers[0] as keras.layers.Layer).trainable = false;
    },
    "another loss and optimizer": (model, how) => {
      model.compile({ optimizer: keras.optimizers.Adam(0.01), loss: "mae", ...how });
    },
    "another learning rate": (model) => {
      model.optimizer.learningRate = 0.5;
    },
    "weights set": (model) => model.setWeights(model.getWeights().map((weight) => tf.mul(weight, 2))),
  };

  for (const [what, change] of Object.entries(changes)) {
    test(what, async () => {
      const train = async (how: How) => {
        keras.utils.setRandomSeed(3);
        const model = keras.Sequential([Input([4]), Dense(3, { activation: "tanh" }), Dense(2)]);
        model.compile({ ...settings, ...how });
        const options = { batchSize: 4, verbose: 0, shuffle: false } as const;
        await model.fit(x, y, options);
        change(model, how);
        await model.fit(x, y, options);
        return [...model.getWeights(), await model.predict(x, { verbose: 0 })];
      };
      const { runs } = statistics;
      const compiled = await train({ jitCompile: true });
      assert.ok(statistics.runs > runs);
      (await train({ runEagerly: true })).forEach((tensor, i) => {
        assertClose(compiled[i] as tf.Tensor, tensor, `result ${i}`);
      });
    });
  }
});
