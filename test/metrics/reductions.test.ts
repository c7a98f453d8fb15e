import { test } from "node:test";
import * as tf from "@tensorflow/tfjs-core";
import * as metrics from "../../src/metrics/index";
import { inEachMode } from "../backends";
import { assertClose } from "../close";

// Values, weights, and what keras.metrics.Mean and Sum of Keras 3.15 give for them.
const cases: [values: tf.TensorLike, weights: tf.TensorLike, mean: number, sum: number][] = [
  [[1, 3, 5], [1, 0, 0], 1, 1],
  [[1, 3, 5], [1, 2, 0.5], 2.7142856, 9.5],
  [[1, 3, 5], [[1], [0], [2]], 3.6666667, 11],
  [
    [
      [1, 3],
      [5, 7],
    ],
    [1, 3],
    5,
    40,
  ],
  [
    [
      [1, 3],
      [5, 7],
    ],
    [
      [1, 0],
      [0, 3],
    ],
    5.5,
    22,
  ],
  [[1, 3, 5], 2, 3, 18],
];

inEachMode("Mean and Sum take weights as the second argument:", (run) => {
  for (const [values, weights, mean, sum] of cases) {
    test(`${JSON.stringify(values)} by ${JSON.stringify(weights)}`, async () => {
      for (const [metric, expected] of [
        [metrics.Mean(), mean],
        [metrics.Sum(), sum],
      ] as const) {
        const update = (v: tf.Tensor, w: tf.Tensor) => tf.tidy(() => metric.updateState(v, w));
        await run(update as never, tf.tensor(values), tf.tensor(weights));
        assertClose(await run(() => metric.result()), expected, metric.name);
      }
    });
  }
});

test("Mean and Sum take numbers, and weights when they are called", () => {
  const mean = metrics.Mean();
  mean.updateState(7);
  mean.updateState(3, 2);
  assertClose(mean.result(), 13 / 3, "7, and 3 twice");
  assertClose(metrics.Sum()(tf.tensor([2, 4]), tf.tensor([1, 3])), 14, "called");
});
