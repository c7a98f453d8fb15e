import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, test } from "node:test";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { keras, tf } from "../../src/index";
import { assertClose, numbers } from "./close";

const { layers } = keras;
const folder = mkdtempSync(path.join(tmpdir(), "tskeras-export-"));

const models: Record<string, () => ReturnType<typeof keras.Sequential>> = {
  dense: () =>
    keras.Sequential([
      layers.Input([6]),
      layers.Dense(5, { activation: "relu" }),
      layers.Dense(3, { activation: "softmax" }),
    ]),
  "convolutional with many channels": () =>
    keras.Sequential([
      layers.Input([8, 10, 1]),
      layers.Conv2D(16, 3, { padding: "same", activation: "relu" }),
      layers.Conv2D(20, 3, { padding: "same", activation: "relu" }),
      layers.MaxPooling2D(2),
      layers.Conv2D(4, 3, { dilationRate: 2, padding: "same" }),
      layers.Conv2DTranspose(3, 3, { strides: 2 }),
      layers.GlobalAveragePooling2D(),
    ]),
  convolutional: () =>
    keras.Sequential([
      layers.Input([8, 8, 2]),
      layers.Conv2D(4, 3, { padding: "same", activation: "relu" }),
      layers.BatchNormalization(),
      layers.MaxPooling2D(2),
      layers.Conv2D(4, 3, { strides: 2 }),
      layers.Flatten(),
      layers.Dropout(0.5),
      layers.Dense(2),
    ]),
};

describe("model.export writes a model that ONNX Runtime runs with equal results", () => {
  for (const [what, make] of Object.entries(models)) {
    test(what, async () => {
      const model = make();
      const file = path.join(folder, `${what}.onnx`);
      await model.export(file);
      const session = await InferenceSession.create(file);
      const shape = model.inputShape.slice(1) as number[];
      for (const rows of [1, 4, 5]) {
        const x = numbers([rows, ...shape], rows);
        const [name = ""] = session.inputNames;
        const results = await session.run({ [name]: new Tensor("float32", x.dataSync() as Float32Array, x.shape) });
        const result = results[session.outputNames[0] as string] as Tensor;
        const actual = tf.tensor(result.data as Float32Array, [...result.dims]);
        assertClose(actual, await model.predict(x, { verbose: 0 }), `${what}, ${rows} rows`);
      }
    });
  }

  test("a model that is not built yet is an error", async () => {
    const model = keras.Sequential([layers.Dense(2)]);
    await assert.rejects(model.export(path.join(folder, "none.onnx")), /built|build/);
  });
});
