import * as tf from "@tensorflow/tfjs-core";
import type { Logs } from "../callbacks/logs";
import * as losses from "../losses/index";
import * as metrics from "../metrics/index";
import type { Metric } from "../metrics/metric";
import { MeanMetric } from "../metrics/reductions";
import * as optimizers from "../optimizers/index";
import { checkOptions, reading } from "../options/options";
import { type CompileOptions, compileKinds } from "./compile_options";
import { CompiledLoss } from "./compiled_loss";
import { CompiledMetrics, type OutputShapes } from "./compiled_metrics";
import type { StepLogs } from "./step_logs";

/** What `compile` was given, and made of it: optimizer, loss and metrics of a model. */
export class Compilation {
  readonly options: CompileOptions;
  readonly optimizer: optimizers.Optimizer;
  readonly lossTracker = new MeanMetric({ name: "loss" });
  /** Loss and metrics; set by {@link build}. */
  loss!: CompiledLoss;
  metrics!: CompiledMetrics;
  built = false;
  readonly #logs = new Map<"train" | "test", StepLogs>();

  constructor(options: CompileOptions) {
    const where = "model.compile()";
    checkOptions(where, options, compileKinds);
    const { jitCompile = "auto", runEagerly = false } = options;
    if (jitCompile === true && runEagerly) {
      throw new Error("compile() cannot do both: jitCompile: true compiles the steps, runEagerly: true does not.");
    }
    this.options = options;
    this.optimizer = reading(where, "optimizer", () => optimizers.get(options.optimizer ?? "rmsprop"));
    // A misspelled name is an error here, not when training begins.
    reading(where, "loss", () => each(options.loss, losses.get));
    for (const name of ["metrics", "weightedMetrics"] as const) {
      reading(where, name, () => each(options[name], checkMetric));
    }
  }

  /** Chooses losses and metrics for the outputs, the first time they are known. */
  build(outputs: readonly OutputShapes[]): void {
    if (this.built) return;
    const names = outputs.map(({ name }) => name);
    this.loss = new CompiledLoss(this.options, names);
    this.metrics = new CompiledMetrics(this.options, outputs);
    this.built = true;
  }

  get #trackers(): readonly MeanMetric[] {
    return [this.lossTracker, ...this.loss.trackers];
  }

  /** The means of the losses, and the metrics; none before {@link build}. */
  get allMetrics(): readonly Metric[] {
    return this.built ? [...this.#trackers, ...this.metrics.entries.map(({ metric }) => metric)] : [];
  }

  /** Notes where the logs of a kind of step are, if a user's method returns them. */
  setLogs(kind: "train" | "test", logs: StepLogs | undefined): void {
    if (logs === undefined) this.#logs.delete(kind);
    else this.#logs.set(kind, logs);
  }

  /** The results so far: the loss first, then the outputs' losses, then the metrics as they were given. */
  results(kind: "train" | "test"): Logs {
    const own = this.#logs.get(kind);
    if (own !== undefined) return own.results();
    const results: Logs = {};
    tf.tidy(() => {
      for (const tracker of this.#trackers) results[tracker.name] = scalar(tracker.result());
      for (const { key, metric } of this.metrics.entries) results[key] = scalar(metric.result());
    });
    return results;
  }
}

/** The number in a tensor; the mean where a metric has one for each class, as Keras logs it. */
function scalar(tensor: tf.Tensor): number {
  const values: ArrayLike<number> = tensor.dataSync();
  if (values.length === 1) return values[0]!;
  return Array.from(values).reduce((sum, value) => sum + value) / values.length;
}

/** Logs in the order of Keras's bars and histories: by name. */
export function sortLogs(logs: Logs): Logs {
  return Object.fromEntries(Object.entries(logs).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function checkMetric(metric: metrics.MetricIdentifier): void {
  if (typeof metric !== "string") metrics.get(metric);
  // Made only to check it; the explicit name leaves the numbering of names as it is.
  else tf.dispose([...(metrics.get(metric, { name: metric }) as metrics.Metric).variables]);
}

/** Calls `check` on every entry for one or several outputs. */
function each<T>(given: unknown, check: (identifier: T) => unknown): void {
  if (given === undefined || given === null) return;
  const many = Array.isArray(given) || Object.getPrototypeOf(given) === Object.prototype;
  if (many) for (const one of Object.values(given)) each(one, check);
  else check(given as T);
}
