import { test } from "node:test";
import { KFold, keras, StratifiedKFold, type tf, trainTestSplit } from "../../src/index";

// None of these is run: the build checks that each marked line does not compile.

const { layers, optimizers, losses, metrics, callbacks, initializers, regularizers, constraints } = keras;

export function ofLayers(x: tf.Tensor): void {
  // @ts-expect-error the number of units is no word
  layers.Dense("ten");
  // @ts-expect-error a misspelled option
  layers.Dense(10, { usebias: false });
  // @ts-expect-error a misspelled activation
  layers.Activation("softmx");
  // @ts-expect-error a misspelled initializer
  layers.Dense(10, { kernelInitializer: "glorot_unifrm" });
  // @ts-expect-error a misspelled regularizer
  layers.Dense(10, { kernelRegularizer: "l3" });
  // @ts-expect-error a misspelled constraint
  layers.Dense(10, { kernelConstraint: "max_nrm" });
  // @ts-expect-error a padding that does not exist
  layers.Conv2D(32, 3, { padding: "sme" });
  // @ts-expect-error the kernel's size is missing
  layers.Conv2D(32);
  // @ts-expect-error a misspelled option
  layers.MaxPooling2D(2, { stride: 2 });
  // @ts-expect-error a rate is a number
  layers.Dropout("0.5");
  // @ts-expect-error a misspelled option
  layers.LSTM(32, { returnSequence: true });
  // @ts-expect-error a misspelled activation
  layers.GRU(32, { recurrentActivation: "sigmod" });
  // @ts-expect-error the output's size is missing
  layers.Embedding(1000);
  // @ts-expect-error a way of merging that does not exist
  layers.Bidirectional(layers.LSTM(2), { mergeMode: "add" });
  // @ts-expect-error a shape is a list
  layers.Input(784);
  // @ts-expect-error a shape is a list of numbers
  layers.Reshape("28, 28");
  // @ts-expect-error a misspelled option
  layers.BatchNormalization({ momentm: 0.9 });
  // @ts-expect-error a misspelled option
  layers.Dense(10)(x, { trainning: true }).foo;
}

export async function ofModels(model: keras.Model, x: tf.Tensor): Promise<void> {
  // @ts-expect-error a layer by name is no layer
  keras.Sequential(["dense"]);
  // @ts-expect-error a misspelled option
  keras.Sequential([], { nme: "a" });
  // @ts-expect-error a misspelled option
  model.compile({ los: "mse" });
  // @ts-expect-error a misspelled loss in a list
  model.compile({ loss: ["mse", "mea"] });
  // @ts-expect-error a loss has two arguments at most
  model.compile({ loss: (_a: tf.Tensor, _b: tf.Tensor, c: number) => c });
  // @ts-expect-error jitCompile is true, false or "auto"
  model.compile({ jitCompile: "always" });
  // @ts-expect-error data are missing
  await model.fit();
  // @ts-expect-error verbose is 0, 1, 2 or "auto"
  await model.fit(x, x, { verbose: 3 });
  // @ts-expect-error validation data are a pair
  await model.fit(x, x, { validationData: x });
  // @ts-expect-error a number
  await model.fit(x, x, { epochs: "5" });
  // @ts-expect-error evaluate has no epochs
  await model.evaluate(x, x, { epochs: 5 });
  // @ts-expect-error a misspelled option
  await model.predict(x, { batchsize: 32 });
  // @ts-expect-error a misspelled option
  model.summary({ linelength: 80 });
  // @ts-expect-error a misspelled method
  model.sumary();
}

export function ofCompiledParts(x: tf.Tensor): void {
  // @ts-expect-error a misspelled option
  optimizers.Adam({ learning_rate: 0.01 });
  // @ts-expect-error a rate is a number or a schedule
  optimizers.SGD({ learningRate: "0.01" });
  // @ts-expect-error Adam has no momentum
  optimizers.Adam({ momentum: 0.9 });
  // @ts-expect-error no such schedule
  optimizers.schedules.ExponentalDecay;
  // @ts-expect-error a misspelled option
  losses.SparseCategoricalCrossentropy({ fromLogit: true });
  // @ts-expect-error a reduction that does not exist
  losses.MeanSquaredError({ reduction: "average" });
  // @ts-expect-error a misspelled option
  metrics.TopKCategoricalAccuracy({ K: 3 });
  // @ts-expect-error no such metric
  metrics.Presicion();
  // @ts-expect-error a misspelled option
  callbacks.EarlyStopping({ patiance: 2 });
  // @ts-expect-error a mode that does not exist
  callbacks.EarlyStopping({ mode: "maximum" });
  // @ts-expect-error a misspelled option
  callbacks.ReduceLROnPlateau({ facter: 0.1 });
  // @ts-expect-error a misspelled option
  initializers.RandomNormal({ standardDeviation: 1 });
  // @ts-expect-error a misspelled option
  regularizers.L1L2({ l3: 1 });
  // @ts-expect-error a misspelled option
  constraints.MaxNorm({ maximum: 2 });
  // @ts-expect-error no such function
  keras.ops.matmull(x, x);
  // @ts-expect-error a misspelled option
  keras.ops.mean(x, { keepDims: true });
}

export function ofData(x: tf.Tensor): void {
  // @ts-expect-error a misspelled option
  trainTestSplit(x, { tesSize: 0.2 });
  // @ts-expect-error a misspelled option
  KFold(4, { shufle: true });
  // @ts-expect-error a misspelled option
  StratifiedKFold(4, { shufle: true });
  // @ts-expect-error a misspelled option
  keras.utils.padSequences([[1]], { maxLength: 2 });
  // @ts-expect-error before or after
  keras.utils.padSequences([[1]], { padding: "front" });
  // @ts-expect-error no such data set
  keras.datasets.fashion_mnist;
  // @ts-expect-error a misspelled option
  keras.utils.plotModel(keras.Sequential([]), { showShape: true });
}

test("mistakes do not compile: see the build", () => undefined);
