import { CallbackList } from "../callbacks/callback_list";
import type { Logs } from "../callbacks/logs";
import { currentHost } from "../display/tslab_host";
import { checkOptions } from "../options/options";
import { ArrayDataAdapter } from "./array_data_adapter";
import { type Batches, isBatches } from "./batches";
import { type Compilation, sortLogs } from "./compilation";
import type { Data } from "./data";
import { makeDataset } from "./dataset";
import { type EvaluateOptions, evaluateKinds, verbosity } from "./fit_options";
import { GeneratorDataAdapter } from "./generator_data_adapter";
import type { TrainableModel } from "./model";
import type { DataAdapter, RunContext } from "./run_steps";

/** Evaluates a model: the whole of `evaluate`. */
export async function evaluate(
  model: TrainableModel,
  compilation: Compilation,
  x: Data | Batches,
  y: Data | undefined,
  options: EvaluateOptions,
): Promise<Logs> {
  const signal = currentHost()?.signal;
  checkOptions("model.evaluate()", options, evaluateKinds);
  const verbose = verbosity(options.verbose);
  const callbacks = new CallbackList(options.callbacks, { verbose });
  const { batchSize, sampleWeight, steps } = options;
  const adapter = isBatches(x)
    ? new GeneratorDataAdapter(model, "test", x, steps)
    : await ArrayDataAdapter.open(model, "test", makeDataset(model, compilation, x, { y, sampleWeight }), {
        batchSize,
        steps,
      });
  callbacks.start(model, { verbose, epochs: 1, steps: adapter.steps });
  const context = { callbacks, signal, showsProgress: verbose === 1 };
  return (await runTest(model, compilation, adapter, context)).results;
}

/**
 * Runs an evaluation to its end, even where a callback has ended the training around it: the results in the order of
 * `compile`, and as callbacks got them.
 */
export async function runTest(
  model: TrainableModel,
  compilation: Compilation,
  adapter: DataAdapter,
  context: Omit<RunContext, "kind" | "logs" | "stopped">,
): Promise<{ results: Logs; logs: Logs }> {
  model.resetMetrics();
  await context.callbacks.call("onTestBegin");
  await adapter.runEpoch({
    ...context,
    kind: "Test",
    logs: () => sortLogs(compilation.results("test")),
    stopped: () => false,
  });
  const results = compilation.results("test");
  const logs = sortLogs(results);
  await context.callbacks.call("onTestEnd", logs);
  return { results, logs };
}
