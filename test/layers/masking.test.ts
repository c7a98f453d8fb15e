import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { keras, tf } from "../../src/index";
import { assertClose } from "../close";

const { layers } = keras;
const words = tf.tensor2d(
  [
    [3, 1, 0, 0],
    [2, 0, 0, 0],
  ],
  [2, 4],
  "int32",
);

describe("steps that are padding", () => {
  test("do not change what a recurrent layer ends with", async () => {
    keras.utils.setRandomSeed(1);
    const embedding = layers.Embedding(5, 3, { maskZero: true });
    for (const layer of [layers.SimpleRNN(4), layers.LSTM(4), layers.GRU(4), layers.Bidirectional(layers.LSTM(2))]) {
      const model = keras.Sequential([layers.Input([null], { dtype: "int32" }), embedding, layer]);
      const padded = await model.predict(words, { verbose: 0 });
      const short = await model.predict(words.slice([0, 0], [1, 2]), { verbose: 0 });
      assertClose(padded.slice("0:1"), short.arraySync() as number[][], layer.name, { rtol: 1e-5 });
    }
  });

  test("do not count in losses and means, compiled as eagerly", async () => {
    const losses: number[][] = [];
    for (const runEagerly of [false, true]) {
      const model = keras.Sequential([
        layers.Input([3, 1]),
        layers.Masking({ maskValue: -1 }),
        layers.Dense(1, { kernelInitializer: "ones" }),
      ]);
      model.compile({ loss: "mse", metrics: ["mae"], runEagerly });
      const x = tf.tensor3d([[[1], [3], [-1]]]);
      losses.push(await model.evaluate(x, tf.zeros([1, 3, 1]), { verbose: 0 }));
    }
    // The squares 1 and 9, and the absolute values 1 and 3, over two steps.
    assert.deepEqual(losses, [
      [5, 2],
      [5, 2],
    ]);
  });

  test("are told to layers of one's own, and go on where these say so", () => {
    const seen: unknown[] = [];
    class Looks extends layers.Layer {
      override call(x: tf.Tensor, { mask }: keras.layers.CallOptions) {
        seen.push((mask as tf.Tensor | undefined)?.arraySync());
        return x.mul(2);
      }
    }
    const embedded = layers.Embedding(5, 3, { maskZero: true })(words);
    const expected = [
      [1, 1, 0, 0],
      [1, 0, 0, 0],
    ];
    const passing = new Looks();
    passing.supportsMasking = true;
    new Looks()(passing(embedded));
    assert.deepEqual(seen, [expected, expected]);
  });

  test("end with a warning at a layer that does not know of them", (t) => {
    const warn = t.mock.method(console, "warn", () => undefined);
    layers.LSTM(2)(layers.Conv1D(2, 1)(layers.Embedding(5, 3, { maskZero: true })(words)));
    assert.match(String(warn.mock.calls[0]?.arguments[0]), /Conv1D\) does not support masking/);
    assert.equal(warn.mock.callCount(), 1);
  });
});

describe("a stateful layer", () => {
  const x = tf.randomUniform([2, 6, 3], -1, 1, "float32", 1);

  test("goes on where the last batch ended, until it is reset", async () => {
    const make = (stateful: boolean) =>
      keras.Sequential([layers.Input([null, 3], { batchSize: 2 }), layers.LSTM(4, { stateful })]);
    const [whole, parts] = [make(false), make(true)];
    parts.setWeights(whole.getWeights());
    const [lstm] = parts.layers as [keras.layers.LSTM];
    for (let round = 0; round < 2; round++) {
      await parts.predict(x.slice(":, :3"), { verbose: 0 });
      const last = await parts.predict(x.slice(":, 3:"), { verbose: 0 });
      const expected = await whole.predict(x, { verbose: 0 });
      assertClose(last, expected.arraySync() as number[][], `round ${round}`, { rtol: 1e-5 });
      lstm.resetState();
    }
  });

  test("needs to know the size of batches", () => {
    assert.throws(
      () => keras.Sequential([layers.Input([6, 3]), layers.GRU(4, { stateful: true })]),
      /is stateful, which needs a fixed size of batches: keras\.Input\(shape, \{ batchSize: 32 \}\)/,
    );
  });
});
