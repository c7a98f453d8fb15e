import * as tf from "@tensorflow/tfjs-core";
import type { Logs } from "../callbacks/callback";
import * as optimizers from "../optimizers/index";
import { checkOptions, describe } from "../utils/options";
import { type CompileOptions, compileOptionNames } from "./compile_options";
import { CompiledLoss } from "./compiled_loss";
import { CompiledMetrics, type OutputShapes } from "./compiled_metrics";
import { MeanTracker } from "./mean_tracker";

/** What `compile` settled: optimizer, loss and metrics of a model. */
export class Compilation {
  readonly options: CompileOptions;
  readonly optimizer: optimizers.Optimizer;
  readonly lossTracker = new MeanTracker("loss");
  #loss: CompiledLoss | undefined;
  #metrics: CompiledMetrics | undefined;

  constructor(options: CompileOptions) {
    checkOptions("model.compile()", options, compileOptionNames);
    const { jitCompile = "auto", runEagerly = false } = options;
    if (jitCompile !== "auto" && typeof jitCompile !== "boolean") {
      throw new TypeError(`compile() takes jitCompile as true, false or "auto", but found ${describe(jitCompile)}.`);
    }
    if (jitCompile === true && runEagerly) {
      throw new Error("compile() cannot do both: jitCompile: true compiles the steps, runEagerly: true does not.");
    }
    this.options = options;
    this.optimizer = optimizers.get(options.optimizer ?? "rmsprop");
    // A misspelt name is an error here, not when training begins; a single output stands for any.
    if (options.loss !== undefined && (typeof options.loss === "string" || typeof options.loss === "function")) {
      new CompiledLoss({ loss: options.loss }, ["output"]);
    }
  }

  /** Chooses losses and metrics for the outputs, the first time they are known. */
  build(outputs: readonly OutputShapes[]): void {
    this.#loss ??= new CompiledLoss(
      this.options,
      outputs.map(({ name }) => name),
    );
    this.#metrics ??= new CompiledMetrics(this.options, outputs);
  }

  get loss(): CompiledLoss {
    return this.#loss as CompiledLoss;
  }

  get metrics(): CompiledMetrics {
    return this.#metrics as CompiledMetrics;
  }

  get built(): boolean {
    return this.#metrics !== undefined;
  }

  /** The variables of the loss means and of the metrics. */
  get metricVariables(): readonly tf.Variable[] {
    const trackers = [this.lossTracker, ...this.loss.trackers];
    return [...trackers.flatMap((tracker) => tracker.variables), ...this.metrics.variables];
  }

  /** Starts all means and metrics anew. */
  resetMetrics(): void {
    if (!this.built) return;
    for (const tracker of [this.lossTracker, ...this.loss.trackers]) tracker.resetState();
    this.metrics.resetState();
  }

  /** The results so far: the loss first, then the outputs' losses, then the metrics as they were given. */
  results(): Logs {
    const results: Logs = {};
    tf.tidy(() => {
      for (const tracker of [this.lossTracker, ...this.loss.trackers]) results[tracker.name] = scalar(tracker.result());
      for (const { key, metric } of this.metrics.entries) results[key] = scalar(metric.result());
    });
    return results;
  }
}

/** The number in a tensor; the mean where a metric gives one for each class, as Keras logs it. */
function scalar(tensor: tf.Tensor): number {
  const values: ArrayLike<number> = tensor.dataSync();
  if (values.length === 1) return values[0] as number;
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

/** Logs in the order of Keras's bars and histories: by name. */
export function sortLogs(logs: Logs): Logs {
  return Object.fromEntries(Object.entries(logs).sort(([a], [b]) => (a < b ? -1 : 1)));
}
