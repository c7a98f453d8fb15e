import { keras, kFold, tf } from "../src";

// node parts.js loading|folds: measures one step of a notebook, without what comes before it; counterparts/parts.py is its twin.

async function loading(): Promise<number> {
  const start = performance.now();
  await keras.datasets.fashionMnist.loadData();
  return performance.now() - start;
}

async function folds(): Promise<number> {
  const [[trainData, targets]] = await keras.datasets.bostonHousing.loadData();
  const { mean, variance } = tf.moments(trainData, 0);
  const inputs = trainData.sub(mean).div(variance.sqrt());
  const start = performance.now();
  for (const [x, xVal, y, yVal] of kFold(inputs, targets, { k: 4 })) {
    const model = keras.Sequential([
      keras.layers.Input([13]),
      keras.layers.Dense(64, { activation: "relu" }),
      keras.layers.Dense(64, { activation: "relu" }),
      keras.layers.Dense(1),
    ]);
    model.compile({ optimizer: "rmsprop", loss: "mse", metrics: ["mae"] });
    await model.fit(x, y, { epochs: 100, batchSize: 16, verbose: 0, validationData: [xVal, yVal] });
    await model.evaluate(xVal, yVal, { verbose: 0 });
  }
  return performance.now() - start;
}

void { loading, folds }[process.argv[2] as "loading" | "folds"]().then((ms) => console.log("seconds", ms / 1000));
