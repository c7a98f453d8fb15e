import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PNG } from "pngjs";
import { keras, RandomState, tf } from "../../src/index";

/** A call that works: with it the sweep knows that a wrong value, and nothing else, is what an error is about. */
export interface Row {
  readonly args?: () => readonly unknown[];
  /** What is called, if it is a method. */
  readonly on?: () => object;
  /** Whether any option is taken, as by what hands them on. */
  readonly open?: boolean;
  /** What its errors are about, where that is not the function: "Expected x to be a tensor …". */
  readonly names?: "the data";
  /** Parameters and options of which a value that the types refuse is taken on purpose. */
  readonly lenient?: readonly string[];
}

const folder = mkdtempSync(path.join(tmpdir(), "tskeras-options-"));
/** What a parameter is given that takes a tensor. */
export const anyTensor = () =>
  tf.tensor2d([
    [1, 2],
    [3, 4],
  ]);

const labels = () =>
  tf.tensor2d([
    [1, 0],
    [0, 1],
  ]);
const probabilities = () =>
  tf.tensor2d([
    [0.8, 0.2],
    [0.3, 0.7],
  ]);
const history = { loss: [1, 0.5] };
const images = () => tf.ones([1, 4, 4, 1]);
const model = () => {
  const made = keras.Sequential([keras.layers.Input([2]), keras.layers.Dense(1)]);
  made.compile({ loss: "mse" });
  return made;
};
const csv = path.join(folder, "rows.csv");
writeFileSync(csv, "a,b\n1,2\n");

const [texts, pictures] = ["texts", "pictures"].map((name) => path.join(folder, name)) as [string, string];
for (const kind of ["a", "b"]) {
  for (const parent of [texts, pictures]) mkdirSync(path.join(parent, kind), { recursive: true });
  writeFileSync(path.join(texts, kind, "one.txt"), "some words");
  writeFileSync(path.join(pictures, kind, "one.png"), PNG.sync.write(new PNG({ width: 2, height: 2 })));
}

/** The path of a model that is saved. */
const saved = path.join(folder, "saved.keras");
const savedModel = () => [saved];
export const ready = model().save(saved);

class Registered extends keras.layers.Layer {}

const row = (...args: unknown[]): Row => ({ args: () => args });
const pooled = row(2);
const alias: Row = { names: "the data" };
const trained: Row = { names: "the data", on: model, args: () => [tf.ones([4, 2]), tf.ones([4, 1])] };
const decay = row({ initialLearningRate: 0.1, decaySteps: 10, decayRate: 0.5 });

