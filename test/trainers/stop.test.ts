import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { keras, tf } from "../../src/index";
import { assertClose } from "../models/close";

const x = tf.ones([4, 1]);
const y = tf.tensor2d([[1], [2], [3], [4]]);
const common = { epochs: 3, verbose: 0 } as const;

function zeros(): keras.Model {
  const model = keras.Sequential([
    keras.layers.Input([1]),
    keras.layers.Dense(1, { useBias: false, kernelInitializer: "zeros" }),
  ]);
  model.compile({ optimizer: keras.optimizers.SGD(0.1), loss: "mse" });
  return model;
}

function* batches() {
  for (let i = 0; i < 4; i++) yield [x.slice(i, 1), y.slice(i, 1)] as const;
}

// Keras 3.15: fit with batch_size=1, shuffle=False, validation_data=(x, y), and stop_training = True in the hook.
const early = { loss: 1, val_loss: 6.54 };
const whole = { loss: 4.726976, val_loss: 1.9923545 };
const hooks = {
  onTrainBegin: early,
  onEpochBegin: early,
  onTrainBatchBegin: early,
  onTrainBatchEnd: early,
  onTestBegin: whole,
  onTestBatchEnd: whole,
  onEpochEnd: whole,
} as const;

describe("A stopped training logs only what was measured:", () => {
  for (const [hook, expected] of Object.entries(hooks)) {
    for (const data of ["arrays", "batches"] as const) {
      test(`stopTraining in ${hook}, ${data}`, async () => {
        const model = zeros();
        const callbacks = { [hook]: () => void Object.assign(model, { stopTraining: true }) };
        const { epoch, history } = await (data === "arrays"
          ? model.fit(x, y, { ...common, batchSize: 1, shuffle: false, validationData: [x, y], callbacks })
          : model.fit(batches, undefined, { ...common, validationData: batches, callbacks }));
        assert.deepEqual(epoch, [0]);
        assert.deepEqual(Object.keys(history), ["loss", "val_loss"]);
        assertClose(history.loss, [expected.loss], 1e-5);
        assertClose(history.val_loss, [expected.val_loss], 1e-5);
      });
    }
  }
});
