import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { keras, tf } from "../../src/index";
import { assertClose } from "../close";

const x = tf.randomUniform([24, 3], 0, 1, "float32", 1);
const y = x.sum(1, true);

/** Trains as `fit` does, written out. */
class ByHand extends keras.Model {
  readonly lossTracker = keras.metrics.Mean({ name: "loss" });
  readonly mae = keras.metrics.MeanAbsoluteError({ name: "mae" });

  override trainStep([inputs, labels]: keras.models.StepData) {
    const weights = this.trainableWeights;
    const { value, grads } = tf.variableGrads(() => {
      const yPred = this(inputs, { training: true });
      this.mae.updateState(labels, yPred);
      return this.computeLoss({ x: inputs, y: labels, yPred });
    }, weights);
    this.optimizer.apply(
      weights.map((weight) => grads[weight.name]),
      weights,
    );
    this.lossTracker.updateState(value);
    return { loss: this.lossTracker.result(), mae: this.mae.result() };
  }

  override computeLoss({ y: labels, yPred }: keras.models.LossParts): tf.Scalar {
    return tf
      .sub(labels as tf.Tensor, yPred as tf.Tensor)
      .square()
      .mean();
  }
}

function build(make: (inputs: keras.KerasTensor, outputs: keras.KerasTensor) => keras.Model) {
  keras.utils.setRandomSeed(1);
  const inputs = keras.Input([3]);
  return make(inputs, keras.layers.Dense(1)(keras.layers.Dense(4, { activation: "tanh" })(inputs)));
}

const options = { epochs: 3, batchSize: 8, verbose: 0, shuffle: false, validationSplit: 1 / 3 } as const;

describe("a model's own trainStep and testStep", () => {
  for (const runEagerly of [false, true]) {
    const how = runEagerly ? "eagerly" : "compiled";

    test(`train and log like fit's own, ${how}`, async () => {
      const given = build((inputs, outputs) => keras.Model({ inputs, outputs }));
      given.compile({ optimizer: "adam", loss: "mse", metrics: ["mae"], runEagerly });
      const own = build((inputs, outputs) => new ByHand({ inputs, outputs }));
      own.compile({ optimizer: "adam", runEagerly });
      const expected = (await given.fit(x, y, options)).history;
      const found = (await own.fit(x, y, options)).history;
      for (const name of ["loss", "mae"]) {
        assertClose(found[name] as number[], expected[name] as number[], name, { rtol: 1e-5 });
      }
      // The validation measures by computeLoss.
      assertClose(found.val_loss, expected.val_loss, "val_loss", { rtol: 1e-5 });
      for (const [i, weight] of own.getWeights().entries()) {
        assertClose(weight, given.getWeights()[i]?.arraySync() as number[], `weight ${i}`, { rtol: 1e-5 });
      }
    });

    test(`what testStep returns is what evaluate gives, ${how}`, async () => {
      class Counting extends keras.Model {
        override testStep([inputs]: keras.models.StepData) {
          return { rows: tf.scalar(inputs.shape[0] as number), largest: this(inputs).max() };
        }
      }
      const model = build((inputs, outputs) => new Counting({ inputs, outputs }));
      model.compile({ loss: "mse", runEagerly });
      const before = model.getWeights().map((weight) => weight.arraySync());
      const logs = await model.evaluate(x, y, { verbose: 0, batchSize: 24, returnDict: true });
      assert.equal(logs["rows"], 24);
      assertClose(
        logs["largest"] as number,
        (await model.predict(x, { verbose: 0 })).max().arraySync() as number,
        "max",
      );
      assert.deepEqual(
        model.getWeights().map((weight) => weight.arraySync()),
        before,
      );
    });
  }

  test("must return losses by name", async () => {
    class Silent extends keras.Model {
      override trainStep() {
        return tf.scalar(1) as never;
      }
    }
    const model = build((inputs, outputs) => new Silent({ inputs, outputs }));
    model.compile({ loss: "mse" });
    await assert.rejects(
      model.fit(x, y, options),
      /return losses and metrics by name, as in \{ loss \}, but it returned/,
    );
  });
});
