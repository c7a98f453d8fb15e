import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { statistics } from "../../src/compiler/run/sessions";
import { hostSymbol } from "../../src/display/host";
import { keras, tf } from "../../src/index";
import type { Batches } from "../../src/trainers/batches";
import { assertClose, numbers } from "./close";

const rows = 50;
const batchSize = 16;
const x = numbers([rows, 6], 1);
const labels = tf.tensor1d(
  Array.from({ length: rows }, (_, i) => i % 3),
  "int32",
);

function classifier(how: { jitCompile?: boolean; runEagerly?: boolean }) {
  keras.utils.setRandomSeed(7);
  const { Input, Dense, Dropout } = keras.layers;
  const model = keras.Sequential([Input([6]), Dense(5, { activation: "tanh" }), Dropout(0.2), Dense(3)]);
  const loss = keras.losses.SparseCategoricalCrossentropy({ fromLogits: true });
  model.compile({ optimizer: "adam", loss, metrics: ["accuracy"], ...how });
  return model;
}

// Of fifty rows by sixteen, the last batch is short.
const starts = Array.from({ length: Math.ceil(rows / batchSize) }, (_, i) => i * batchSize);
const batchAt = (start: number) => {
  const size = Math.min(batchSize, rows - start);
  return [x.slice(start, size), labels.slice(start, size)] as const;
};

function* generator() {
  for (const start of starts) yield batchAt(start);
}

async function* asynchronous() {
  for (const batch of generator()) {
    await new Promise(setImmediate);
    yield batch;
  }
}

/** A data set of TensorFlow.js, which comes with tfjs-node. */
async function dataset() {
  const data = await import("@tensorflow/tfjs-data");
  return data
    .zip({ xs: data.array(x.arraySync() as number[][]), ys: data.array(labels.arraySync() as number[]) })
    .batch(batchSize);
}

describe("batches of a generator are compiled", () => {
  const kinds: { readonly [kind: string]: () => Promise<Batches> } = {
    "a generator function": async () => generator,
    "an asynchronous generator": async () => asynchronous,
    "a list of batches in a loop of its own": async () => () => [...generator()][Symbol.iterator](),
    "a tf.data.Dataset": async () => (await dataset()) as unknown as Batches,
  };
  for (const [kind, make] of Object.entries(kinds)) {
    test(`${kind} trains as the arrays do, and as eagerly`, async () => {
      const options = { epochs: 3, verbose: 0, shuffle: false } as const;
      const arrays = classifier({ jitCompile: true });
      const expected = await arrays.fit(x, labels, { ...options, batchSize, validationData: [x, labels] });
      for (const how of [{ jitCompile: true }, { runEagerly: true }]) {
        const model = classifier(how);
        const { runs } = statistics;
        const data = await make();
        const { history } = await model.fit(data, undefined, { ...options, validationData: data });
        // Three epochs of four batches, trained and validated.
        assert.equal(statistics.runs - runs, how.jitCompile ? 24 : 0);
        for (const [name, values] of Object.entries(expected.history)) {
          assertClose(tf.tensor1d(history[name] as number[]), tf.tensor1d(values), name);
        }
        model.getWeights().forEach((weight, i) => {
          assertClose(weight, arrays.getWeights()[i] as tf.Tensor, `weight ${i}`);
        });
        const evaluated = await model.evaluate(data, undefined, { verbose: 0 });
        assertClose(tf.tensor1d(evaluated), tf.tensor1d(await arrays.evaluate(x, labels, { verbose: 0 })), "loss");
        assertClose(await model.predict(data, { verbose: 0 }), await arrays.predict(x, { verbose: 0 }), "predictions");
      }
    });
  }

  test("the graphs are made once, one for each size of batch", async () => {
    const model = classifier({ jitCompile: true });
    const { traces } = statistics;
    await model.fit(generator, undefined, { epochs: 4, verbose: 0 });
    assert.equal(statistics.traces - traces, 2);
  });

  test("batches that all have another size are not compiled without end", async () => {
    const train = async (how: { runEagerly?: boolean }) => {
      const model = classifier(how);
      function* growing() {
        for (let size = 1; size <= 40; size++) yield [x.slice(0, size), labels.slice(0, size)] as const;
      }
      await model.fit(growing, undefined, { verbose: 0 });
      return model.getWeights();
    };
    const { traces } = statistics;
    const [found, expected] = [await train({}), await train({ runEagerly: true })];
    assert.equal(statistics.traces - traces, 16);
    found.forEach((weight, i) => {
      assertClose(weight, expected[i] as tf.Tensor, `weight ${i}`);
    });
  });

  test("a step without a compiled form is tried once", async (context) => {
    const info = context.mock.method(console, "info", () => undefined);
    let calls = 0;
    const model = classifier({});
    model.compile({
      loss: (yTrue: tf.Tensor, yPred: tf.Tensor) => {
        calls++;
        return tf.mean(tf.square(tf.sub(yPred, yTrue.dataSync()[0] as number)), -1);
      },
    });
    await model.fit(generator, undefined, { epochs: 2, verbose: 0 });
    assert.equal(info.mock.callCount(), 1);
    assert.equal(calls, 1 + 8);
  });

  test("the stop button ends it after a batch, and the weights are those of that batch", async () => {
    const stopped = async (how: { jitCompile?: boolean; runEagerly?: boolean }) => {
      const abort = new AbortController();
      const global = globalThis as { [hostSymbol]?: object };
      global[hostSymbol] = {
        name: "test",
        live: false,
        signal: abort.signal,
        display() {},
        clearOutput() {},
        cooperate: <T>(work: () => Promise<T>) => work(),
      };
      try {
        const model = classifier(how);
        function* interrupted() {
          for (const start of starts.slice(0, 3)) yield batchAt(start);
          abort.abort(new Error("stopped"));
          yield batchAt(starts[3] as number);
          throw new Error("went on after the stop button");
        }
        await assert.rejects(model.fit(interrupted, undefined, { verbose: 0 }), /stopped/);
        return model.getWeights();
      } finally {
        delete global[hostSymbol];
      }
    };
    const [compiled, eager] = [await stopped({ jitCompile: true }), await stopped({ runEagerly: true })];
    compiled.forEach((weight, i) => {
      assertClose(weight, eager[i] as tf.Tensor, `weight ${i}`);
    });
  });
});
