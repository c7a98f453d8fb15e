import { test } from "node:test";
import { keras, type tf } from "../../src/index";

/** Never run: the build checks that what is marked does not compile. */
export async function mistakes(model: keras.Model, x: tf.Tensor): Promise<void> {
  // @ts-expect-error a misspelled option
  await model.fit(x, x, { ephocs: 5 });
  // @ts-expect-error a misspelled loss
  model.compile({ loss: "sparse_categorical_crossentrpy" });
  // @ts-expect-error a misspelled optimizer
  model.compile({ optimizer: "adm" });
  // @ts-expect-error a misspelled metric
  model.compile({ metrics: ["acuracy"] });
  // @ts-expect-error a misspelled activation
  keras.layers.Dense(10, { activation: "rellu" });
  // @ts-expect-error a layer that does not exist
  keras.layers.Dens(10);
  // @ts-expect-error a misspelled option of a layer
  keras.layers.Dense(10, { activaton: "relu" });
  // @ts-expect-error a callback's method
  await model.fit(x, x, { callbacks: { onEpochEnds: () => undefined } });
}

/** Never run: the build checks that it compiles, types inferred. */
export async function idioms(model: keras.Model, x: tf.Tensor): Promise<void> {
  model.compile({ optimizer: "adam", loss: (yTrue, yPred) => yTrue.sub(yPred).square().mean(-1), metrics: ["mae"] });
  model.compile({ loss: "sparseCategoricalCrossentropy", metrics: "accuracy" });
  model.compile({ loss: { a: "mse", b: "mae" }, metrics: { a: ["mae", (yTrue, yPred) => yTrue.sub(yPred).abs()] } });
  const [loss, accuracy] = await model.evaluate(x, x);
  const history = await model.fit(x, x, { callbacks: [{ onEpochEnd: (epoch, logs) => console.log(epoch, logs) }] });
  const values: number[] | undefined = history.history["val_accuracy"];
  const predictions: tf.Tensor = await model.predict(x);
  const output: tf.Tensor = model(x);
  const symbolic: keras.KerasTensor = model(keras.Input([3]));
  console.log(loss, accuracy, values, predictions, output, symbolic);
}

test("mistakes are type errors, idioms are not: see the build", () => undefined);
