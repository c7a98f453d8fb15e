import { test } from "node:test";
import { KFold, keras, type tf, trainTestSplit } from "../../src/index";

// None of these is run: the build checks that each marked line does not compile.

const { layers, optimizers, losses, metrics, callbacks, initializers, regularizers, constraints } = keras;

/** Words that are one of some: spelled wrong they do not compile. */
export function words(model: keras.Model): void {
  // @ts-expect-error a misspelled optimizer
  model.compile({ optimizer: "rmsprob" });
  // @ts-expect-error a misspelled loss of an output
  model.compile({ loss: { a: "mean_square_error" } });
  // @ts-expect-error a misspelled metric of an output
  model.compile({ metrics: { a: ["acuracy"] } });
  // @ts-expect-error a misspelled weighted metric
  model.compile({ weightedMetrics: ["precison"] });
  // @ts-expect-error a misspelled activation
  layers.Conv2D(1, 3, { activation: "reul" });
  // @ts-expect-error a misspelled initializer
  layers.Embedding(10, 2, { embeddingsInitializer: "unform" });
  // @ts-expect-error a misspelled padding
  layers.Conv1D(1, 3, { padding: "casual" });
  // @ts-expect-error a misspelled padding
  layers.AveragePooling1D(2, { padding: "vaild" });
  // @ts-expect-error a misspelled interpolation
  layers.UpSampling2D(2, { interpolation: "billinear" });
  // @ts-expect-error a misspelled direction
  layers.RandomFlip("horizontl");
  // @ts-expect-error a misspelled fill
  layers.RandomRotation(0.1, { fillMode: "mirror" });
  // @ts-expect-error a dtype that layers do not have
  layers.Dense(1, { dtype: "float16" });
  // @ts-expect-error a misspelled mode
  initializers.VarianceScaling({ mode: "fanin" });
  // @ts-expect-error a misspelled distribution
  initializers.VarianceScaling({ distribution: "normal" });
  // @ts-expect-error a misspelled mode
  regularizers.OrthogonalRegularizer({ mode: "cols" });
  // @ts-expect-error a misspelled reduction
  losses.Huber({ reduction: "sums" });
  // @ts-expect-error a misspelled curve
  metrics.AUC({ curve: "RCO" });
  // @ts-expect-error a misspelled method
  metrics.AUC({ summationMethod: "minor" });
  // @ts-expect-error a misspelled average
  metrics.F1Score({ average: "marco" });
  // @ts-expect-error a misspelled aggregation
  metrics.R2Score({ classAggregation: "mean" });
  // @ts-expect-error a misspelled mode
  callbacks.ReduceLROnPlateau({ mode: "down" });
  // @ts-expect-error a misspelled frequency
  callbacks.ModelCheckpoint("a.keras", { saveFreq: "epochs" });
  // @ts-expect-error a style that does not exist
  model.summary({ style: "keras1" });
  // @ts-expect-error a misspelled name of a function
  initializers.get("he_norml");
  // @ts-expect-error a misspelled name of a function
  optimizers.get("adamm");
}

/** Options spelled as in Python, or misspelled, do not compile. */
export async function names(model: keras.Model, x: tf.Tensor): Promise<void> {
  // @ts-expect-error batchSize
  await model.fit(x, x, { batch_size: 32 });
  // @ts-expect-error validationData
  await model.fit(x, x, { validation_data: [x, x] });
  // @ts-expect-error stepsPerEpoch
  await model.fit(x, x, { stepsPerEpochs: 3 });
  // @ts-expect-error returnDict
  await model.evaluate(x, x, { return_dict: true });
  // @ts-expect-error a class's weight is a number
  await model.trainOnBatch(x, x, { classWeight: { 0: "heavy" } });
  // @ts-expect-error overwrite
  await model.save("a.keras", { overwrit: true });
  // @ts-expect-error skipMismatch
  await model.loadWeights("a.weights.h5", { byName: true });
  // @ts-expect-error customObjects
  await keras.models.loadModel("a.keras", { custom_objects: {} });
  // @ts-expect-error inputShape
  layers.Dense(1, { input_shape: [4] });
  // @ts-expect-error returnSequences
  layers.GRU(1, { return_sequences: true });
  // @ts-expect-error momentum is a number
  optimizers.SGD({ momentum: true });
  // @ts-expect-error beta1
  optimizers.Nadam({ beta_1: 0.9 });
  // @ts-expect-error clipnorm
  optimizers.RMSprop({ clipNorm: 1 });
  // @ts-expect-error decaySteps is missing
  optimizers.schedules.ExponentialDecay({ initialLearningRate: 0.1, decayRate: 0.5 });
  // @ts-expect-error fromLogits
  losses.BinaryCrossentropy({ logits: true });
  // @ts-expect-error numClasses is missing
  metrics.MeanIoU({});
  // @ts-expect-error thresholds
  metrics.Recall({ threshold: 0.5 });
  // @ts-expect-error restoreBestWeights
  callbacks.EarlyStopping({ restoreBestWeight: true });
  // @ts-expect-error saveBestOnly
  callbacks.ModelCheckpoint("a.keras", { saveBest: true });
  // @ts-expect-error stddev
  initializers.TruncatedNormal({ std: 1 });
  // @ts-expect-error a seed is a number
  initializers.HeNormal({ seed: "1" });
  // @ts-expect-error maxValue
  constraints.MinMaxNorm({ max: 1 });
  // @ts-expect-error testSize
  trainTestSplit(x, x, { testsize: 0.2 });
  // @ts-expect-error shuffle is true or false
  KFold(5, { shuffle: "yes" });
  // @ts-expect-error keepdims
  keras.ops.sum(x, { keepDim: true });
  // @ts-expect-error indexing
  keras.ops.meshgrid([1], [2], { indexing: "yx" });
  // @ts-expect-error truncating
  keras.utils.padSequences([[1]], { truncate: "pre" });
}

test("misspelled words and options do not compile: see the build", () => undefined);
