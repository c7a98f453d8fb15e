import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { keras } from "../../src/index";
import { writeJson } from "../../src/saving/json";

describe("A float of any size is written as Python writes a float", () => {
  const rates = [0, 1, -3, 0.5, 1e-7, 2 ** 53, 1e20, 1e21, -1e21, 1.5e300];

  test("as text", () => {
    const written = rates.map((rate) => writeJson({ learning_rate: rate }).slice('{"learning_rate":'.length, -1));
    assert.deepEqual(written, [
      ...["0.0", "1.0", "-3.0", "0.5", "1e-7", "9007199254740992.0", "100000000000000000000.0"],
      ...["1e+21", "-1e+21", "1.5e+300"],
    ]);
    assert.equal(writeJson({ units: 3 }), '{"units":3}');
  });

  for (const rate of [1, 1e20, 1e21, 1e30]) {
    test(`a model that was saved with the learning rate ${rate} is loaded with it`, async () => {
      const file = join(mkdtempSync(join(tmpdir(), "rates-")), "model.keras");
      const model = keras.Sequential([keras.layers.Input([1]), keras.layers.Dense(1)]);
      model.compile({ optimizer: keras.optimizers.SGD(rate), loss: "mse" });
      await model.save(file);
      const loaded = await keras.saving.loadModel(file);
      assert.equal(loaded.optimizer.learningRate, Math.fround(rate));
    });
  }
});
