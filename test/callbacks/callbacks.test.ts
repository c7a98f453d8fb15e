import assert from "node:assert/strict";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { keras, tf } from "../../src/index";

const { Input, Dense } = keras.layers;
const x = tf.tensor2d(Array.from({ length: 30 }, (_, i) => [i / 30]));
const y = tf.tensor2d(Array.from({ length: 30 }, (_, i) => [i / 15]));

function line(learningRate = 0.1): keras.Model {
  const model = keras.Sequential([Input([1]), Dense(1, { kernelInitializer: "ones" })]);
  model.compile({ optimizer: keras.optimizers.SGD(learningRate), loss: "mse" });
  return model;
}

/** Feeds a callback logs as if epochs had ended; says after which epoch it stopped. */
function epochs(
  callback: keras.callbacks.Callback,
  model: keras.Model,
  name: string,
  values: readonly number[],
): number | undefined {
  callback.setModel(model);
  callback.onTrainBegin?.();
  model.stopTraining = false;
  for (const [epoch, value] of values.entries()) {
    callback.onEpochEnd?.(epoch, { [name]: value });
    if (model.stopTraining) return epoch;
  }
  return undefined;
}

describe("EarlyStopping", () => {
  // What Keras 3 does, worked out from its rules: `patience` epochs without an improvement.
  const cases: [
    what: string,
    options: keras.callbacks.EarlyStoppingOptions,
    values: number[],
    stopped: number | undefined,
  ][] = [
    ["stops after patience epochs", { patience: 2 }, [5, 4, 4.5, 4.2, 3], 3],
    ["goes on while it improves", { patience: 1 }, [5, 4, 3, 2], undefined],
    ["without patience at the first that is no better", {}, [5, 5, 1], 1],
    ["a small step is none", { patience: 2, minDelta: 0.5 }, [5, 4.8, 4.6, 4], 2],
    [
      "more is better if it says so",
      { monitor: "val_accuracy", mode: "max", patience: 2 },
      [0.5, 0.6, 0.55, 0.5, 0.9],
      3,
    ],
    ["by mode", { monitor: "val_gain", mode: "max", patience: 1 }, [1, 2, 1.5], 2],
    ["a start that does not count", { patience: 1, startFromEpoch: 3 }, [1, 2, 3, 4, 5], 4],
    ["a baseline that is not met", { patience: 2, baseline: 0.1 }, [5, 4, 4.5, 4.5], 2],
  ];
  for (const [what, options, values, stopped] of cases) {
    test(what, () => {
      const callback = keras.callbacks.EarlyStopping(options);
      assert.equal(epochs(callback, line(), options.monitor ?? "val_loss", values), stopped);
      assert.equal(callback.stoppedEpoch, stopped ?? 0);
    });
  }

  test("bestEpoch is the epoch of the best value", () => {
    // What best_epoch of Keras 3.15 is for the same values.
    const watched: [options: keras.callbacks.EarlyStoppingOptions, values: number[], best: number][] = [
      [{ patience: 2 }, [5, 4, 4.5, 4.2, 3], 1],
      [{ patience: 1 }, [5, 4, 3, 2], 3],
      [{ patience: 2, minDelta: 0.5 }, [5, 4.8, 4.6, 4], 0],
      [{ patience: 1, startFromEpoch: 3 }, [1, 2, 3, 4, 5], 3],
      [{ patience: 2, baseline: 0.1 }, [5, 4, 4.5, 4.5], 1],
    ];
    for (const [options, values, best] of watched) {
      const callback = keras.callbacks.EarlyStopping(options);
      assert.equal(callback.bestEpoch, 0);
      epochs(callback, line(), "val_loss", values);
      assert.equal(callback.bestEpoch, best);
    }
  });

  test("puts the best weights back", async () => {
    const model = line(3);
    const best: { loss: number; weights: unknown } = { loss: Number.POSITIVE_INFINITY, weights: undefined };
    const note = (_epoch: number, logs: keras.callbacks.Logs = {}) => {
      const loss = logs["val_loss"] as number;
      if (loss < best.loss)
        Object.assign(best, { loss, weights: model.getWeights().map((weight) => weight.arraySync()) });
    };
    const stop = keras.callbacks.EarlyStopping({ patience: 2, restoreBestWeights: true });
    const options = {
      epochs: 30,
      verbose: 0,
      validationData: [x, y],
      callbacks: [{ onEpochEnd: note }, stop],
    } as const;
    const { epoch } = await model.fit(x, y, options);
    assert.ok(stop.stoppedEpoch > 0);
    assert.equal(epoch.at(-1), stop.stoppedEpoch);
    assert.deepEqual(
      model.getWeights().map((weight) => weight.arraySync()),
      best.weights,
    );
  });
});

