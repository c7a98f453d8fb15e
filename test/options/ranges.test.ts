import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { KFold, keras, tf, trainTestSplit } from "../../src/index";

const { callbacks, constraints, initializers, layers, losses, metrics, optimizers, regularizers, utils } = keras;

type Make = (options: never) => unknown;

/** Numbers that are none of what an option may be, as Keras sees it, or with which nothing could be computed. */
const ranges: readonly (readonly [what: string, make: Make, wrong: { readonly [option: string]: unknown[] }])[] = [
  [
    "SGD",
    optimizers.SGD,
    { momentum: [-0.1, 1.5], learningRate: [-1, Number.NaN], clipnorm: [0, -1], weightDecay: [-1] },
  ],
  ["RMSprop", optimizers.RMSprop, { rho: [-0.1, 2], momentum: [2], epsilon: [-1] }],
  ["Adam", optimizers.Adam, { beta1: [1, -0.1], beta2: [1, 2], epsilon: [-1], globalClipnorm: [0], clipvalue: [-2] }],
  ["AdamW", optimizers.AdamW, { weightDecay: [-0.1], emaMomentum: [1.1], emaOverwriteFrequency: [0, 1.5] }],
  ["Nadam", optimizers.Nadam, { beta1: [1], gradientAccumulationSteps: [1, 2.5] }],
  ["Adamax", optimizers.Adamax, { beta2: [1] }],
  ["Lion", optimizers.Lion, { beta1: [1] }],
  ["Adagrad", optimizers.Adagrad, { initialAccumulatorValue: [-1] }],
  ["Adadelta", optimizers.Adadelta, { rho: [1.1] }],
  ["Ftrl", optimizers.Ftrl, { learningRatePower: [0.5], l1RegularizationStrength: [-1] }],
  ...(["ExponentialDecay", "InverseTimeDecay"] as const).map((name): (typeof ranges)[number] => [
    name,
    (options: object) =>
      optimizers.schedules[name]({ initialLearningRate: 0.1, decaySteps: 10, decayRate: 0.5, ...options }),
    { decaySteps: [0, -1], initialLearningRate: [-0.1] },
  ]),
  [
    "CosineDecay",
    (options: object) => optimizers.schedules.CosineDecay({ initialLearningRate: 0.1, decaySteps: 10, ...options }),
    { decaySteps: [0], warmupSteps: [-1] },
  ],
  [
    "CosineDecayRestarts",
    (options: object) =>
      optimizers.schedules.CosineDecayRestarts({ initialLearningRate: 0.1, firstDecaySteps: 10, ...options }),
    { firstDecaySteps: [0], tMul: [0] },
  ],
  [
    "PolynomialDecay",
    (options: object) => optimizers.schedules.PolynomialDecay({ initialLearningRate: 0.1, decaySteps: 10, ...options }),
    { decaySteps: [0], endLearningRate: [-1] },
  ],
  ["RandomNormal", initializers.RandomNormal, { stddev: [-1], seed: [0.5] }],
  ["VarianceScaling", initializers.VarianceScaling, { scale: [0, -1] }],
  ["MaxNorm", constraints.MaxNorm, { maxValue: [-1], axis: [0.5] }],
  ["MinMaxNorm", constraints.MinMaxNorm, { minValue: [-1, 2], rate: [1.5] }],
  ["L1L2", regularizers.L1L2, { l1: [-1], l2: [Number.NaN] }],
  ["Huber", losses.Huber, { delta: [0, -1] }],
  ["BinaryFocalCrossentropy", losses.BinaryFocalCrossentropy, { gamma: [-1], labelSmoothing: [1.5] }],
  ["CategoricalGeneralizedCrossEntropy", losses.CategoricalGeneralizedCrossEntropy, { q: [0, 1] }],
  ["CategoricalCrossentropy", losses.CategoricalCrossentropy, { labelSmoothing: [-0.1, 2], axis: [0.5] }],
  ["AUC", metrics.AUC, { numThresholds: [1, 2.5], thresholds: [[0.5, 2]] }],
  ["Precision", metrics.Precision, { thresholds: [2, [0.5, -1]], topK: [0], classId: [-1, 0.5] }],
  ["FBetaScore", metrics.FBetaScore, { beta: [0], threshold: [0, 1.5] }],
  ["TopKCategoricalAccuracy", metrics.TopKCategoricalAccuracy, { k: [0, 1.5] }],
  [
    "IoU",
    (o: object) => metrics.IoU({ numClasses: 2, targetClassIds: [0], ...o }),
    { numClasses: [0], targetClassIds: [[2]] },
  ],
  ["MeanIoU", (o: object) => metrics.MeanIoU({ numClasses: 2, ...o }), { numClasses: [0, 1.5] }],
  ["R2Score", metrics.R2Score, { numRegressors: [-1] }],
  ["PrecisionAtRecall", (o: object) => metrics.PrecisionAtRecall(0.5, o), { numThresholds: [0], classId: [-1] }],
  ["EarlyStopping", callbacks.EarlyStopping, { patience: [-1, 1.5], startFromEpoch: [-1], minDelta: [Number.NaN] }],
  ["ReduceLROnPlateau", callbacks.ReduceLROnPlateau, { factor: [0, 1], patience: [-1], cooldown: [0.5], minLr: [-1] }],
  ["ModelCheckpoint", (o: object) => callbacks.ModelCheckpoint("a.keras", o), { saveFreq: [0, 1.5] }],
  ["BackupAndRestore", (o: object) => callbacks.BackupAndRestore("backup", o), { saveFreq: [-1] }],
  ["BatchNormalization", layers.BatchNormalization, { momentum: [-0.1, 1.1], epsilon: [-1], axis: [0.5] }],
  ["LSTM", (o: object) => layers.LSTM(2, o), { dropout: [-0.1, 1.1], recurrentDropout: [2] }],
  ["ReLU", layers.ReLU, { maxValue: [-1], negativeSlope: [-1], threshold: [-1] }],
  ["Conv2D", (o: object) => layers.Conv2D(2, 3, o), { strides: [0, [1, 0]], dilationRate: [-1], groups: [0] }],
  ["Conv1D", (o: object) => layers.Conv1D(2, 3, o), { strides: [0], dilationRate: [0.5] }],
  ["padSequences", (o: object) => utils.padSequences([[1]], o), { maxlen: [-1, 0.5] }],
  [
    "trainTestSplit",
    (o: object) => trainTestSplit(tf.ones([4]), o),
    { testSize: [0, 1.5, 4, -0.1], randomState: [-1] },
  ],
  ["KFold", (o: object) => KFold(2, { shuffle: true, ...o }), { randomState: [-1, 0.5] }],
];

