import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { keras, tf } from "../../src/index";
import { assertClose, numbers } from "./close";

const rows = 10;
const { layers } = keras;

/** Models of every kind of layer: their inputs, and how they begin; a Dense head follows. */
const models: Record<string, [shape: number[], begin: () => keras.layers.Layer[], tokens?: number]> = {
  Conv1D: [[9, 3], () => [layers.Conv1D(4, 3, { activation: "relu" }), layers.Flatten()]],
  Conv2D: [[8, 7, 2], () => [layers.Conv2D(4, 3, { activation: "relu", padding: "same" }), layers.Flatten()]],
  "Conv2D with strides": [
    [8, 7, 2],
    () => [layers.Conv2D(4, 3, { strides: 2 }), layers.Conv2D(3, 2, { strides: 2 }), layers.Flatten()],
  ],
  "Conv2D, dilated": [[8, 8, 2], () => [layers.Conv2D(4, 3, { dilationRate: 2 }), layers.Flatten()]],
  Conv2DTranspose: [[4, 4, 2], () => [layers.Conv2DTranspose(3, 3, { strides: 2, padding: "same" }), layers.Flatten()]],
  DepthwiseConv2D: [[6, 6, 3], () => [layers.DepthwiseConv2D(3), layers.Flatten()]],
  SeparableConv2D: [[6, 6, 3], () => [layers.SeparableConv2D(4, 3), layers.Flatten()]],
  MaxPooling2D: [[8, 8, 2], () => [layers.Conv2D(4, 3, { padding: "same" }), layers.MaxPooling2D(2), layers.Flatten()]],
  "MaxPooling2D, overlapping": [
    [8, 7, 2],
    () => [layers.Conv2D(4, 3), layers.MaxPooling2D(3, { strides: 2, padding: "same" }), layers.Flatten()],
  ],
  AveragePooling2D: [[8, 8, 2], () => [layers.Conv2D(4, 3), layers.AveragePooling2D(2), layers.Flatten()]],
  "AveragePooling2D, padded": [
    [7, 7, 2],
    () => [layers.Conv2D(4, 3), layers.AveragePooling2D(2, { padding: "same" }), layers.Flatten()],
  ],
  MaxPooling1D: [[9, 3], () => [layers.Conv1D(4, 3), layers.MaxPooling1D(2), layers.Flatten()]],
  GlobalAveragePooling2D: [[6, 6, 2], () => [layers.Conv2D(4, 3), layers.GlobalAveragePooling2D()]],
  GlobalMaxPooling1D: [[9, 3], () => [layers.Conv1D(4, 3), layers.GlobalMaxPooling1D()]],
  BatchNormalization: [[6], () => [layers.Dense(5), layers.BatchNormalization()]],
  "BatchNormalization of images": [
    [6, 6, 2],
    () => [layers.Conv2D(4, 3), layers.BatchNormalization(), layers.Flatten()],
  ],
  LayerNormalization: [[6], () => [layers.Dense(5), layers.LayerNormalization()]],
  Embedding: [[7], () => [layers.Embedding(11, 4), layers.Flatten()], 11],
  SimpleRNN: [[5, 3], () => [layers.SimpleRNN(4)]],
  LSTM: [[5, 3], () => [layers.LSTM(4, { returnSequences: true }), layers.LSTM(3)]],
  GRU: [[5, 3], () => [layers.GRU(4, { dropout: 0.2, recurrentDropout: 0.2 })]],
  Bidirectional: [[5, 3], () => [layers.Bidirectional(layers.LSTM(4))]],
  TimeDistributed: [[5, 3], () => [layers.TimeDistributed(layers.Dense(4)), layers.Flatten()]],
  UpSampling2D: [[4, 4, 2], () => [layers.Conv2D(3, 3), layers.UpSampling2D(2), layers.Flatten()]],
  ZeroPadding2D: [[4, 4, 2], () => [layers.Conv2D(3, 3), layers.ZeroPadding2D(1), layers.Flatten()]],
  RepeatVector: [[4], () => [layers.Dense(3), layers.RepeatVector(4), layers.Flatten()]],
  GaussianNoise: [[6], () => [layers.Dense(5), layers.GaussianNoise(0.3, { seed: 1 })]],
  GaussianDropout: [[6], () => [layers.Dense(5), layers.GaussianDropout(0.3, { seed: 1 })]],
  SpatialDropout1D: [[5, 3], () => [layers.Conv1D(4, 2), layers.SpatialDropout1D(0.3, { seed: 1 }), layers.Flatten()]],
  PReLU: [[6], () => [layers.Dense(5), layers.PReLU(), layers.LeakyReLU()]],
  "Conv1D, causal": [[9, 3], () => [layers.Conv1D(4, 3, { padding: "causal", dilationRate: 2 }), layers.Flatten()]],
  AveragePooling1D: [[9, 3], () => [layers.Conv1D(4, 3), layers.AveragePooling1D(2), layers.Flatten()]],
  GlobalAveragePooling1D: [[9, 3], () => [layers.Conv1D(4, 3), layers.GlobalAveragePooling1D()]],
  GlobalMaxPooling2D: [[6, 6, 2], () => [layers.Conv2D(4, 3), layers.GlobalMaxPooling2D()]],
  "UpSampling2D, bilinear": [
    [4, 4, 2],
    () => [layers.Conv2D(3, 3), layers.UpSampling2D(2, { interpolation: "bilinear" }), layers.Flatten()],
  ],
  UpSampling1D: [[5, 3], () => [layers.Conv1D(4, 2), layers.UpSampling1D(2), layers.Flatten()]],
  Cropping2D: [[5, 5, 2], () => [layers.ZeroPadding2D(1), layers.Conv2D(3, 3), layers.Cropping2D(1), layers.Flatten()]],
  Cropping1D: [[6, 3], () => [layers.ZeroPadding1D(1), layers.Conv1D(3, 2), layers.Cropping1D(1), layers.Flatten()]],
  SpatialDropout2D: [
    [5, 5, 2],
    () => [layers.Conv2D(4, 3), layers.SpatialDropout2D(0.3, { seed: 1 }), layers.Flatten()],
  ],
  Masking: [[5, 3], () => [layers.Masking(), layers.LSTM(4)], 2],
  "Embedding, masked": [[7], () => [layers.Embedding(5, 4, { maskZero: true }), layers.GRU(3)], 5],
  "SimpleRNN, backwards": [[5, 3], () => [layers.SimpleRNN(4, { goBackwards: true, recurrentDropout: 0.2 })]],
  "Bidirectional, of sequences": [
    [5, 3],
    () => [layers.Bidirectional(layers.GRU(4, { returnSequences: true }), { mergeMode: "sum" }), layers.Flatten()],
  ],
  "TimeDistributed images": [
    [3, 6, 6, 2],
    () => [layers.TimeDistributed(layers.Conv2D(3, 3)), layers.TimeDistributed(layers.Flatten()), layers.LSTM(3)],
  ],
  RandomFlip: [[6, 6, 2], () => [layers.RandomFlip("horizontal_and_vertical", { seed: 1 }), layers.Flatten()]],
  RandomRotation: [[6, 6, 2], () => [layers.RandomRotation(0.2, { seed: 1 }), layers.Conv2D(3, 3), layers.Flatten()]],
  RandomZoom: [[6, 6, 2], () => [layers.RandomZoom(0.2, { seed: 1 }), layers.Flatten()]],
  "Conv1D, in groups": [[9, 4], () => [layers.Conv1D(4, 3, { groups: 2 }), layers.Flatten()]],
  GroupNormalization: [[6, 4], () => [layers.Conv1D(4, 2), layers.GroupNormalization({ groups: 2 }), layers.Flatten()]],
  UnitNormalization: [[6], () => [layers.Dense(5), layers.UnitNormalization()]],
  AlphaDropout: [[6], () => [layers.Dense(5, { activation: "selu" }), layers.AlphaDropout(0.3, { seed: 1 })]],
  Resizing: [[6, 6, 2], () => [layers.Conv2D(3, 3), layers.Resizing(3, 5), layers.CenterCrop(2, 3), layers.Flatten()]],
  RandomTranslation: [[6, 6, 2], () => [layers.RandomTranslation(0.2, 0.3, { seed: 1 }), layers.Flatten()]],
  "random colors": [
    [6, 6, 2],
    () => [
      layers.RandomBrightness(0.2, { valueRange: [-1, 1], seed: 1 }),
      layers.RandomContrast([0.2, 0.4], { valueRange: [-1, 1], seed: 2 }),
      layers.Flatten(),
    ],
  ],
  Normalization: [[6], () => [layers.Normalization({ mean: 0.5, variance: 2 }), layers.Dense(4)]],
  Lambda: [[6], () => [layers.Dense(5), layers.Lambda((x: tf.Tensor) => tf.square(x))]],
  Identity: [[6], () => [layers.Dense(5), layers.Identity(), layers.ActivityRegularization({ l2: 0.1 })]],
  "activations as layers": [
    [6],
    () => [
      ...[layers.Dense(5), layers.Activation("gelu"), layers.ELU(), layers.Dense(5), layers.ReLU({ maxValue: 2 })],
      ...[layers.Dense(5), layers.Softmax(), layers.Dropout(0.3, { seed: 1 })],
    ],
  ],
  Rescaling: [[6], () => [layers.Rescaling(2, { offset: -1 }), layers.Dense(5, { activation: "elu" })]],
  Reshape: [[12], () => [layers.Reshape([3, 4]), layers.Permute([2, 1]), layers.Flatten()]],
};

