import * as tf from "@tensorflow/tfjs-core";
import { variable } from "../backend/variable";
import { Configurable } from "../losses/configurable";
import * as kinds from "../options/kinds";
import { autoName } from "../utils/naming";

/** Options of every metric. */
export interface MetricOptions {
  /** The metric's name in logs and `History`. Default: the class's name in snake case. */
  readonly name?: string;
}

const metricKinds: kinds.KindsOf<MetricOptions> = { name: kinds.name };

/** Instances are functions, which a class declaration cannot say. */
export interface Metric {
  (yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor;
  (yTrue: tf.Tensor, yPred: tf.Tensor, sampleWeight: tf.Tensor | undefined): tf.Tensor;
}

/**
 * Base of the metrics: a number gathered over batches. All of its state is in variables, so that an update is a function of
 * tensors and can be compiled. The object is callable: `metric(yTrue, yPred)` updates it and is the result so far.
 *
 * To write one, make variables with {@link addVariable} in the constructor. A plain function `(yTrue, yPred) => tensor` is a
 * metric as well: the mean of what it returns.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * class Largest extends keras.metrics.Metric {
 *   worst = this.addVariable("worst");
 *   updateState(yTrue: tf.Tensor, yPred: tf.Tensor) {
 *     this.worst.assign(yTrue.sub(yPred).abs().max().maximum(this.worst));
 *   }
 *   result() { return this.worst; }
 * }
 * new Largest()(tf.tensor([1, 2]), tf.tensor([1, 5])) // 3
 * ```
 * @see https://keras.io/api/metrics/base_metric/
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: see the interface
export abstract class Metric extends Configurable {
  static override readonly className: string = "Metric";
  /** Whether more or less is better, for callbacks that watch the metric; undefined if that is unknown. */
  static readonly direction: "up" | "down" | undefined = undefined;
  /** The entries of the configuration that are the first arguments of the constructor. */
  static readonly positional: readonly string[] = [];

  readonly #variables: tf.Variable[] = [];

  constructor(options: MetricOptions = {}) {
    super("Metric", options, metricKinds, autoName);
  }

  /** Whether more or less is better; undefined if that is unknown. */
  get direction(): "up" | "down" | undefined {
    return (this.constructor as typeof Metric).direction;
  }

  /** The state, for checkpoints and the compiler. */
  get variables(): readonly tf.Variable[] {
    return [...this.#variables];
  }

  /** Makes a part of the state: float32 zeros of `shape`. Default a scalar. */
  protected addVariable(name: string, shape: readonly number[] = []): tf.Variable {
    const initial = tf.zeros([...shape]);
    const added = variable(initial, { name: `${this.name}/${name}`, trainable: false });
    initial.dispose();
    this.#variables.push(added);
    return added;
  }

  /** Makes several parts of the state of one shape, from their names. */
  protected addVariables<P extends string>(
    names: { readonly [part in P]: string },
    shape: readonly number[],
  ): { readonly [part in P]: tf.Variable } {
    const made = Object.entries<string>(names).map(([part, name]) => [part, this.addVariable(name, shape)]);
    return Object.fromEntries(made) as { readonly [part in P]: tf.Variable };
  }

  /** Makes the state whose shape depends on the data. The trainer calls it, or else the first update; shapes include the batch. */
  build(_yTrueShape: readonly number[], _yPredShape: readonly number[]): void {}

  /** Adds a batch; `sampleWeight` has one value per sample, or broadcasts to the values. */
  abstract updateState(yTrue: tf.Tensor, yPred: tf.Tensor, sampleWeight?: tf.Tensor): void;

  /** The value over all batches since the last reset. */
  abstract result(): tf.Tensor;

  /** Starts again; `fit` does so before each epoch. */
  resetState(): void {
    tf.tidy(() => {
      for (const part of this.#variables) part.assign(tf.zerosLike(part));
    });
  }

  override invoke(yTrue: tf.Tensor, yPred: tf.Tensor, sampleWeight?: tf.Tensor): tf.Tensor {
    tf.tidy(() => this.updateState(yTrue, yPred, sampleWeight));
    return tf.tidy(() => tf.clone(this.result()));
  }
}

/** Adds `amount` to a variable. */
export function accumulate(total: tf.Variable, amount: tf.Tensor): void {
  total.assign(tf.add(total, amount));
}