/** Calls that need more than a tensor for each tensor that is asked for. */
export const rows: { readonly [path: string]: Row } = {
  ...Object.fromEntries(
    ["compareHistories", "keras.charts.compareHistories"].map((name) => [name, row({ a: { history } }, {})]),
  ),
  ...Object.fromEntries(["imageGrid", "keras.charts.imageGrid"].map((name) => [name, { args: () => [images()] }])),
  ...Object.fromEntries(["imshow", "keras.charts.imshow"].map((name) => [name, { args: () => [anyTensor()] }])),
  "keras.charts.table": row([{ a: 1 }], {}),
  "keras.charts.confusionMatrix": row([0, 1], [0, 1]),
  "keras.charts.activationMaps": { args: () => [images()] },
  "keras.charts.filters": { args: () => [images()] },
  "keras.charts.heatmap": { args: () => [anyTensor()] },
  // It speaks of history.plot(), by which readers know it.
  "keras.charts.plotHistory": { args: () => [{ history }, {}], names: "the data" },
  "keras.charts.plotModel": { args: () => [model()] },
  "keras.charts.predictions": { args: () => [images(), probabilities().slice([0], [1])] },
  "keras.charts.bar": row([1], [2]),
  "keras.charts.hist": row([1, 2]),
  "keras.charts.plot": row([1, 2]),
  "keras.charts.scatter": row([1], [2]),
  "keras.charts.subplots": { args: () => [[keras.charts.plot([1])]] },
  compile: row((x: tf.Tensor) => x.square()),
  KFold: row(2),
  StratifiedKFold: row(2),
  kFold: { args: () => [tf.ones([6, 2])] },
  trainTestSplit: { args: () => [tf.ones([4, 2])] },
  "RandomState#seed": row(1),
  "RandomState#shuffle": row([1, 2]),
  "RandomState#permutation": row(3),
  "RandomState#randint": row(3),
  "RandomState#choice": row(3, 2),
  "keras.activations.get": { args: () => ["relu"], names: "the data" },
  "keras.activations.serialize": row(keras.activations.relu),
  "keras.activations.threshold": { args: () => [tf.ones([2]), 1, 0] },
  "keras.callbacks.BackupAndRestore": row(path.join(folder, "backup")),
  "keras.callbacks.CSVLogger": row(path.join(folder, "log.csv")),
  "keras.callbacks.LearningRateScheduler": row(() => 0.1),
  "keras.callbacks.ModelCheckpoint": row(path.join(folder, "best.keras")),
  "keras.config.setDevice": { args: () => ["cpu"], names: "the data" },
  "keras.initializers.get": { args: () => ["zeros"], names: "the data" },
  "keras.constraints.get": { args: () => ["max_norm"], names: "the data" },
  "keras.regularizers.get": { args: () => ["l2"], names: "the data" },
  "keras.optimizers.get": { args: () => ["adam"], names: "the data" },
  "keras.losses.get": { args: () => ["mse"], names: "the data" },
  "keras.losses.nameOf": row("mse"),
  "keras.losses.standardize": row("mse"),
  "keras.metrics.get": { args: () => ["mse"], names: "the data" },
  "keras.metrics.standardize": { args: () => ["mse"], names: "the data" },
  "keras.losses.categoricalGeneralizedCrossEntropy": { args: () => [labels(), probabilities(), 0.5] },
  "keras.losses.sparseCategoricalCrossentropy": { args: () => [tf.tensor1d([0, 1]), probabilities()] },
  "keras.metrics.sparseCategoricalCrossentropy": { args: () => [tf.tensor1d([0, 1]), probabilities()] },
  "keras.metrics.sparseCategoricalAccuracy": { args: () => [tf.tensor1d([0, 1]), probabilities()] },
  "keras.metrics.sparseTopKCategoricalAccuracy": { args: () => [tf.tensor1d([0, 1]), probabilities(), 1] },
  "keras.metrics.topKCategoricalAccuracy": { args: () => [labels(), probabilities(), 1] },
  "keras.metrics.confusionMatrix": { args: () => [tf.tensor1d([0, 1]), tf.tensor1d([0, 1]), 2] },
  "keras.metrics.PrecisionAtRecall": row(0.5),
  "keras.metrics.RecallAtPrecision": row(0.5),
  "keras.metrics.SensitivityAtSpecificity": row(0.5),
  "keras.metrics.SpecificityAtSensitivity": row(0.5),
  "keras.metrics.IoU": row({ numClasses: 2, targetClassIds: [0] }),
  "keras.metrics.OneHotIoU": row({ numClasses: 2, targetClassIds: [0] }),
  "keras.metrics.MeanIoU": row({ numClasses: 2 }),
  "keras.metrics.OneHotMeanIoU": row({ numClasses: 2 }),
  "keras.metrics.MeanMetricWrapper": row((t: tf.Tensor, p: tf.Tensor) => t.sub(p)),
  "keras.layers.Conv1D": row(2, 3),
  "keras.layers.Convolution1D": row(2, 3),
  "keras.layers.Conv2D": row(2, 3),
  "keras.layers.Convolution2D": row(2, 3),
  "keras.layers.Conv2DTranspose": row(2, 3),
  "keras.layers.Convolution2DTranspose": row(2, 3),
  "keras.layers.DepthwiseConv2D": row(3),
  "keras.layers.SeparableConv2D": row(2, 3),
  "keras.layers.SeparableConvolution2D": row(2, 3),
  "keras.layers.Activation": row("relu"),
  "keras.layers.Dense": row(2),
  "keras.layers.Embedding": row(10, 2),
  "keras.layers.Lambda": row((x: tf.Tensor) => x),
  "keras.layers.Input": row([2]),
  "keras.Input": row([2]),
  "keras.layers.InputLayer": row({ shape: [2] }),
  "keras.layers.Dot": row(1),
  "keras.layers.AveragePooling1D": pooled,
  "keras.layers.AveragePooling2D": pooled,
  "keras.layers.MaxPooling1D": pooled,
  "keras.layers.MaxPooling2D": pooled,
  "keras.layers.AvgPool1D": pooled,
  "keras.layers.AvgPool2D": pooled,
  "keras.layers.MaxPool1D": pooled,
  "keras.layers.MaxPool2D": pooled,
  "keras.layers.RandomFlip": row("horizontal"),
  "keras.layers.RandomRotation": row(0.1),
  "keras.layers.RandomZoom": row(0.1),
  "keras.layers.Rescaling": row(0.5),
  "keras.layers.Dropout": row(0.5),
  "keras.layers.GaussianDropout": row(0.5),
  "keras.layers.GaussianNoise": row(0.5),
  "keras.layers.SpatialDropout1D": row(0.5),
  "keras.layers.SpatialDropout2D": row(0.5),
  "keras.layers.Cropping1D": row(1),
  "keras.layers.Cropping2D": row(1),
  "keras.layers.ZeroPadding1D": row(1),
  "keras.layers.ZeroPadding2D": row(1),
  "keras.layers.Permute": row([2, 1]),
  "keras.layers.RepeatVector": row(2),
  "keras.layers.Reshape": row([4]),
  "keras.layers.UpSampling1D": row(2),
  "keras.layers.UpSampling2D": row(2),
  "keras.layers.Bidirectional": { args: () => [keras.layers.LSTM(2)] },
  "keras.layers.TimeDistributed": { args: () => [keras.layers.Dense(2)] },
  "keras.layers.GRU": row(2),
  "keras.layers.LSTM": row(2),
  "keras.layers.SimpleRNN": row(2),
  "keras.layers.concatenate": { args: () => [[tf.ones([2, 2]), tf.ones([2, 2])]] },
  "keras.optimizers.schedules.CosineDecay": row({ initialLearningRate: 0.1, decaySteps: 10 }),
  "keras.optimizers.schedules.CosineDecayRestarts": row({ initialLearningRate: 0.1, firstDecaySteps: 10 }),
  "keras.optimizers.schedules.ExponentialDecay": decay,
  "keras.optimizers.schedules.InverseTimeDecay": decay,
  "keras.optimizers.schedules.PolynomialDecay": row({ initialLearningRate: 0.1, decaySteps: 10 }),
  "keras.optimizers.schedules.PiecewiseConstantDecay": row({ boundaries: [1], values: [1, 2] }),
  "keras.Model": {
    args: () => {
      const x = keras.Input([2]);
      return [{ inputs: x, outputs: keras.layers.Dense(1)(x) }];
    },
  },
  "keras.models.Model": {
    args: () => {
      const x = keras.Input([2]);
      return [{ inputs: x, outputs: keras.layers.Dense(1)(x) }];
    },
  },
  "keras.Sequential": row([]),
  "keras.models.Sequential": row([]),
  "keras.models.cloneModel": { args: () => [model()] },
  "keras.Model#compile": { on: model, args: () => [{ loss: "mse" }] },
  "keras.Model#fit": trained,
  "keras.Model#evaluate": { ...trained, lenient: ["returnDict"] },
  "keras.Model#predict": { names: "the data", on: model, args: () => [tf.ones([4, 2])] },
  "keras.Model#trainOnBatch": { ...trained, lenient: ["returnDict"] },
  "keras.Model#testOnBatch": { ...trained, lenient: ["returnDict"] },
  "keras.Model#summary": { on: model, args: () => [{ printFn: () => undefined }] },
  "keras.Model#save": { on: model, args: () => [path.join(folder, "model.keras")] },
  "keras.Model#saveWeights": { on: model, args: () => [path.join(folder, "model.weights.h5")] },
  "keras.Model#getLayer": { on: model, args: () => [{ index: 0 }] },
  "keras.layers.Layer#addWeight": { on: () => new keras.layers.Layer() },
  "keras.optimizers.Optimizer#excludeFromWeightDecay": { on: () => keras.optimizers.Adam(), args: () => [{}] },
  RandomState: row(1),
  "keras.layers.subtract": { args: () => [[tf.ones([2, 2]), tf.ones([2, 2])]] },
  "keras.KerasTensor": { lenient: ["shape"], args: () => [[2], { dtype: "float32", node: keras.Input([2]).node }] },
  "keras.models.loadModel": { args: savedModel },
  "keras.saving.loadModel": { args: savedModel },
  "keras.saving.registerKerasSerializable": row(Registered),
  "keras.utils.registerKerasSerializable": row(Registered),
  "keras.layers.Layer": { open: true },
  "keras.callbacks.ProgbarLogger": { lenient: ["output"] },
  "keras.models.modelFromJson": { args: () => [model().toJson()] },
  "keras.random.categorical": { args: () => [anyTensor(), 2], lenient: ["logits"] },
  "keras.random.dropout": { args: () => [anyTensor(), 0.5], lenient: ["x"] },
  "keras.random.shuffle": { lenient: ["x"] },
  "keras.random.normal": row([2]),
  "keras.random.truncatedNormal": row([2]),
  "keras.random.uniform": row([2]),
  "keras.random.randint": row([2], 0, 5),
  "keras.layers.RandomBrightness": row(0.1),
  "keras.layers.RandomContrast": row(0.1),
  "keras.layers.RandomTranslation": row(0.1, 0.1),
  "keras.layers.CenterCrop": row(2, 2),
  "keras.layers.Resizing": row(2, 2),
  "keras.layers.AlphaDropout": row(0.5),
  "keras.ops.getItem": { args: () => [anyTensor(), "0"] },
  "keras.ops.moments": { args: () => [anyTensor(), 0], names: "the data" },
  "keras.ops.amax": alias,
  "keras.ops.amin": alias,
  "keras.ops.var_": alias,
  "keras.ops.arange": row(3),
  "keras.layers.ActivityRegularization": { lenient: ["activityRegularizer"] },
  "keras.ops.cast": { args: () => [anyTensor(), "int32"] },
  "keras.ops.zeros": row([2]),
  "keras.ops.ones": row([2]),
  "keras.ops.full": row([2], 1),
  "keras.ops.identity": row(2),
  "keras.ops.eye": row(2),
  "keras.ops.take": { args: () => [anyTensor(), [0, 1]] },
  "keras.ops.takeAlongAxis": { args: () => [anyTensor(), [[0], [1]], 1] },
  "keras.ops.inTopK": { args: () => [[0, 1], anyTensor(), 1] },
  "keras.ops.searchsorted": row([1, 2, 3], [2]),
  "keras.ops.slice": { args: () => [anyTensor(), [0, 0], [1, 1]] },
  "keras.ops.scatter": row([[0], [1]], [1, 2], [3]),
  "keras.ops.scatterUpdate": { args: () => [anyTensor(), [[0, 0]], [5]] },
  "keras.ops.segmentSum": row([1, 2], [0, 0], 1),
  "keras.ops.einsum": { args: () => ["ij,jk->ik", anyTensor(), anyTensor()] },
  "keras.ops.threshold": { args: () => [anyTensor(), 1, 0] },
  "keras.ops.sparseCategoricalCrossentropy": { args: () => [tf.tensor1d([0, 1], "int32"), probabilities()] },
  "keras.ops.expandDims": { args: () => [anyTensor(), 0] },
  "keras.ops.swapaxes": { args: () => [anyTensor(), 0, 1] },
  "keras.ops.moveaxis": { args: () => [anyTensor(), 0, 1] },
  "keras.ops.split": { args: () => [anyTensor(), 2] },
  "keras.ops.pad": {
    args: () => [
      anyTensor(),
      [
        [0, 1],
        [0, 1],
      ],
    ],
  },
  "keras.ops.reshape": { args: () => [anyTensor(), [4]] },
  "keras.ops.broadcastTo": { args: () => [anyTensor(), [2, 2]] },
  "keras.ops.concatenate": { args: () => [[anyTensor(), anyTensor()]] },
  "keras.ops.stack": { args: () => [[anyTensor(), anyTensor()]] },
  "keras.ops.vstack": { args: () => [[anyTensor(), anyTensor()]] },
  "keras.ops.hstack": { args: () => [[anyTensor(), anyTensor()]] },
  "keras.utils.FileDataset": row("the test", texts, [".txt"], {}, async () => []),
  "keras.utils.imageDatasetFromDirectory": row(pictures),
  "keras.utils.textDatasetFromDirectory": row(texts),
  "keras.utils.CsvTable": { args: () => [csv, ["a"], [["1"]]], lenient: ["path", "columns", "rows"] },
  "keras.utils.padSequences": row([[1], [1, 2]]),
  "keras.utils.readCsv": row(csv),
  "keras.utils.plotModel": { args: () => [model()] },
  "keras.utils.setRandomSeed": row(1),
  "keras.utils.toCategorical": row([0, 1]),
  "keras.utils.vectorizeSequences": row([[1], [0, 1]], 3),
};

/** What methods without a row of their own are called on. */
export const instances: { readonly [path: string]: () => object } = {
  RandomState: () => RandomState(1),
};