/** Names of the classes of layers that were trained below. */
const trained = new Set<string>();

function note(layer: keras.layers.Layer): void {
  trained.add(String((layer.constructor as typeof keras.layers.Layer).className));
  for (const inner of Object.values(layer)) if (inner instanceof keras.layers.Layer) note(inner);
}

/** Trains and predicts compiled and eagerly; every weight and every prediction agrees. */
async function assertSame(what: string, make: () => keras.models.Model, x: tf.Tensor): Promise<void> {
  const y = numbers([rows, 2], 2);
  const train = async (jitCompile: boolean) => {
    keras.utils.setRandomSeed(3);
    const model = make();
    model.layers.forEach(note);
    model.compile({ optimizer: keras.optimizers.SGD(0.01), loss: "mse", jitCompile, runEagerly: !jitCompile });
    // Of ten rows by four, the last batch is short.
    await model.fit(x, y, { batchSize: 4, epochs: 2, verbose: 0, shuffle: false });
    return [...model.getWeights(), await model.predict(x, { batchSize: 4, verbose: 0 })];
  };
  const [compiled, eager] = [await train(true), await train(false)];
  compiled.forEach((tensor, i) => {
    assertClose(tensor, eager[i] as tf.Tensor, `${what}, ${i + 1} of ${compiled.length}`, 1e-4);
  });
}

