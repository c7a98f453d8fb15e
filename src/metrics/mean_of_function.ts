import * as tf from "@tensorflow/tfjs-core";
import { maskOf } from "../backend/mask";
import { type Callable, callable } from "../callable";
import { type OptionFields, type OptionTable, type OwnOptions, subclass } from "../losses/configurable";
import { matchRanks } from "../losses/shapes";
import * as kinds from "../options/kinds";
import { checked } from "../options/options";
import { toSnakeCase } from "../utils/naming";
import type { MetricOptions } from "./metric";
import { MeanBase } from "./reductions";

/** A function of targets and predictions; the metric is the mean of what it returns. */
export type MetricFunction = (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.Tensor;

/** Base of the metrics that are the mean of the class's function. */
export class MeanOfFunction extends MeanBase {
  /** The function. Its third argument is the metric, which has the options as fields. */
  static readonly fn: (yTrue: tf.Tensor, yPred: tf.Tensor, options: never) => tf.Tensor;

  /** The values of a batch. */
  protected values(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return (this.constructor as typeof MeanOfFunction).fn(yTrue, yPred, this as never);
  }

  override updateState(yTrue: tf.Tensor, yPred: tf.Tensor, sampleWeight?: tf.Tensor): void {
    const mask = maskOf(yPred);
    let weight = sampleWeight;
    if (mask !== undefined) {
      const share = tf.cast(mask, "float32");
      weight = weight === undefined ? share : tf.mul(...matchRanks(share, tf.cast(weight, "float32")));
    }
    this.add(this.values(yTrue, yPred), weight);
  }
}

/** A class that {@link meanOf} makes. */
export type MeanClass<O> = Omit<typeof MeanOfFunction, "prototype" | "fn"> &
  (new (
    options?: O,
  ) => MeanOfFunction & OptionFields<O>);

interface MeanStatics {
  /** Whether more or less is better. */
  readonly direction: "up" | "down";
  /** The name in logs. Default the class's name in snake case. */
  readonly logName?: string;
}

/** Makes the metric class of a function. If the function takes options, `statics` says what they may be, and their defaults. */
export function meanOf(className: string, fn: MetricFunction, statics: MeanStatics): Callable<MeanClass<MetricOptions>>;
export function meanOf<O extends MetricOptions>(
  className: string,
  fn: (yTrue: tf.Tensor, yPred: tf.Tensor, options: Required<OwnOptions<O>>) => tf.Tensor,
  statics: MeanStatics & OptionTable<O>,
): Callable<MeanClass<O>>;
export function meanOf(className: string, fn: typeof MeanOfFunction.fn, statics: MeanStatics): unknown {
  return callable(subclass(MeanOfFunction, { className, logName: toSnakeCase(className), fn, ...statics }));
}

export class MeanMetricWrapperMetric extends MeanOfFunction {
  static override readonly className = "MeanMetricWrapper";
  readonly fn: MetricFunction;

  constructor(fn: MetricFunction, options: MetricOptions = {}) {
    checked("MeanMetricWrapper()", "fn", fn, kinds.callback);
    super({ ...options, name: options.name ?? (fn.name === "" ? "mean_metric_wrapper" : fn.name) });
    this.fn = fn;
  }

  protected override values(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return this.fn(yTrue, yPred);
  }
}

/**
 * A function of targets and predictions as a metric: the mean of what it returns over all samples.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * const error = keras.metrics.MeanMetricWrapper((yTrue, yPred) => yTrue.sub(yPred).abs(), { name: "error" });
 * error(tf.tensor([1, 2]), tf.tensor([1, 4])) // 1
 * ```
 */
export const MeanMetricWrapper = callable(MeanMetricWrapperMetric);
export type MeanMetricWrapper = MeanMetricWrapperMetric;
