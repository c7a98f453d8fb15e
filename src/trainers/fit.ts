import { CallbackList } from "../callbacks/callback_list";
import type { History } from "../callbacks/history";
import type { Logs } from "../callbacks/logs";
import { currentHost } from "../display/tslab_host";
import { describe } from "../options/options";
import { ArrayDataAdapter } from "./array_data_adapter";
import { type Batches, isBatches } from "./batches";
import { type Compilation, sortLogs } from "./compilation";
import type { Data, Dataset } from "./data";
import { makeDataset, sliceDataset } from "./dataset";
import { runTest } from "./evaluate";
import { checkFitOptions, type FitOptions, verbosity } from "./fit_options";
import { GeneratorDataAdapter } from "./generator_data_adapter";
import type { TrainableModel } from "./model";
import type { DataAdapter } from "./run_steps";

/** Trains a model: the whole of `fit`. */
export async function fit(
  model: TrainableModel,
  compilation: Compilation,
  x: Data | Batches,
  y: Data | undefined,
  options: FitOptions,
): Promise<History> {
  const signal = currentHost()?.signal;
  checkFitOptions(options, isBatches(x));
  const verbose = verbosity(options.verbose);
  const callbacks = new CallbackList(options.callbacks, { verbose, addHistory: true });
  const { epochs = 1, initialEpoch = 0, validationFreq } = options;
  const [training, validation] = await openData(model, compilation, x, y, options);
  callbacks.start(model, { verbose, epochs, steps: training.steps });
  const history = callbacks.history!;
  model.stopTraining = false;
  model.history = history;
  model.resumeEpoch = undefined;
  const stopped = () => model.stopTraining;
  const trainLogs = () => sortLogs(compilation.results("train"));
  let logs: Logs = {};
  await callbacks.call("onTrainBegin");
  for (let epoch = model.resumeEpoch ?? initialEpoch; epoch < epochs; epoch++) {
    model.resetMetrics();
    await callbacks.call("onEpochBegin", epoch);
    await training.runEpoch({
      callbacks,
      signal,
      stopped,
      kind: "Train",
      logs: trainLogs,
      showsProgress: verbose === 1,
    });
    logs = trainLogs();
    if (validation !== undefined && validates(epoch, validationFreq)) {
      const test = await runTest(model, compilation, validation, { callbacks, signal, showsProgress: false });
      for (const [name, value] of Object.entries(test.logs)) logs[`val_${name}`] = value;
    }
    await callbacks.call("onEpochEnd", epoch, logs);
    if (model.stopTraining) break;
  }
  compilation.optimizer.finalizeVariableValues();
  await callbacks.call("onTrainEnd", logs);
  return history;
}

function validates(epoch: number, frequency: number | readonly number[] = 1): boolean {
  return typeof frequency === "number" ? (epoch + 1) % frequency === 0 : frequency.includes(epoch + 1);
}

/** Opens the data for training and validation; everything is checked before the first update. */
async function openData(
  model: TrainableModel,
  compilation: Compilation,
  x: Data | Batches,
  y: Data | undefined,
  options: FitOptions,
): Promise<[training: DataAdapter, validation: DataAdapter | undefined]> {
  const { batchSize, shuffle = true, stepsPerEpoch, validationSplit = 0, validationData } = options;
  const openArrays = (data: Dataset) =>
    ArrayDataAdapter.open(model, "test", data, {
      batchSize: options.validationBatchSize ?? batchSize,
      steps: options.validationSteps,
    });
  const expected = "model.fit() expected validationData to be [x, y] or [x, y, sampleWeight]";
  const openValidation = async (): Promise<DataAdapter | undefined> => {
    if (validationData === undefined) return undefined;
    if (Array.isArray(validationData)) {
      const [vx, vy, sampleWeight] = validationData as unknown as readonly [Data, Data, Data?];
      if (validationData.length < 2 || validationData.length > 3)
        throw new TypeError(`${expected}, but found a list of ${validationData.length}.`);
      return openArrays(makeDataset(model, compilation, vx, { y: vy, sampleWeight }, "validation "));
    }
    if (isBatches(validationData)) {
      return new GeneratorDataAdapter(model, "test", validationData, options.validationSteps, "validationData");
    }
    throw new TypeError(`${expected}, or a generator of batches, but found ${describe(validationData)}.`);
  };

  if (isBatches(x)) {
    if (y !== undefined)
      throw new Error(
        "model.fit(): a generator of batches yields the labels too, as [x, y]. Leave out the second argument.",
      );
    return [new GeneratorDataAdapter(model, "train", x, stepsPerEpoch), await openValidation()];
  }
  const { sampleWeight, classWeight } = options;
  let data = makeDataset(model, compilation, x, { y, sampleWeight, classWeight });
  let held: Dataset | undefined;
  if (validationSplit > 0 && validationData === undefined) {
    const split = Math.floor(data.rows * (1 - validationSplit));
    if (split === 0 || split === data.rows) {
      throw new RangeError(
        `model.fit(): validationSplit ${validationSplit} leaves no samples for ${split === 0 ? "training" : "validation"} of ${data.rows}.`,
      );
    }
    held = sliceDataset(data, split, data.rows);
    data = sliceDataset(data, 0, split);
  }
  const validation = held === undefined ? await openValidation() : await openArrays(held);
  const training = await ArrayDataAdapter.open(model, "train", data, {
    batchSize,
    shuffle,
    steps: stepsPerEpoch,
    continues: stepsPerEpoch !== undefined,
  });
  return [training, validation];
}
