import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { formatPath } from "../../src/callbacks/format_path";
import { keras, tf } from "../../src/index";

const { layers, callbacks } = keras;
const folder = mkdtempSync(join(tmpdir(), "tskeras-checkpoints-"));
const file = (name: string) => join(folder, name);
after(() => rmSync(folder, { recursive: true }));

const x = tf.randomUniform([40, 3], -1, 1, "float32", 1);
const y = x.sum(1, true).square();

function made(optimizer: keras.optimizers.Optimizer | "adam" = "adam") {
  keras.utils.setRandomSeed(3);
  const model = keras.Sequential([layers.Input([3]), layers.Dense(8, { activation: "tanh" }), layers.Dense(1)]);
  model.compile({ optimizer, loss: "mse" });
  return model;
}

const training = { shuffle: false, verbose: 0, batchSize: 10 } as const;

test("places in a path are filled in as Python does", () => {
  const values = { epoch: 3, val_loss: 0.412345, loss: 12345.678 };
  const cases: [template: string, expected: string][] = [
    ["{epoch:02d}-{val_loss:.2f}.keras", "03-0.41.keras"],
    ["{epoch}-{loss:.1e}", "3-1.2e+04"],
    ["{epoch:4d}|{val_loss:08.3f}|{val_loss:.1%}", "   3|0000.412|41.2%"],
    ["plain", "plain"],
  ];
  for (const [template, expected] of cases) assert.equal(formatPath("Test", template, values), expected);
  assert.throws(() => formatPath("Test", "{acc:.2f}", values), /no "acc". Known are epoch, val_loss, loss/);
  assert.throws(() => formatPath("Test", "{epoch:x}", values), /format "x"/);
});

describe("ModelCheckpoint", () => {
  // The book's recipe: keep the best, stop when it gets no better, load the best again.
  test("keeps the best model, which evaluates as the best epoch did", async () => {
    const checkpoint = callbacks.ModelCheckpoint(file("best-model.keras"), { saveBestOnly: true });
    const early = callbacks.EarlyStopping({ patience: 2, restoreBestWeights: true });
    const model = made(keras.optimizers.SGD(0.6));
    const history = await model.fit(x, y, {
      ...training,
      epochs: 30,
      validationData: [x.neg(), y],
      callbacks: [checkpoint, early],
    });
    const losses = history.history["val_loss"] as number[];
    const best = Math.min(...losses);
    assert.equal(checkpoint.best, best);
    const loaded = await keras.models.loadModel(file("best-model.keras"));
    const [loss] = await loaded.evaluate(x.neg(), y, { verbose: 0, batchSize: 10 });
    assert.ok(Math.abs((loss as number) - best) < 1e-5 * best, `${loss} is not ${best}`);
    if (early.stoppedEpoch > 0)
      assert.deepEqual(
        loaded.getWeights().map((w) => w.arraySync()),
        model.getWeights().map((w) => w.arraySync()),
      );
  });

  test("writes a file for each epoch or number of batches, weights alone if asked to", async () => {
    const each = callbacks.ModelCheckpoint(file("epochs/{epoch:02d}-{loss:.2f}.weights.h5"), { saveWeightsOnly: true });
    const batches = callbacks.ModelCheckpoint(file("batches/{epoch}-{batch}.keras"), { saveFreq: 3 });
    const history = await made().fit(x, y, { ...training, epochs: 2, callbacks: [each, batches] });
    const losses = history.history["loss"] as number[];
    assert.deepEqual(
      readdirSync(file("epochs")),
      losses.map((loss, i) => `0${i + 1}-${loss.toFixed(2)}.weights.h5`),
    );
    // Two epochs of four batches.
    assert.deepEqual(readdirSync(file("batches")), ["1-3.keras", "2-2.keras"]);
  });

  test("says what it does as Keras says it", async (t) => {
    const log = t.mock.method(console, "log", () => undefined);
    const path = file("said.keras");
    const checkpoint = callbacks.ModelCheckpoint(path, { saveBestOnly: true, monitor: "loss", verbose: 1 });
    const history = await made(keras.optimizers.SGD(0)).fit(x, y, { ...training, epochs: 2, callbacks: [checkpoint] });
    const loss = (history.history["loss"] as number[])[0]?.toFixed(5);
    assert.deepEqual(
      log.mock.calls.map((call) => call.arguments[0]),
      [
        `\nEpoch 1: loss improved from None to ${loss}, saving model to ${path}`,
        `\nEpoch 1: finished saving model to ${path}`,
        `\nEpoch 2: loss did not improve from ${loss}`,
      ],
    );
  });

  test("checks its options before training", () => {
    assert.throws(() => callbacks.ModelCheckpoint("model.h5"), /ends in ".keras"/);
    assert.throws(
      () => callbacks.ModelCheckpoint("m.keras", { saveWeightsOnly: true }),
      /".weights.h5" with saveWeightsOnly/,
    );
    assert.throws(
      () => callbacks.ModelCheckpoint("m.keras", { saveBestOnl: true } as never),
      /Did you mean "saveBestOnly"/,
    );
    assert.throws(() => callbacks.ModelCheckpoint("m.keras", { saveFreq: 0 }), /saveFreq/);
  });
});

describe("BackupAndRestore", () => {
  class Crash extends callbacks.Callback {
    override onEpochEnd(epoch: number) {
      if (epoch === 3) throw new Error("power cut");
    }
  }

  for (const runEagerly of [false, true]) {
    test(`goes on after a crash as if there had been none, ${runEagerly ? "eager" : "compiled"}`, async () => {
      const build = () => {
        const model = made();
        model.compile({ optimizer: "adam", loss: "mse", runEagerly });
        return model;
      };
      const whole = build();
      const expected = await whole.fit(x, y, { ...training, epochs: 6 });
      const backup = () => callbacks.BackupAndRestore(file("backup"));
      const options = { ...training, epochs: 6 };
      await assert.rejects(build().fit(x, y, { ...options, callbacks: [backup(), new Crash()] }), /power cut/);
      assert.ok(existsSync(file("backup/latest.weights.h5")));
      const resumed = build();
      const history = await resumed.fit(x, y, { ...options, callbacks: [backup()] });
      assert.deepEqual(history.epoch, [4, 5]);
      assert.deepEqual(history.history["loss"], (expected.history["loss"] as number[]).slice(4));
      assert.deepEqual(
        resumed.getWeights().map((w) => w.arraySync()),
        whole.getWeights().map((w) => w.arraySync()),
      );
      assert.ok(!existsSync(file("backup")), "the backup is deleted at the end");
      assert.deepEqual((await resumed.fit(x, y, training)).epoch, [0]);
    });
  }

  test("says when the backup does not fit", async () => {
    const model = made();
    const keep = callbacks.BackupAndRestore(file("kept"), { deleteCheckpoint: false });
    await model.fit(x, y, { ...training, callbacks: [keep] });
    const other = keras.Sequential([layers.Input([3]), layers.Dense(1)]);
    other.compile({ loss: "mse" });
    await assert.rejects(other.fit(x, y, { ...training, callbacks: [keep] }), /could not load.*latest\.weights\.h5/s);
    writeFileSync(file("kept/training_metadata.json"), "{");
    await assert.rejects(model.fit(x, y, { ...training, callbacks: [keep] }), /backup in ".*kept" is damaged/);
    assert.throws(() => callbacks.BackupAndRestore(""), /path of a folder/);
  });
});
