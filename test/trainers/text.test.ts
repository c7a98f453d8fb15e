import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ProgbarLogger } from "../../src/callbacks/progbar_logger";
import { TerminalProgress } from "../../src/display/progress_output";
import { keras } from "../../src/index";
import { goldens } from "../goldens";

interface Text {
  readonly summaries: { readonly [name: string]: string };
  readonly progress: { readonly [name: string]: string };
}

interface Training {
  readonly inputs: { readonly X: number[][]; readonly y: number[]; readonly W_multi: number[][] };
}

const { summaries, progress } = goldens<Text>("text");
const { inputs } = goldens<Training>("training");
const { Input, Dense, Flatten, Dropout, Conv2D, MaxPooling2D, BatchNormalization } = keras.layers;

const net = () =>
  keras.Sequential([Input([6]), Dense(5, { activation: "sigmoid" }), Dense(3, { activation: "softmax" })]);

function summaryOf(model: keras.Model): string {
  let text = "";
  model.summary({ printFn: (line) => (text += line) });
  return text;
}

/** In the order in which Keras printed them, because automatic names count on. */
const models: { readonly [name: string]: () => keras.Model | Promise<keras.Model> } = {
  two_layers: () =>
    keras.Sequential([Input([784]), Dense(100, { activation: "sigmoid" }), Dense(10, { activation: "softmax" })]),
  two_layers_again_same_session: () =>
    keras.Sequential([Input([784]), Dense(100, { activation: "sigmoid" }), Dense(10, { activation: "softmax" })]),
  named_korean: () =>
    keras.Sequential(
      [
        Input([784]),
        Dense(100, { activation: "sigmoid", name: "은닉층" }),
        Dense(10, { activation: "softmax", name: "출력층" }),
      ],
      { name: "패션 MNIST 모델" },
    ),
  flatten_relu: () =>
    keras.Sequential([
      Input([28, 28]),
      Flatten(),
      Dense(100, { activation: "relu" }),
      Dense(10, { activation: "softmax" }),
    ]),
  unbuilt: () => keras.Sequential([Dense(16, { activation: "relu" }), Dense(1)]),
  dropout: () =>
    keras.Sequential([
      Input([28, 28]),
      Flatten(),
      Dense(100, { activation: "relu" }),
      Dropout(0.3),
      Dense(10, { activation: "softmax" }),
    ]),
  conv: () =>
    keras.Sequential([
      Input([28, 28, 1]),
      Conv2D(32, 3, { activation: "relu", padding: "same" }),
      MaxPooling2D(2),
      Conv2D(64, [3, 3], { activation: "relu", padding: "same" }),
      MaxPooling2D(2),
      Flatten(),
      Dense(100, { activation: "relu" }),
      Dropout(0.4),
      Dense(10, { activation: "softmax" }),
    ]),
  non_trainable: () => keras.Sequential([Input([8]), Dense(4), BatchNormalization()]),
  after_training_with_adam: async () => {
    const model = net();
    model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy" });
    await model.fit(inputs.X, inputs.y, { verbose: 0 });
    return model;
  },
};

test("summaries are Keras's, character for character", async (t) => {
  keras.utils.clearSession();
  for (const [name, make] of Object.entries(models)) {
    const model = await make();
    await t.test(name, () => assert.equal(summaryOf(model), summaries[name]));
  }
});

/** Text with its times replaced, and with it the backspaces that depend on their lengths. */
const withoutTimes = (text: string) =>
  text
    .replaceAll(/[\b]+/g, "<back>")
    // On a machine that is busy more than 50 ms pass between two steps, and Keras shows those as well.
    .replaceAll(/(<back>\r[^<\n]*)+(?=<back>\r)/g, "")
    .replaceAll(/ +\n/g, "\n")
    .replaceAll("\u001b", "<escape>")
    .replaceAll(/\d+s(<escape>\[0m)? (- )?\d+(us|ms|s)\/step/g, "<time>");

describe("progress is Keras's, times aside", () => {
  const written = async (run: (model: keras.Model, callbacks: ProgbarLogger[]) => Promise<unknown>) => {
    const model = net();
    model.setWeights(inputs.W_multi);
    model.compile({ optimizer: "sgd", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });
    let text = "";
    await run(model, [new ProgbarLogger(new TerminalProgress((part) => (text += part)))]);
    return { text, model };
  };

  test("fit, evaluate and verbose 2, one after the other as Keras ran them", async () => {
    const { X, y } = inputs;
    let text = "";
    const logger = () => [new ProgbarLogger(new TerminalProgress((part) => (text += part)))];
    const { model } = await written(async () => undefined);
    await model.fit(X, y, { epochs: 2, shuffle: false, validationData: [X, y], verbose: 1, callbacks: logger() });
    assert.equal(withoutTimes(text), withoutTimes(progress["fit_verbose_1"] as string));
    text = "";
    await model.fit(X, y, { epochs: 2, shuffle: false, verbose: 2, callbacks: logger() });
    assert.equal(withoutTimes(text), withoutTimes(progress["fit_verbose_2"] as string));
    text = "";
    await model.evaluate(X, y, { verbose: 1, callbacks: logger() });
    assert.equal(withoutTimes(text), withoutTimes(progress["evaluate_verbose_1"] as string));
  });
});
