import path from "node:path";
import { keras } from "../../src/index";
import { type Amount, fashionParts } from "./fashion";

/** Chapter 7-3: dropout, a checkpoint of the best weights, early stopping, saving and loading. */
export async function dropout(folder: string, amount: Amount = {}) {
  keras.utils.setRandomSeed(42);
  const [trainScaled, valScaled, trainTarget, valTarget] = await fashionParts([-1, 28, 28], amount);

  const model = keras.Sequential([
    keras.layers.Input([28, 28]),
    keras.layers.Flatten(),
    keras.layers.Dense(100, { activation: "relu" }),
    keras.layers.Dropout(0.3),
    keras.layers.Dense(10, { activation: "softmax" }),
  ]);
  model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });

  const best = path.join(folder, "best-model.keras");
  const checkpoint = keras.callbacks.ModelCheckpoint(best, { saveBestOnly: true });
  const stopping = keras.callbacks.EarlyStopping({ patience: 2, restoreBestWeights: true });
  const { history } = await model.fit(trainScaled, trainTarget, {
    epochs: amount.epochs ?? 20,
    verbose: 0,
    validationData: [valScaled, valTarget],
    callbacks: [checkpoint, stopping],
  });
  const kept = await model.evaluate(valScaled, valTarget, { verbose: 0 });

  await model.saveWeights(path.join(folder, "model.weights.h5"));
  const other = keras.models.cloneModel(model);
  await other.loadWeights(path.join(folder, "model.weights.h5"));
  const loaded = await keras.models.loadModel(best);
  const reloaded = await loaded.evaluate(valScaled, valTarget, { verbose: 0 });

  // How often the most likely class is the right one, as the book works it out.
  const classes = (await other.predict(valScaled, { verbose: 0 })).argmax(-1);
  const hits = classes.equal(valTarget.toInt()).mean().dataSync()[0];
  return { history, stoppedEpoch: stopping.stoppedEpoch, kept, reloaded, hits: hits as number };
}