test("ReduceLROnPlateau lowers the rate after patience epochs, cools down, and stops at the least", () => {
  const model = line(1);
  const rates: number[] = [];
  const callback = keras.callbacks.ReduceLROnPlateau({
    monitor: "loss",
    factor: 0.5,
    patience: 2,
    cooldown: 1,
    minLr: 0.25,
  });
  callback.setModel(model);
  callback.onTrainBegin?.();
  for (let epoch = 0; epoch < 10; epoch++) {
    callback.onEpochEnd?.(epoch, { loss: 1 });
    rates.push(model.optimizer.learningRate);
  }
  assert.deepEqual(rates, [1, 1, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25]);
});

test("LearningRateScheduler sets the rate of each epoch and logs it", async () => {
  const seen: number[] = [];
  const schedule = keras.callbacks.LearningRateScheduler((epoch, rate) => {
    seen.push(rate);
    return epoch === 0 ? rate : rate / 2;
  });
  const { history } = await line(0.5).fit(x, y, { epochs: 3, verbose: 0, callbacks: schedule });
  assert.deepEqual(history["learning_rate"], [0.5, 0.25, 0.125]);
  assert.deepEqual(seen, [0.5, 0.5, 0.25]);
});

test("CSVLogger writes a line for each epoch and goes on in its file", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "csv-")), "log.csv");
  const model = line();
  await model.fit(x, y, { epochs: 2, verbose: 0, callbacks: keras.callbacks.CSVLogger(file) });
  await model.fit(x, y, { verbose: 0, callbacks: keras.callbacks.CSVLogger(file, { append: true }) });
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  assert.deepEqual(
    lines.map((text) => text.split(",")[0]),
    ["epoch", "0", "1", "0"],
  );
  assert.equal(lines[0], "epoch,loss,val_loss");
  assert.ok(Number(lines[1]?.split(",")[1]) > 0);
});

describe("CSVLogger has columns for what the first epoch does not measure, NA where it was not", () => {
  // The columns, and which of the values are NA, as Keras 3.15 writes them.
  const NA = true;
  const cases: [fit: keras.models.FitOptions, missing: boolean[]][] = [
    [{ validationFreq: 2, validationData: [x, y] }, [NA, !NA, NA, !NA]],
    [{ validationFreq: [1, 3], validationData: [x, y] }, [!NA, NA, !NA, NA]],
    [{ validationFreq: [4], validationSplit: 0.5 }, [NA, NA, NA, !NA]],
    [{}, [NA, NA, NA, NA]],
  ];
  for (const [options, missing] of cases) {
    test(`validationFreq ${options.validationFreq}`, async () => {
      const file = join(mkdtempSync(join(tmpdir(), "csv-")), "log.csv");
      const model = line();
      model.compile({ loss: "mse", metrics: ["mae"] });
      const { history } = await model.fit(x, y, {
        ...options,
        epochs: 4,
        verbose: 0,
        callbacks: keras.callbacks.CSVLogger(file),
      });
      const [header, ...rows] = readFileSync(file, "utf8").trimEnd().split("\n");
      assert.equal(header, "epoch,loss,mae,val_loss,val_mae");
      const validation = [history.val_loss ?? [], history.val_mae ?? []].map((values) => values[Symbol.iterator]());
      const expected = missing.map((isMissing, epoch) => [
        epoch,
        history.loss[epoch],
        history.mae[epoch],
        ...validation.map((values) => (isMissing ? "NA" : values.next().value)),
      ]);
      assert.deepEqual(
        rows,
        expected.map((row) => row.join(",")),
      );
    });
  }
});

test("TerminateOnNaN ends training when the loss overflows", async () => {
  const model = line(1e6);
  const { epoch } = await model.fit(x, y, { epochs: 50, verbose: 0, callbacks: keras.callbacks.TerminateOnNaN() });
  assert.ok(epoch.length < 50);
});

