import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs-core";
import * as activations from "../../src/activations/index";
import { inEachMode } from "../backends";
import { assertClose } from "../close";
import { kerasValues } from "../keras_values";

const { x, values } = kerasValues().activations;

inEachMode("Keras's values of", (run) => {
  for (const [name, expected] of Object.entries(values)) {
    const f = activations.get(name as activations.ActivationName);
    test(name, async () => assertClose(await run(f, tf.tensor(x)), expected, name));
  }

  for (const name of Object.keys(values)) {
    test(`the gradient of ${name} is that of small differences`, async () => {
      const f = activations.get(name as activations.ActivationName);
      const at = tf.tensor(x.map((row) => row.map((value) => value + 0.013)));
      const weights = tf.tensor(x.map((row) => row.map((_, i) => 1 + i / 3).slice(0, name === "glu" ? 3 : 6)));
      const sum = (input: tf.Tensor) => tf.sum(tf.mul(f(input), weights)) as tf.Scalar;
      const gradient = (await run(tf.grad(sum), at)).dataSync();
      const step = 1e-2;
      for (const [i, value] of [...at.dataSync()].entries()) {
        // Neighbors on both sides of a kink would not tell.
        if ([-3, -1, -0.5, 0, 0.5, 1, 3, 6].some((kink) => Math.abs(value - kink) < 2 * step)) continue;
        const moved = (by: number) => {
          const copy = at.dataSync().slice();
          copy[i] = value + by;
          return sum(tf.tensor(copy, at.shape)).dataSync()[0] as number;
        };
        const slope = (moved(step) - moved(-step)) / (2 * step);
        const found = gradient[i] as number;
        assert.ok(
          Math.abs(found - slope) <= 0.02 * Math.max(1, Math.abs(slope)),
          `${name} at ${value}: ${found}, not ${slope}`,
        );
      }
    });
  }
});

test("an unknown activation is an error with the nearest name", () => {
  assert.throws(() => activations.get("sigmod" as "sigmoid"), /Unknown activation "sigmod".*sigmoid/);
});
