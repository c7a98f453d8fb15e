import type * as tf from "@tensorflow/tfjs-core";
import { asList } from "../backend/lists";
import * as metrics from "../metrics/index";
import { type CompileOptions, type MetricOption, type Metrics, type PerOutput, perOutput } from "./compile_options";

/** What is known of an output when metrics are chosen. */
export interface OutputShapes {
  readonly name: string;
  /** Shapes with the batch: `[null, 10]`. */
  readonly target: readonly (number | null)[];
  readonly prediction: readonly (number | null)[];
}

interface NamedMetric {
  /** The key in logs. */
  readonly key: string;
  readonly output: number;
  readonly metric: metrics.Metric;
  readonly weighted: boolean;
}

/** The metrics of a model, for each of its outputs. */
export class CompiledMetrics {
  /** The metrics by their keys in logs, in the order in which they were given. */
  readonly entries: readonly NamedMetric[];

  constructor(options: CompileOptions, outputs: readonly OutputShapes[]) {
    const used = new Set<string>();
    const list: NamedMetric[] = [];
    for (const weighted of [false, true]) {
      const what = weighted ? "weightedMetrics" : "metrics";
      for (const [output, given] of metricsPerOutput(what, options[what], outputs).entries()) {
        for (const identifier of given) {
          const metric = resolve(identifier, outputs[output]!);
          const key = freeKey(metric.name, outputs.length > 1 ? `${outputs[output]?.name}_` : "", weighted, used);
          list.push({ key, output, metric, weighted });
        }
      }
    }
    this.entries = list;
  }

  update(
    yTrue: readonly tf.Tensor[],
    yPred: readonly tf.Tensor[],
    sampleWeights: readonly (tf.Tensor | undefined)[],
  ): void {
    for (const { metric, output, weighted } of this.entries) {
      const weight = weighted ? sampleWeights[output] : undefined;
      metric.updateState(yTrue[output]!, yPred[output]!, ...(weight === undefined ? [] : [weight]));
    }
  }
}

function metricsPerOutput(
  what: "metrics" | "weightedMetrics",
  value: PerOutput<Metrics | null> | null | undefined,
  outputs: readonly OutputShapes[],
): (readonly MetricOption[])[] {
  // For one output, a list is its metrics. Nested lists mark the outputs, as in Keras.
  if (outputs.length === 1 && Array.isArray(value)) return [value.flat().filter((each) => each !== null)];
  const names = outputs.map(({ name }) => name);
  return perOutput<Metrics>(what, value, names).map((each) => asList<MetricOption>(each));
}

/** A key that no other metric has, made as Keras makes it. */
function freeKey(name: string, prefix: string, weighted: boolean, used: Set<string>): string {
  let key = `${prefix}${name}`;
  if (used.has(key) && weighted) key = `${prefix}weighted_${name}`;
  const base = key;
  for (let i = 1; used.has(key); i++) key = `${base}_${i}`;
  used.add(key);
  return key;
}

/** The metric that is meant; `"accuracy"` depends on the shapes of labels and predictions. */
function resolve(identifier: MetricOption, { target, prediction }: OutputShapes): metrics.Metric {
  if (typeof identifier !== "string") return metrics.standardize(identifier as metrics.MetricIdentifier);
  if (!/^acc(uracy)?$/i.test(identifier)) return metrics.standardize(identifier, { name: identifier });
  const options = { name: identifier };
  if (prediction.at(-1) === 1) return metrics.BinaryAccuracy(options);
  const sparse = target.length < prediction.length || (target.at(-1) === 1 && (prediction.at(-1) ?? 0) > 1);
  return sparse ? metrics.SparseCategoricalAccuracy(options) : metrics.CategoricalAccuracy(options);
}
