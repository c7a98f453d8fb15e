import assert from "node:assert/strict";
import { test } from "node:test";
import { keras, tf } from "../../src/index";
import { assertClose } from "../close";

/** One-hot labels of 18 steps. */
const labels = (shape: [number, number, number]) =>
  tf
    .oneHot(
      tf.tensor1d(
        [...Array(18).keys()].map((i) => i % 5),
        "int32",
      ),
      5,
    )
    .reshape(shape);

const perStep = () => {
  const dense = keras.layers.Dense(5, { activation: "softmax", kernelInitializer: "zeros" });
  const model = keras.Sequential([keras.Input([null, 4]), dense]);
  model.compile({ optimizer: "sgd", loss: "categorical_crossentropy" });
  return model;
};

test("one-hot labels of steps whose number the model leaves open", async () => {
  const loss = await perStep().evaluate(tf.ones([3, 6, 4]), labels([3, 6, 5]), { verbose: 0 });
  assertClose(loss, [1.6094379425048828], "evaluate in Keras 3.15");
  await assert.rejects(
    perStep().fit(tf.ones([18, 6, 4]), labels([18, 1, 5]).squeeze([1]), { verbose: 0 }),
    /Expected labels of shape \(None, None, 5\) for categorical_crossentropy but found \(None, 5\)/,
  );
});
