import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { keras, tf } from "../../src/index";

const { Input, Dense } = keras.layers;

function classifier(loss: keras.losses.LossIdentifier = "sparse_categorical_crossentropy"): keras.Model {
  const model = keras.Sequential([Input([4]), Dense(3, { activation: "softmax" })]);
  model.compile({ loss, metrics: ["accuracy"] });
  return model;
}

const x = tf.ones([6, 4]);
const y = tf.tensor1d([0, 1, 2, 0, 1, 2], "int32");
/** An option or a name that the types would refuse. */
const wrong = (value: unknown) => value as never;

const cases: { readonly [what: string]: [run: () => unknown, message: RegExp] } = {
  "fit before compile": [
    () => keras.Sequential([Input([4]), Dense(3)]).fit(x, y),
    /model\.fit\(\) needs a loss and an optimizer\. Call model\.compile/,
  ],
  "an optimizer before compile": [
    () => keras.Sequential([Input([4]), Dense(3)]).optimizer,
    /model\.optimizer needs a loss and an optimizer\. Call model\.compile/,
  ],
  "images where rows are expected": [
    () => classifier().fit(tf.ones([6, 2, 2]), y),
    /Expected data of shape \(None, 4\) for input "\S+" but found \(6, 2, 2\)\. Reshape the data to \[-1, 4\].*Flatten/,
  ],
  "a single sample without a batch": [
    () => classifier().predict(tf.ones([4])),
    /Expected data of shape \(None, 4\).*expandDims\(0\)/,
  ],
  "labels and samples of different number": [
    () => classifier().fit(x, y.slice(0, 5)),
    /Expected as many rows in y as in x, but found 5 and 6/,
  ],
  "one-hot labels for the sparse loss": [
    () => classifier().fit(x, keras.utils.toCategorical(y, 3)),
    /for sparse_categorical_crossentropy.*For one-hot labels use categorical_crossentropy/,
  ],
  "integer labels for the dense loss": [
    () => classifier("categorical_crossentropy").fit(x, y),
    /Expected labels of shape \(None, 3\) for categorical_crossentropy but found \(None,\).*use sparse_categorical_crossentropy, or toCategorical\(\)/,
  ],
  "labels that count from 1": [
    () => classifier().fit(x, y.add(tf.scalar(1, "int32"))),
    /Expected labels from 0 to 2.*found 3 in row 2 of y.*subtract 1/,
  ],
  "classes for a model with one output": [
    () => {
      const model = keras.Sequential([Input([4]), Dense(1)]);
      model.compile({ loss: "sparse_categorical_crossentropy" });
      return model.fit(x, y);
    },
    /1 outputs, but found 1 in row 1 of y\. .*as many units as there are classes/,
  ],
  "a word's number beyond the Embedding": [
    () => {
      const model = keras.Sequential([Input([1]), keras.layers.Embedding(10, 2), keras.layers.Flatten(), Dense(1)]);
      model.compile({ loss: "mse" });
      return model.fit([[1], [12]], [1, 2], { verbose: 0 });
    },
    /idx=12 .*below the inputDim of their Embedding/,
  ],
  "a misspelled metric, before fit": [
    () => keras.Sequential([Dense(1)]).compile({ loss: "mse", metrics: [wrong("acuracy")] }),
    /model\.compile\(\), metrics: Unknown metric "acuracy"\. Did you mean "accuracy"\?/,
  ],
  "the activation threshold by its name": [
    () => Dense(1, { activation: wrong("threshold") }),
    /Dense\(\), activation: .*keras\.activations\.threshold\(x, limit, value\)/,
  ],
  "NaN in the data": [
    () => classifier().fit(tf.fill([6, 4], Number.NaN), y),
    /Expected finite numbers in x, but found NaN in row 0/,
  ],
  "no data": [() => classifier().fit(tf.zeros([0, 4]), tf.zeros([0], "int32")), /Expected at least one sample in x/],
  "something that is no data": [() => classifier().fit(wrong("x.csv"), y), /Expected x to be a tensor.*"x\.csv"/],
  "ragged rows": [
    () =>
      classifier().fit(
        [
          [1, 2, 3, 4],
          [1, 2],
        ],
        [0, 1],
      ),
    /Expected x to be nested arrays.*padSequences/,
  ],
  "a misspelled option of fit": [
    () => classifier().fit(x, y, wrong({ ephocs: 5 })),
    /model\.fit\(\) has no option "ephocs"\. Did you mean "epochs"\?/,
  ],
  "no epochs": [() => classifier().fit(x, y, { epochs: 0 }), /expected epochs to be a whole number of 1 or more/],
  "half a batch": [() => classifier().fit(x, y, { batchSize: 0.5 }), /expected batchSize to be a whole number/],
  "an unknown verbosity": [() => classifier().fit(x, y, { verbose: wrong("loud") }), /expected verbose/],
  "a split of more than all": [
    () => classifier().fit(x, y, { validationSplit: 1.5 }),
    /expected validationSplit to be a number from 0 to below 1 but found number 1\.5/,
  ],
  "a split that leaves nothing": [
    () => classifier().fit(x.slice(0, 1), y.slice(0, 1), { validationSplit: 0.5 }),
    /leaves no samples for training/,
  ],
  "class and sample weights at once": [
    () => classifier().fit(x, y, { classWeight: { 0: 2 }, sampleWeight: tf.ones([6]) }),
    /classWeight or sampleWeight, not both/,
  ],
  "a split of a generator": [
    () => classifier().fit(() => [][Symbol.iterator](), undefined, { validationSplit: 0.2 }),
    /validationSplit cannot be used with a generator/,
  ],
  "validation data that do not fit": [
    () => classifier().fit(x, y, { validationData: [tf.ones([2, 5]), y.slice(0, 2)] }),
    /Expected data of shape \(None, 4\)/,
  ],
  "a misspelled callback method": [
    () => classifier().fit(x, y, { callbacks: wrong({ onEpochEnds() {} }) }),
    /A callback has no method "onEpochEnds"\. Did you mean "onEpochEnd"\?/,
  ],
  "an unknown loss": [() => classifier(wrong("mes")), /Unknown loss "mes"/],
  "a misspelled loss": [
    () => classifier(wrong("sparse_categorical_crossentrpy")),
    /Did you mean "sparse_categorical_crossentropy"\?/,
  ],
  "a misspelled optimizer": [
    () => keras.Sequential([Dense(1)]).compile({ optimizer: wrong("adm") }),
    /Did you mean "adam"\?/i,
  ],
  "a misspelled option of compile": [
    () => keras.Sequential([Dense(1)]).compile(wrong({ los: "mse" })),
    /has no option "los"\. Did you mean "loss"\?/,
  ],
  "an unknown metric": [
    async () => {
      const model = keras.Sequential([Input([4]), Dense(1)]);
      model.compile({ loss: "mse", metrics: [wrong("acuracy")] });
      await model.fit(x, y);
    },
    /Unknown metric "acuracy"\. Did you mean "accuracy"\?/,
  ],
  "weights for two losses of a model with one": [
    async () => {
      const model = keras.Sequential([Input([4]), Dense(1)]);
      model.compile({ loss: "mse", lossWeights: [1, 2] });
      await model.fit(x, tf.ones([6, 1]));
    },
    /expected 1 lossWeights, one for each output \(\S+\), but found 2/,
  ],
  "a negative patience": [
    () => keras.callbacks.EarlyStopping({ patience: -1 }),
    /EarlyStopping\(\) expected patience to be a whole number of 0 or more but found number -1/,
  ],
  "a log without a file": [() => keras.callbacks.CSVLogger(wrong(undefined)), /expected the path of the file to write/],
  "too much smoothing of labels": [
    () => keras.losses.CategoricalCrossentropy({ labelSmoothing: 2 }),
    /expected labelSmoothing to be a number from 0 to 1 but found number 2/,
  ],
  "the best none": [
    () => keras.metrics.TopKCategoricalAccuracy({ k: 0 }),
    /expected k to be a whole number of 1 or more but found number 0/,
  ],
  "a decay above 1": [
    () => keras.optimizers.Adam({ beta1: 2 }),
    /Adam\(\) expected beta1 to be a number from 0 to below 1 but found number 2/,
  ],
  "rows where a sequence is expected": [
    () => keras.layers.LSTM(3)(x),
    /expected a sequence \(batch, steps, features\) but found shape \(6, 4\)\..*Embedding/,
  ],
  "something that is no layer": [
    () => keras.Sequential([wrong("dense")]),
    /takes layers such as keras\.layers\.Dense\(10\)/,
  ],
  "two layers of one name": [
    () => keras.Sequential([Dense(1, { name: "a" }), Dense(1, { name: "a" })]),
    /already has a layer named "a"/,
  ],
  "a layer that does not exist": [() => classifier().getLayer("dens"), /has no layer "dens"/],
  "an Input that is missing": [
    () => {
      const [a, b] = [Input([2]), Input([2])];
      return keras.Model({ inputs: a, outputs: keras.layers.Add()([a, b]) });
    },
    /depend on "\S+", an Input of shape \(None, 2\) that is not among/,
  ],
  "a shape that is no list": [
    () => Input(wrong(784)),
    /Input\(\) takes the shape of one sample, as in Input\(\[784\]\)/,
  ],
  "weights of another shape": [
    () => classifier().setWeights([tf.ones([4, 3]), tf.ones([4])]),
    /has shape \(3,\), but found \(4,\)/,
  ],
  "too few weights": [() => classifier().setWeights([tf.ones([4, 3])]), /takes 2 arrays, but found 1/],
  "many outputs for a regression": [
    () => classifier("mse").fit(x, y),
    /Expected y of the shape of the predictions \(None, 3\) for mean_squared_error but found \(None,\).*Dense\(1\)/,
  ],
};

describe("a mistake is one clear error, before anything is trained", () => {
  for (const [what, [run, message]] of Object.entries(cases)) {
    test(what, () => assert.rejects(async () => run(), { message }));
  }
});

test("weights are as they were after a mistake", async () => {
  const model = classifier();
  const before = model.getWeights().map((weight) => weight.arraySync());
  await assert.rejects(model.fit(x, y, { validationData: [x, tf.fill([6], 7, "int32")] }));
  assert.deepEqual(
    model.getWeights().map((weight) => weight.arraySync()),
    before,
  );
});