test("callbacks of all kinds are mixed, called in order, and waited for", async () => {
  const calls: string[] = [];
  class Own extends keras.callbacks.Callback {
    override onTrainBegin(): void {
      calls.push(`own ${this.model.name} ${this.params.epochs} ${this.params.steps}`);
    }
  }
  const late = async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    calls.push("late");
  };
  const model = line();
  await model.fit(x, y, {
    verbose: 0,
    callbacks: [
      { onTrainBegin: late },
      new Own(),
      keras.callbacks.LambdaCallback({ onEpochEnd: () => calls.push("lambda") }),
      { onTrainBatchEnd: (batch: number) => calls.push(`batch ${batch}`), onTrainEnd: () => calls.push("end") },
    ],
  });
  assert.deepEqual(calls, ["late", `own ${model.name} 1 1`, "batch 0", "lambda", "end"]);
});

test("onBatchBegin and onBatchEnd are called for training's batches where the long names are missing", async () => {
  const calls: string[] = [];
  const note =
    (name: string) =>
    (batch: number, logs: keras.callbacks.Logs = {}) =>
      void calls.push([name, batch, ...Object.keys(logs)].join(" "));
  class Short extends keras.callbacks.Callback {
    override onBatchEnd = note("class");
  }
  const callbacks = [
    { onBatchBegin: note("begin"), onBatchEnd: note("end") },
    { onBatchEnd: note("never"), onTrainBatchEnd: note("long") },
    keras.callbacks.LambdaCallback({ onBatchEnd: note("lambda") }),
    new Short(),
  ];
  await line().fit(x, y, { batchSize: 15, verbose: 0, validationData: [x, y], callbacks });
  // Keras 3.15 calls the same methods in this order.
  const calledAt = (batch: number) =>
    ["begin", "end", "long", "lambda", "class"].map((name) => `${name} ${batch}${name === "begin" ? "" : " loss"}`);
  assert.deepEqual(calls, [...calledAt(0), ...calledAt(1)]);
  assert.throws(
    () => keras.callbacks.LambdaCallback({ onBatchFinish: note("x") } as never),
    /no option "onBatchFinish"/,
  );
});

test("a callback ends training by stopTraining, at the step it says so", async () => {
  const model = line();
  let steps = 0;
  const callbacks = {
    onTrainBatchEnd: () => {
      steps++;
      model.stopTraining = steps === 3;
    },
  };
  await model.fit(x, y, { epochs: 5, batchSize: 5, verbose: 0, callbacks });
  assert.equal(steps, 3);
});

describe("what is better is told by the metric, as Keras has it", () => {
  const watched = async (monitor: string, ...metrics: (keras.metrics.Metric | "mae" | "mse" | "accuracy")[]) => {
    const model = keras.Sequential([keras.layers.Input([1]), keras.layers.Dense(1)]);
    model.compile({
      loss: "mse",
      metrics: [
        ...metrics,
        function ofMyOwn(yTrue, yPred) {
          return yTrue.sub(yPred);
        },
      ],
    });
    await model.fit(x, y, { verbose: 0 });
    const stop = keras.callbacks.EarlyStopping({ monitor });
    stop.setModel(model);
    stop.onTrainBegin?.();
    for (const [epoch, value] of [2, 3, 1].entries()) stop.onEpochEnd?.(epoch, { [monitor]: value });
    return stop.best;
  };
  const { metrics } = keras;
  test("less of a loss and an error", async () => {
    assert.equal(await watched("val_loss"), 1);
    assert.equal(await watched("val_mae", "mae"), 1);
    assert.equal(await watched("score", metrics.RootMeanSquaredError({ name: "score" })), 1);
  });
  test("more of an accuracy and a score, whatever its name", async () => {
    assert.equal(await watched("accuracy", "accuracy"), 3);
    assert.equal(await watched("val_fit", metrics.R2Score({ name: "fit" })), 3);
  });
  test("of a metric of the reader's own it must be said", async () => {
    await assert.rejects(
      watched("val_ofMyOwn"),
      /cannot tell whether more or less is better\. Add mode: "max" or mode: "min"/,
    );
  });
});

describe("onProgress", () => {
  for (const wanted of [false, true, undefined]) {
    test(`is called if a callback wants to know: ${wanted}`, async () => {
      let calls = 0;
      const callback = {
        onProgress: () => void calls++,
        ...(wanted !== undefined && { wantsProgress: () => wanted }),
      };
      await line().fit(x, y, { verbose: 0, callbacks: callback });
      assert.equal(calls > 0, wanted !== false);
    });
  }
});
