import assert from "node:assert/strict";
import { test } from "node:test";
import { keras, tf } from "../../src/index";
import { assertClose } from "../close";

const x = tf.tensor([
  [1, 2],
  [3, 1],
]);
const y = tf.tensor([[1], [2]]);
const options = { epochs: 2, verbose: 0, shuffle: false } as const;

function compiled() {
  const first = keras.layers.Dense(2, { kernelInitializer: "ones", trainable: false });
  const second = keras.layers.Dense(1, { kernelInitializer: "ones" });
  const model = keras.Sequential([keras.Input([2]), first, second]);
  const compile = () => model.compile({ optimizer: keras.optimizers.SGD(0.01, { momentum: 0.9 }), loss: "mse" });
  compile();
  return { model, first, compile };
}

test("a layer made trainable between compile and the first update is trained", async () => {
  const { model, first } = compiled();
  await model.evaluate(x, y, { verbose: 0 });
  first.trainable = true;
  await model.fit(x, y, options);
  // The kernel after two steps in Keras 3.15.
  assertClose(
    first.getWeights()[0]!.arraySync() as number[][],
    [
      [0.5230986475944519, 0.5230986475944519],
      [0.6649608016014099, 0.6649608016014099],
    ],
    "kernel",
  );
});

test("a layer made trainable after updates needs another compile, and the error says so", async () => {
  const { model, first, compile } = compiled();
  await model.fit(x, y, options);
  first.trainable = true;
  // Keras 3.15 on JAX refuses it as well: "the optimizer was built with 2 variables".
  await assert.rejects(
    model.fit(x, y, options),
    /built for 2 variables.*after making a layer trainable, compile again/,
  );
  compile();
  await model.fit(x, y, options);
});
