import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { keras, tf } from "../../src/index";
import { assertClose } from "../models/close";

const of = (...values: number[]) => tf.tensor2d(values, [values.length, 1]);
const x = of(1);

describe("trainOnBatch and testOnBatch give the batch's own values:", () => {
  for (const runEagerly of [false, true]) {
    test(`loss and metrics, runEagerly ${runEagerly}`, async () => {
      const model = keras.Sequential([
        keras.layers.Input([1]),
        keras.layers.Dense(1, { useBias: false, kernelInitializer: "zeros" }),
      ]);
      model.compile({ optimizer: keras.optimizers.SGD(0), loss: "mse", metrics: ["mae"], runEagerly });
      // Keras 3.15: train_on_batch and test_on_batch of the same model, with loss "mse" and metrics ["mae"].
      assertClose(await model.trainOnBatch(x, of(3)), [9, 3]);
      assertClose(await model.trainOnBatch(x, of(1)), [1, 1]);
      assertClose(await model.testOnBatch(x, of(0)), [0, 0]);
      assert.deepEqual(await model.trainOnBatch(x, of(2), { returnDict: true }), { loss: 4, mae: 2 });
      assert.deepEqual(model.getMetricsResult(), { loss: 4, mae: 2 });
      assertClose(await model.evaluate(of(1, 1, 1, 1), of(1, 2, 3, 4), { verbose: 0 }), [7.5, 2.5]);
      assertClose(await model.testOnBatch(of(1, 1), of(1, 2)), [2.5, 1.5]);
    });
  }

  test("the metrics of a model's own steps", async () => {
    class Seen extends keras.Model {
      readonly seen = keras.metrics.Mean({ name: "seen" });
      readonly head = keras.layers.Dense(1);
      override call(inputs: tf.Tensor): tf.Tensor {
        return this.head(inputs);
      }
      override trainStep([, y]: keras.models.StepData) {
        this.seen.updateState(y);
        return { seen: this.seen.result() };
      }
      override testStep(data: keras.models.StepData) {
        return this.trainStep(data);
      }
    }
    const model = new Seen();
    model.compile({ loss: "mse" });
    // Keras 3.15: 3, 1 and 5 with the same methods.
    assertClose(await model.trainOnBatch(x, of(3)), [3]);
    assertClose(await model.trainOnBatch(x, of(1)), [1]);
    assertClose(await model.testOnBatch(x, of(5)), [5]);
  });
});
