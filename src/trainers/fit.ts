import type { Logs } from "../callbacks/callback";
import { CallbackList, standardizeCallbacks } from "../callbacks/callback_list";
import { History } from "../callbacks/history";
import { ProgbarLogger } from "../callbacks/progbar_logger";
import type { NotebookHost } from "../display/host";
import type { KerasModel } from "../models/model";
import { describe } from "../options/options";
import { type Compilation, sortLogs } from "./compilation";
import { type Batches, type Data, isBatches } from "./data";
import { type Dataset, makeDataset, sliceDataset } from "./dataset";
import { checkFitOptions, type FitOptions, type ValidationData, verbosity } from "./fit_options";
import { ArraySource, BatchSource, type Source } from "./source";

/** What a run needs of the model, its compilation and the notebook. */
export interface RunSetting {
  readonly model: KerasModel;
  readonly compilation: Compilation;
  readonly host: NotebookHost | undefined;
}

/** Trains a model: the whole of `fit`, after everything was checked. */
export async function fit(
  { model, compilation, host }: RunSetting,
  x: Data | Batches,
  y: Data | undefined,
  options: FitOptions,
): Promise<History> {
  checkFitOptions(options, isBatches(x));
  const { epochs = 1, initialEpoch = 0 } = options;
  const callbacks = standardizeCallbacks(options.callbacks);
  const verbose = verbosity(options.verbose);
  const [training, validation] = await openSources({ model, compilation, host }, x, y, options);
  if (verbose > 0 && !callbacks.some((callback) => callback instanceof ProgbarLogger))
    callbacks.push(new ProgbarLogger());
  const history = callbacks.find((callback) => callback instanceof History) ?? new History();
  if (!callbacks.includes(history)) callbacks.push(history);
  const list = new CallbackList(callbacks, model, { verbose, epochs, steps: training.steps });

  model.stopTraining = false;
  model.history = history;
  model.resumeEpoch = undefined;
  const context = {
    callbacks: list,
    logs: () => sortLogs(compilation.results("train")),
    signal: host?.signal,
    stopped: () => model.stopTraining,
  };
  try {
    let logs: Logs = {};
    await list.call("onTrainBegin");
    for (let epoch = model.resumeEpoch ?? initialEpoch; epoch < epochs && !model.stopTraining; epoch++) {
      model.resetMetrics();
      await list.call("onEpochBegin", epoch);
      await training.run({ ...context, kind: "Train", showsProgress: verbose === 1 });
      training.sync();
      logs = sortLogs(compilation.results("train"));
      if (validation !== undefined && validates(epoch, options.validationFreq)) {
        model.resetMetrics();
        await list.call("onTestBegin");
        const testLogs = () => sortLogs(compilation.results("test"));
        await validation.run({ ...context, logs: testLogs, kind: "Test", showsProgress: false });
        validation.sync();
        const results = sortLogs(compilation.results("test"));
        await list.call("onTestEnd", results);
        for (const [name, value] of Object.entries(results)) logs[`val_${name}`] = value;
      }
      await list.call("onEpochEnd", epoch, logs);
    }
    compilation.optimizer.finalizeVariableValues();
    await list.call("onTrainEnd", logs);
  } finally {
    // Interrupted or not, the weights are those of the last step.
    training.sync();
    training.dispose();
    validation?.dispose();
  }
  return history;
}

function validates(epoch: number, frequency: number | readonly number[] = 1): boolean {
  return typeof frequency === "number" ? (epoch + 1) % frequency === 0 : frequency.includes(epoch + 1);
}

async function openSources(
  setting: RunSetting,
  x: Data | Batches,
  y: Data | undefined,
  options: FitOptions,
): Promise<[training: Source, validation: Source | undefined]> {
  const { model, compilation } = setting;
  const { batchSize = 32, shuffle = true, stepsPerEpoch, validationSplit = 0 } = options;
  if (isBatches(x)) {
    if (y !== undefined)
      throw new Error(
        "model.fit(): a generator of batches yields the labels itself, as [x, y]; none can be given beside it.",
      );
    const training = new BatchSource(model, compilation, (batch) => model.makeTrainStep(batch), x, stepsPerEpoch, "x");
    return [training, await openValidation(setting, options.validationData, options)];
  }
  let data = makeDataset(model, compilation, x, {
    y,
    sampleWeight: options.sampleWeight,
    classWeight: options.classWeight,
  });
  let held: Dataset | undefined;
  if (validationSplit > 0 && options.validationData === undefined) {
    const split = Math.floor(data.rows * (1 - validationSplit));
    if (split === 0 || split === data.rows) {
      throw new RangeError(
        `model.fit(): validationSplit ${validationSplit} leaves no samples for ${split === 0 ? "training" : "validation"} of ${data.rows}.`,
      );
    }
    held = sliceDataset(data, split, data.rows);
    data = sliceDataset(data, 0, split);
  }
  // Checked before the first update, not after the first epoch.
  const validation =
    held === undefined
      ? await openValidation(setting, options.validationData, options)
      : await openArrays(setting, held, options);
  const training = await ArraySource.open(data, model.makeTrainStep(data), compilation, {
    batchSize,
    shuffle,
    steps: stepsPerEpoch,
    goesOn: stepsPerEpoch !== undefined,
  });
  return [training, validation];
}

async function openValidation(
  setting: RunSetting,
  data: ValidationData | undefined,
  options: FitOptions,
): Promise<Source | undefined> {
  if (data === undefined) return undefined;
  const { model, compilation } = setting;
  if (!Array.isArray(data)) {
    if (!isBatches(data)) {
      throw new TypeError(
        `model.fit(): validationData is [x, y] or [x, y, sampleWeight], or a generator of batches, but found ${describe(data)}.`,
      );
    }
    return new BatchSource(
      model,
      compilation,
      (batch) => model.makeTestStep(batch),
      data,
      options.validationSteps,
      "validationData",
    );
  }
  if (data.length < 2 || data.length > 3) {
    throw new TypeError(
      `model.fit(): validationData is [x, y] or [x, y, sampleWeight], but found a list of ${data.length}.`,
    );
  }
  const [x, y, sampleWeight] = data as [Data, Data, Data?];
  return openArrays(setting, makeDataset(model, compilation, x, { y, sampleWeight }, "validation "), options);
}

function openArrays({ model, compilation }: RunSetting, data: Dataset, options: FitOptions): Promise<Source> {
  return ArraySource.open(data, model.makeTestStep(data), compilation, {
    batchSize: options.validationBatchSize ?? options.batchSize ?? 32,
    shuffle: false,
    steps: options.validationSteps,
    goesOn: false,
  });
}