describe("compiled layers train as eager ones", () => {
  for (const [what, [shape, begin, tokens]] of Object.entries(models)) {
    test(what, () => {
      const x = tokens ? tf.floor(numbers([rows, ...shape], 1, 0, tokens)) : numbers([rows, ...shape], 1);
      return assertSame(what, () => keras.Sequential([layers.Input(shape), ...begin(), layers.Dense(2)]), x);
    });
  }

  const merges = ["Add", "Average", "Maximum", "Minimum", "Multiply", "Subtract", "Concatenate", "Dot"] as const;
  for (const name of merges) {
    test(name, () => {
      const make = () => {
        const input = layers.Input([6]);
        const parts = [layers.Dense(4)(input), layers.Dense(4, { activation: "tanh" })(input)];
        const merged = name === "Dot" ? layers.Dot(1)(parts) : layers[name]()(parts);
        return keras.Model({ inputs: input, outputs: layers.Dense(2)(merged) });
      };
      return assertSame(name, make, numbers([rows, 6], 1));
    });
  }

  test("and these are all layers", () => {
    const classes = Object.values(layers).flatMap((each) =>
      typeof each === "function" && "className" in each ? [String(each.className)] : [],
    );
    const bases = ["undefined", "Layer", "InputLayer"];
    assert.deepEqual(
      classes.filter((name) => !trained.has(name) && !bases.includes(name)),
      [],
    );
  });
});