describe("a number out of range is an error that names the option", () => {
  for (const [what, make, wrong] of ranges) {
    test(what, () => {
      for (const [option, values] of Object.entries(wrong)) {
        for (const value of values) {
          assert.throws(
            () => make({ [option]: value } as never),
            ({ message }: Error) => message.includes(option) && message.includes(what) && message.includes("found"),
            `${option}: ${value}`,
          );
        }
      }
    });
  }
});

/** Arguments that stand alone. */
const alone: { readonly [call: string]: () => unknown } = {
  "Dense(0)": () => layers.Dense(0),
  "Dense(2.5)": () => layers.Dense(2.5),
  "Embedding(0, 2)": () => layers.Embedding(0, 2),
  "Dropout(1.5)": () => layers.Dropout(1.5),
  "MaxNorm(-1)": () => constraints.MaxNorm(-1),
  "L2(-0.1)": () => regularizers.L2(-0.1),
  "SGD(-0.1)": () => optimizers.SGD(-0.1),
  "ExponentialDecay(0.1, 0, 0.5)": () => optimizers.schedules.ExponentialDecay(0.1, 0, 0.5),
  "PrecisionAtRecall(1.5)": () => metrics.PrecisionAtRecall(1.5),
  "KFold(1)": () => KFold(1),
  "toCategorical([0, 3], 2)": () => utils.toCategorical([0, 3], 2),
  "MaxPooling2D(0)": () => layers.MaxPooling2D(0),
  "Reshape([-1, -1])": () => layers.Reshape([-1, -1]),
};

describe("an argument out of range is an error that names the function", () => {
  for (const [call, run] of Object.entries(alone)) {
    const name = call.slice(0, call.indexOf("("));
    test(call, () => assert.throws(run, ({ message }: Error) => message.includes(name) && message.includes("found")));
  }
});

/** Options spelled as in Python. */
const python: readonly (readonly [option: string, meant: string, run: (option: never) => unknown])[] = [
  ["learning_rate", "learningRate", optimizers.Adam],
  ["beta_1", "beta1", optimizers.Adam],
  ["kernel_initializer", "kernelInitializer", (options: object) => layers.Dense(1, options)],
  ["input_shape", "inputShape", (options: object) => layers.Dense(1, options)],
  ["use_bias", "useBias", (options: object) => layers.Conv2D(1, 3, options)],
  ["return_sequences", "returnSequences", (options: object) => layers.LSTM(1, options)],
  ["from_logits", "fromLogits", losses.SparseCategoricalCrossentropy],
  ["restore_best_weights", "restoreBestWeights", callbacks.EarlyStopping],
  ["save_best_only", "saveBestOnly", (options: object) => callbacks.ModelCheckpoint("a.keras", options)],
  ["test_size", "testSize", (options: object) => trainTestSplit(tf.ones([4]), options)],
  ["random_state", "randomState", (options: object) => KFold(2, options)],
  ["batch_size", "batchSize", (options: object) => fit(options)],
  ["validation_data", "validationData", (options: object) => fit(options)],
  ["validation_split", "validationSplit", (options: object) => fit(options)],
  ["steps_per_epoch", "stepsPerEpoch", (options: object) => fit(options)],
];

function fit(options: object): unknown {
  const model = keras.Sequential([layers.Input([1]), layers.Dense(1)]);
  model.compile({ loss: "mse" });
  return model.fit([[1]], [[1]], options);
}

describe("an option spelled as in Python is an error with the spelling of here", () => {
  for (const [option, meant, run] of python) {
    test(option, () =>
      assert.rejects(async () => run({ [option]: 1 } as never), {
        message: new RegExp(`has no option "${option}"\\. Did you mean "${meant}"\\?`),
      }),
    );
  }
});
