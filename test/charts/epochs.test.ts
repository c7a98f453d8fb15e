import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { pointsOf } from "../../src/charts/history_like";
import { drawHistory } from "../../src/charts/history_plot";
import { keras, tf } from "../../src/index";

const { charts } = keras;
const x = tf.ones([4, 1]);

async function fitted(options: keras.models.FitOptions) {
  const model = keras.Sequential([keras.layers.Input([1]), keras.layers.Dense(1)]);
  model.compile({ loss: "mse" });
  return model.fit(x, x, { verbose: 0, validationData: [x, x], ...options });
}

/** The epochs of each line of a chart with one panel. */
function drawn(figure: { readonly spec: object }) {
  const { data, encoding } = figure.spec as {
    data: { values: { epoch: number; part: string }[] };
    encoding: { x: { scale: { domain: number[] }; axis: { values: number[] } } };
  };
  const of = (part: string) => data.values.filter((each) => each.part === part).map(({ epoch }) => epoch);
  const { scale, axis } = encoding.x;
  return { training: of("training"), validation: of("validation"), domain: scale.domain, axis: axis.values };
}

describe("Histories are shown by their epochs, not by position:", () => {
  test("a training that goes on", async () => {
    const history = await fitted({ epochs: 6, initialEpoch: 4 });
    assert.deepEqual(history.epoch, [4, 5]); // Keras 3.15 records the same
    const expected = { training: [5, 6], validation: [5, 6], domain: [5, 6], axis: [5, 6] };
    assert.deepEqual(drawn(history.plot()), expected);
    assert.equal(history.plot().describe(), "Figure: loss over 2 epochs");
    assert.deepEqual(
      charts.table(history).rows.map((row) => row["epoch"]),
      [5, 6],
    );
    const compared = charts.compareHistories({ history }, { metric: "loss" });
    assert.deepEqual(compared.data[0]?.["x"], [5, 6]);
    assert.deepEqual(compared.data[1]?.["x"], [6], "the star of the best");
    const runs = charts.RunComparison({ metric: "loss" }).add("on", history);
    history.onTrainBegin();
    assert.equal(runs.table().rows[0]?.["at epoch"], 6);
  });

  test("epochs that were not all validated", async () => {
    const history = await fitted({ epochs: 5, validationFreq: 2 });
    const { training, validation } = drawn(history.plot());
    assert.deepEqual(
      [training, validation],
      [
        [1, 2, 3, 4, 5],
        [2, 4],
      ],
    );
    const [first, second] = history.history.val_loss;
    assert.deepEqual(
      charts.table(history).rows.map((row) => row["val_loss"]),
      [undefined, first, undefined, second, undefined],
    );
    assert.deepEqual(charts.compareHistories({ history }, { metric: "val_loss" }).data[0]?.["x"], [2, 4]);
    assert.deepEqual(history.epochsOf("val_loss"), [1, 3]);
  });

  test("a run that is tracked", async () => {
    const runs = charts.RunComparison({ metric: "loss" });
    await fitted({ epochs: 6, initialEpoch: 4, callbacks: [runs.track("on")] });
    assert.deepEqual(runs.figure.data[0]?.["x"], [5, 6]);
  });

  test("while the first epoch of a training that goes on runs", () => {
    const trail = { loss: [{ epoch: 4.5, value: 1 }] };
    const figure = drawHistory({ history: {} }, { epochs: 6, trail });
    assert.deepEqual(drawn(figure), { training: [4.5], validation: [], domain: [4, 6], axis: [4, 5, 6] });
  });

  test("records without epochs, and those that a reader has changed, begin at 1", () => {
    const epochs = (history: keras.charts.HistoryLike) => pointsOf(history, "loss").map(({ epoch }) => epoch);
    assert.deepEqual(epochs({ history: { loss: [3, 2] } }), [1, 2]);
    assert.deepEqual(epochs({ history: { loss: [3, 2] }, epoch: [7, 8] }), [8, 9]);
    assert.deepEqual(epochs({ history: { loss: [3, 2, 1] }, epoch: [7, 8] }), [1, 2, 3]);
    assert.deepEqual(epochs({ history: {} }), []);
  });
});
