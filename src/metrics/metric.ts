import * as tf from "@tensorflow/tfjs-core";
import { variable } from "../backend/variable";
import { CallableInstance } from "../callable_instance";
import * as kinds from "../options/kinds";
import { checkOptions } from "../options/options";
import { autoName } from "../utils/naming";

/** Options of every metric. */
export interface MetricOptions {
  /** How the metric is called in logs and `History`. Default: the class's name in snake case. */
  readonly name?: string;
}

/** A metric's instances are functions; a class cannot say so itself. */
export interface Metric {
  (yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor;
  (yTrue: tf.Tensor, yPred: tf.Tensor, sampleWeight: tf.Tensor | undefined): tf.Tensor;
}

/**
 * Base of the metrics: a number that is gathered over batches. All of its state is variables, so that an update is a function
 * of tensors and can be compiled. The object is callable: `metric(yTrue, yPred)` updates it and is the result so far.
 *
 * To write one, make variables with {@link addVariable} in the constructor. A plain function `(yTrue, yPred) => tensor` is a
 * metric as well: the mean of what it returns. https://keras.io/api/metrics/base_metric/
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
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: see the interface
export abstract class Metric extends CallableInstance {
  static readonly className: string = "Metric";
  /** The names of a subclass's own options, or what each of them may be. */
  static readonly ownOptions: readonly string[] | kinds.Kinds = [];
  /** The name in logs where Keras gives a fixed one; else `auc`, `auc_1` … by class. */
  static readonly logName: string | undefined = undefined;
  /** Whether better is more or less, for callbacks that watch the metric; undefined if that is not known. */
  static readonly direction: "up" | "down" | undefined = undefined;

  readonly name: string;
  readonly #variables: tf.Variable[] = [];

  constructor(options: MetricOptions = {}) {
    super();
    const { className, logName } = new.target;
    const kind = className === "Metric" ? new.target.name : className;
    checkOptions(`${kind}()`, options, {
      ...kinds.kindsOf(new.target.ownOptions),
      name: kinds.name,
    });
    this.name = options.name ?? logName ?? autoName(kind);
  }

  /** Whether better is more or less. */
  get direction(): "up" | "down" | undefined {
    return (this.constructor as typeof Metric).direction;
  }

  /** The state, for checkpoints and the compiler. */
  get variables(): readonly tf.Variable[] {
    return [...this.#variables];
  }

  /** Makes a part of the state: float32 zeros of `shape`, default a scalar. */
  protected addVariable(name: string, shape: readonly number[] = []): tf.Variable {
    const initial = tf.zeros([...shape]);
    const added = variable(initial, { name: `${this.name}/${name}`, trainable: false });
    initial.dispose();
    this.#variables.push(added);
    return added;
  }

  /**
   * Makes the state whose shape depends on the data; called by the first update, or before it by the trainer.
   *
   * @param yTrueShape and yPredShape with the batch
   */
  build(_yTrueShape: readonly number[], _yPredShape: readonly number[]): void {}

  /** Takes a batch in; `sampleWeight` has one value per sample, or broadcasts to the values. */
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

  /** The options that make an equal metric. */
  getConfig(): { [option: string]: unknown } {
    return { name: this.name };
  }
}

/** Adds `amount` to a variable. */
export function accumulate(total: tf.Variable, amount: tf.Tensor): void {
  total.assign(tf.add(total, amount));
}
