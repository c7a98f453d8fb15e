import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { hostSymbol, type MimeBundle, type NotebookHost } from "../../src/display/host";
import { keras, tf } from "../../src/index";

class KeyboardInterrupt extends Error {
  override readonly name = "KeyboardInterrupt";
}

/** A notebook that notes what it is asked to show. */
class TestHost implements NotebookHost {
  readonly name = "test";
  readonly live = true;
  readonly shown: { text: string; id: string | undefined; update: boolean; at: number }[] = [];
  readonly #abort = new AbortController();
  cooperating = 0;

  display(bundle: MimeBundle, options: { displayId?: string; update?: boolean } = {}): void {
    const text = String(bundle["text/plain"]);
    this.shown.push({ text, id: options.displayId, update: options.update ?? false, at: performance.now() });
  }

  clearOutput(): void {}

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  async cooperate<T>(work: () => Promise<T>): Promise<T> {
    this.cooperating++;
    try {
      return await work();
    } finally {
      this.cooperating--;
    }
  }

  interrupt(): void {
    this.#abort.abort(new KeyboardInterrupt("interrupted"));
  }
}

const global = globalThis as { [hostSymbol]?: NotebookHost };

describe("fit in a live notebook", () => {
  let host: TestHost;
  beforeEach(() => {
    host = new TestHost();
    global[hostSymbol] = host;
  });
  afterEach(() => {
    delete global[hostSymbol];
  });

  const makeModel = () => {
    const model = keras.Sequential([keras.layers.Input([4]), keras.layers.Dense(2, { activation: "softmax" })]);
    model.compile({ loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });
    return model;
  };
  const x = tf.randomNormal([4000, 4]);
  const y = tf.zeros([4000], "int32");

  test("shows one display, replaced in place at most ten times a second, final state last", async () => {
    await makeModel().fit(x, y, { epochs: 3 });
    assert.equal(new Set(host.shown.map(({ id }) => id)).size, 1);
    assert.deepEqual(
      host.shown.map(({ update }) => update),
      host.shown.map((_, i) => i > 0),
    );
    const last = host.shown.at(-1)?.text ?? "";
    assert.match(
      last,
      /Epoch 1\/3\n.*125\/125.*\nEpoch 2\/3\n.*\nEpoch 3\/3\n.*125\/125.*accuracy: [\d.]+ - loss: [\d.]+$/,
    );
    assert.doesNotMatch(last, /[\b\r]/);
  });

  test("ends at a step when the reader stops it, with the history so far and the weights of the last step", async () => {
    const model = makeModel();
    const first = model.getWeights().map((weight) => weight.arraySync());
    const callbacks = { onEpochEnd: (epoch: number) => epoch === 1 && host.interrupt() };
    const fitting = model.fit(x, y, { epochs: 1000, verbose: 0, callbacks });
    await assert.rejects(fitting, KeyboardInterrupt);
    assert.deepEqual(model.history?.epoch, [0, 1]);
    assert.equal(model.history?.history["loss"]?.length, 2);
    assert.notDeepEqual(
      model.getWeights().map((weight) => weight.arraySync()),
      first,
    );
    assert.equal(host.cooperating, 0);
  });

  test("stops in the middle of an epoch, and the model trains on afterwards", async () => {
    const model = makeModel();
    const fitting = model.fit(x, y, { epochs: 100000, verbose: 0 });
    setTimeout(() => host.interrupt(), 200);
    await assert.rejects(fitting, KeyboardInterrupt);
    global[hostSymbol] = new TestHost();
    const history = await model.fit(x, y, { verbose: 0 });
    assert.deepEqual(history.epoch, [0]);
  });

  test("does not wait for a batch that its generator is still making", async () => {
    const model = makeModel();
    let steps = 0;
    let deliver = () => {};
    async function* batches() {
      yield [x.slice(0, 32), y.slice(0, 32)] as const;
      await new Promise<void>((resolve) => {
        deliver = resolve;
        setTimeout(() => host.interrupt());
      });
      yield [x.slice(0, 32), y.slice(0, 32)] as const;
    }
    const callbacks = { onTrainBatchEnd: () => void steps++ };
    await assert.rejects(model.fit(batches(), undefined, { verbose: 0, callbacks }), KeyboardInterrupt);
    assert.equal(host.cooperating, 0);
    deliver();
    await new Promise((resolve) => setTimeout(resolve));
    assert.equal(steps, 1);
  });
});
