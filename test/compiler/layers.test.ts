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
  Rescaling: [[6], () => [layers.Rescaling(2, { offset: -1 }), layers.Dense(5, { activation: "elu" })]],
  Reshape: [[12], () => [layers.Reshape([3, 4]), layers.Permute([2, 1]), layers.Flatten()]],
};

describe("compiled layers train as eager ones", () => {
  for (const [what, [shape, begin, tokens]] of Object.entries(models)) {
    test(what, async () => {
      const x = tokens ? tf.floor(numbers([rows, ...shape], 1, 0, tokens)) : numbers([rows, ...shape], 1);
      const y = numbers([rows, 2], 2);
      const train = async (jitCompile: boolean) => {
        keras.utils.setRandomSeed(3);
        const model = keras.Sequential([keras.layers.Input(shape), ...begin(), layers.Dense(2)]);
        model.compile({ optimizer: keras.optimizers.SGD(0.01), loss: "mse", jitCompile, runEagerly: !jitCompile });
        // Of ten rows by four, the last batch is short.
        await model.fit(x, y, { batchSize: 4, epochs: 2, verbose: 0, shuffle: false });
        return [...model.getWeights(), await model.predict(x, { batchSize: 4, verbose: 0 })];
      };
      const [compiled, eager] = [await train(true), await train(false)];
      compiled.forEach((tensor, i) => {
        assertClose(tensor, eager[i] as tf.Tensor, `${what}, ${i + 1} of ${compiled.length}`, 1e-4);
      });
    });
  }
});
