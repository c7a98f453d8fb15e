import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs-core";
import * as metrics from "../../src/metrics/index";
import { serialize } from "../../src/saving/serialization";
import { resetNames } from "../../src/utils/naming";
import { inEachMode } from "../backends";
import { assertClose } from "../close";
import { kerasValues, make } from "../keras_values";

inEachMode("Over two batches Keras's values of", (run) => {
  for (const {
    metric: label,
    name,
    y_true,
    y_pred,
    sample_weight,
    result,
    weighted,
    variables,
    ...made
  } of kerasValues().metrics) {
    test(label, async () => {
      resetNames();
      const [targets, predictions, weights] = [y_true, y_pred, sample_weight].map((x) =>
        tf.tensor(x as tf.TensorLike),
      ) as [tf.Tensor, tf.Tensor, tf.Tensor];
      const part = (x: tf.Tensor, from: number, to: number) => tf.slice(x, from, to - from);
      const update = (metric: metrics.Metric, ...batch: tf.Tensor[]) =>
        run((t, p, w) => tf.tidy(() => metric.updateState(t as tf.Tensor, p as tf.Tensor, w)), ...batch);
      const size = targets.shape[0] as number;
      const metric = make<metrics.Metric>(metrics, made);
      if (name !== null) assert.equal(metric.name, name);
      // Three times over: a reset must leave nothing behind, and a config must make an equal metric.
      const copy = metrics.get(serialize(metric) as never) as metrics.Metric;
      for (const each of [metric, metric, copy]) {
        each.resetState();
        for (const [from, to] of [
          [0, 2],
          [2, size],
        ] as const) {
          await update(each, part(targets, from, to), part(predictions, from, to));
        }
        assertClose(await run(() => each.result()), result, label, { atol: 2e-6 });
      }
      assert.deepEqual(
        metric.variables.map((v) => v.shape),
        variables,
        `${label}: variables`,
      );
      metric.resetState();
      for (const [from, to] of [
        [0, 2],
        [2, size],
      ] as const) {
        await update(metric, part(targets, from, to), part(predictions, from, to), part(weights, from, to));
      }
      assertClose(await run(() => metric.result()), weighted, `${label}, weighted`, { atol: 2e-6 });
    });
  }
});

test("precision counts probabilities above one half (TensorFlow.js counts ones only)", () => {
  assertClose(metrics.Precision()(tf.tensor1d([1, 1, 0]), tf.tensor1d([0.9, 0.8, 0.1])), 1, "precision");
});

test("mistakes are named", () => {
  assert.throws(() => metrics.get("acuracy" as "accuracy"), /Unknown metric "acuracy".*accuracy/);
  assert.throws(
    () => metrics.AUC({ curve: "RCO" as "ROC" }),
    /expected curve to be .* but found the string "RCO"\. Did you mean "ROC"/,
  );
  assert.throws(
    () => metrics.Precision({ thresholds: 2 }),
    /thresholds to be a number from 0 to 1, .* but found number 2/,
  );
  assert.throws(() => metrics.Precision()(tf.tensor1d([1]), tf.tensor2d([[0.1, 0.9]])), /toCategorical/);
});
