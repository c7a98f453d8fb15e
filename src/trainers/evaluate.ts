import * as tf from "@tensorflow/tfjs-core";
import type { CallbackLike, Logs } from "../callbacks/callback";
import { CallbackList, standardizeCallbacks } from "../callbacks/callback_list";
import { ProgbarLogger } from "../callbacks/progbar_logger";
import type { NotebookHost } from "../display/host";
import type { KerasModel } from "../models/model";
import { sortLogs } from "./compilation";
import { type Batches, type Data, isBatches } from "./data";
import { inputColumns, inputsOnly, makeDataset } from "./dataset";
import type { RunSetting } from "./fit";
import { checkRunOptions, type EvaluateOptions, type PredictOptions, verbosity } from "./fit_options";
import { ArraySource, BatchSource, type Source } from "./source";

function callbackList(
  model: KerasModel,
  given: readonly CallbackLike[],
  verbose: 0 | 1 | 2,
  steps: number | null,
): CallbackList {
  const callbacks = [...given];
  if (verbose > 0) callbacks.push(new ProgbarLogger());
  return new CallbackList(callbacks, model, { verbose, epochs: 1, steps });
}

/** Evaluates a model: the whole of `evaluate`. */
export async function evaluate(
  { model, compilation, host }: RunSetting,
  x: Data | Batches,
  y: Data | undefined,
  options: EvaluateOptions,
): Promise<Logs> {
  const where = "model.evaluate()";
  checkRunOptions(where, options, ["batchSize", "verbose", "sampleWeight", "steps", "callbacks", "returnDict"]);
  const verbose = verbosity(options.verbose);
  let source: Source;
  if (isBatches(x)) {
    source = new BatchSource(model, compilation, (batch) => model.makeTestStep(batch), x, options.steps, "x");
  } else {
    const data = makeDataset(model, compilation, x, { y, sampleWeight: options.sampleWeight });
    const step = model.makeTestStep(data);
    const { batchSize = 32, steps } = options;
    source = await ArraySource.open(data, step, compilation, { batchSize, steps, shuffle: false, goesOn: false });
  }
  const callbacks = callbackList(model, standardizeCallbacks(options.callbacks), verbose, source.steps);
  model.resetMetrics();
  try {
    await callbacks.call("onTestBegin");
    await source.run({
      kind: "Test",
      callbacks,
      logs: () => sortLogs(compilation.results("test")),
      signal: host?.signal,
      stopped: () => false,
      showsProgress: verbose === 1,
    });
    source.sync();
    const results = compilation.results("test");
    await callbacks.call("onTestEnd", sortLogs(results));
    return results;
  } finally {
    source.dispose();
  }
}

/** Collects the outputs of batches, one array for each output of the model. */
class Outputs {
  readonly #parts: { values: Float32Array | Int32Array | Uint8Array; shape: number[]; dtype: tf.DataType }[][] = [];

  add(steps: readonly tf.Tensor[][]): void {
    for (const outputs of steps) {
      for (const [i, output] of outputs.entries()) {
        this.#parts[i] ??= [];
        this.#parts[i].push({ values: output.dataSync() as Float32Array, shape: output.shape, dtype: output.dtype });
        output.dispose();
      }
    }
  }

  join(): tf.Tensor[] {
    return this.#parts.map((parts) => {
      const [first] = parts as [(typeof parts)[number], ...typeof parts];
      const size = parts.reduce((sum, { values }) => sum + values.length, 0);
      const joined = new (first.values.constructor as new (length: number) => typeof first.values)(size);
      let end = 0;
      let rows = 0;
      for (const { values, shape } of parts) {
        joined.set(values, end);
        end += values.length;
        rows += shape[0] ?? 0;
      }
      return tf.tensor(joined, [rows, ...first.shape.slice(1)], first.dtype);
    });
  }
}

/** Predicts with a model: the whole of `predict`; one tensor for each output. */
export async function predict(
  model: KerasModel,
  host: NotebookHost | undefined,
  x: Data | Batches,
  options: PredictOptions,
): Promise<tf.Tensor[]> {
  checkRunOptions("model.predict()", options, ["batchSize", "verbose", "steps", "callbacks"]);
  const verbose = verbosity(options.verbose);
  const { batchSize = 32, steps } = options;
  const step = model.makePredictStep();
  const source: Source = isBatches(x)
    ? new BatchSource(model, undefined, () => step, x, steps, "x")
    : await ArraySource.open(inputsOnly(inputColumns(model, x)), step, model.compilation, {
        batchSize,
        steps,
        shuffle: false,
        goesOn: false,
      });
  const callbacks = callbackList(model, standardizeCallbacks(options.callbacks), verbose, source.steps);
  const outputs = new Outputs();
  try {
    await callbacks.call("onPredictBegin");
    await source.run({
      kind: "Predict",
      callbacks,
      logs: () => ({}),
      signal: host?.signal,
      stopped: () => false,
      showsProgress: verbose === 1,
      onOutputs: (steps) => outputs.add(steps),
    });
    await callbacks.call("onPredictEnd");
  } finally {
    source.dispose();
  }
  return outputs.join();
}
