import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { test } from "node:test";

/** Trains with everything that draws random numbers; prints a hash of the weights' bits and of the history's. */
const program = `
  const { createHash } = require("node:crypto");
  const { keras, tf } = require(${JSON.stringify(path.join(__dirname, "../../src/index.js"))});
  const { Input, Dense, BatchNormalization, Dropout, GaussianNoise } = keras.layers;
  const [how, seed] = JSON.parse(process.argv[1]);
  (async () => {
    keras.utils.setRandomSeed(seed);
    const x = tf.randomNormal([300, 20]);
    const y = keras.ops.argmax(x, -1);
    const model = keras.Sequential([
      Input([20]), GaussianNoise(0.1), Dense(32, { activation: "relu" }), BatchNormalization(), Dropout(0.3), Dense(20),
    ]);
    const loss = keras.losses.SparseCategoricalCrossentropy({ fromLogits: true });
    model.compile({ optimizer: "adam", loss, metrics: ["accuracy"], ...how });
    const { history } = await model.fit(x, y, { epochs: 3, batchSize: 32, verbose: 0, validationSplit: 0.2 });
    const hash = createHash("sha256");
    for (const weight of [x, ...model.getWeights(), await model.predict(x, { verbose: 0 })]) hash.update(weight.dataSync());
    console.log(hash.update(JSON.stringify(history)).digest("hex"));
  })();`;

function bits(how: object, seed: number): string {
  const run = spawnSync(process.execPath, ["-e", program, JSON.stringify([how, seed])], { encoding: "utf8" });
  assert.match(run.stdout, /^[0-9a-f]{64}\n$/, run.stderr);
  return run.stdout;
}

for (const how of [{ jitCompile: true }, { runEagerly: true }]) {
  test(`a seed gives the same bits in two processes: ${JSON.stringify(how)}`, () => {
    const first = bits(how, 42);
    assert.equal(bits(how, 42), first);
    assert.notEqual(bits(how, 43), first);
  });
}
