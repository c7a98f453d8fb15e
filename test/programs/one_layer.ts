import { keras } from "../../src/index";
import { type Amount, fashionParts } from "./fashion";

/** Chapter 7-1: ten units and nothing else, trained by the default optimizer. */
export async function oneLayer(amount: Amount = {}) {
  keras.utils.setRandomSeed(42);
  const [trainScaled, valScaled, trainTarget, valTarget] = await fashionParts([-1, 28 * 28], amount);

  const dense = keras.layers.Dense(10, { activation: "softmax", inputShape: [784] });
  const model = keras.Sequential([dense]);
  model.compile({ loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });

  const { history } = await model.fit(trainScaled, trainTarget, { epochs: amount.epochs ?? 5, verbose: 0 });
  const [loss, accuracy] = await model.evaluate(valScaled, valTarget, { verbose: 0 });
  return { params: model.countParams(), history, loss: loss as number, accuracy: accuracy as number };
}
