import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs-core";
import { softmax } from "../../src/activations/index";
import * as losses from "../../src/losses/index";
import { inEachMode } from "../backends";
import { assertClose } from "../close";
import { kerasValues, make } from "../keras_values";

inEachMode("Keras's values of", (run) => {
  for (const { loss: label, y_true, y_pred, sample_weight, value, weighted, ...made } of kerasValues().losses) {
    test(label, async () => {
      const loss = make<losses.Loss>(losses, made);
      const [targets, predictions] = [tf.tensor(y_true as tf.TensorLike), tf.tensor(y_pred as tf.TensorLike)];
      assertClose(await run(loss, targets, predictions), value, label);
      if (weighted !== null) {
        const weights = tf.tensor(sample_weight as tf.TensorLike);
        assertClose(await run(loss, targets, predictions, weights), weighted, `${label}, weighted`);
      }
    });
  }

  test("a saturated softmax has the gradient of its logits, which does not vanish", async () => {
    const logits = tf.tensor2d([[40, -40]]);
    const loss = losses.SparseCategoricalCrossentropy();
    const gradient = await run(
      tf.grad((x) => loss(tf.tensor1d([1]), softmax(x))),
      logits,
    );
    assertClose(gradient, [[1, -1]], "gradient");
  });
});

test("names are found in every spelling", () => {
  for (const name of ["mse", "MSE", "mean_squared_error", "meanSquaredError", "MeanSquaredError"] as const) {
    assert.equal(losses.get(name), losses.meanSquaredError);
  }
});

test("mistakes are named", () => {
  assert.throws(() => losses.get("mean_squred_error" as "mse"), /Unknown loss "mean_squred_error".*mean_squared_error/);
  assert.throws(() => losses.Huber({ detla: 1 } as object), /has no option "detla".*delta/);
  assert.throws(
    () => losses.MeanSquaredError({ reduction: "summ" as "sum" }),
    /expected reduction to be .* but found the string "summ"\. Did you mean "sum"/,
  );
  const predictions = tf.tensor2d([[0.5, 0.5]]);
  assert.throws(
    () => losses.categoricalCrossentropy(tf.tensor1d([1]), predictions),
    /expected targets of the predictions' shape \[1,2\] but found \[1\]. For integer labels use sparse_categorical/,
  );
  assert.throws(
    () => losses.sparseCategoricalCrossentropy(tf.tensor2d([[0, 1]]), predictions),
    /integer labels of shape \[1\].*For one-hot targets use categorical_crossentropy/,
  );
});

test("a config makes an equal loss", () => {
  const loss = losses.Huber({ delta: 0.5, reduction: "sum" });
  assert.deepEqual(losses.Huber(loss.getConfig()).getConfig(), loss.getConfig());
});
