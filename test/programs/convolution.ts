import { keras } from "../../src/index";
import { type Amount, fashionParts } from "./fashion";

/** Chapter 8-2: two convolutions, 333,526 parameters. */
export async function convolution(amount: Amount = {}) {
  keras.utils.setRandomSeed(42);
  const [trainScaled, valScaled, trainTarget, valTarget] = await fashionParts([-1, 28, 28, 1], amount);

  const model = keras.Sequential();
  model.add(keras.layers.Conv2D(32, 3, { activation: "relu", padding: "same", inputShape: [28, 28, 1] }));
  model.add(keras.layers.MaxPooling2D(2));
  model.add(keras.layers.Conv2D(64, 3, { activation: "relu", padding: "same" }));
  model.add(keras.layers.MaxPooling2D(2));
  model.add(keras.layers.Flatten());
  model.add(keras.layers.Dense(100, { activation: "relu" }));
  model.add(keras.layers.Dropout(0.4));
  model.add(keras.layers.Dense(10, { activation: "softmax" }));
  const params = model.countParams();

  model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });
  const stopping = keras.callbacks.EarlyStopping({ patience: 2, restoreBestWeights: true });
  const { history } = await model.fit(trainScaled, trainTarget, {
    epochs: amount.epochs ?? 20,
    verbose: 0,
    validationData: [valScaled, valTarget],
    callbacks: [stopping],
  });
  const [loss, accuracy] = await model.evaluate(valScaled, valTarget, { verbose: 0 });
  const prediction = await model.predict(valScaled.slice("0:1"), { verbose: 0 });
  return { params, history, loss: loss as number, accuracy: accuracy as number, prediction };
}
