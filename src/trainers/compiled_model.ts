import type * as tf from "@tensorflow/tfjs-core";
import { asList } from "../backend/lists";
import type { Logs } from "../callbacks/logs";
import { callContext } from "../layers/call_context";
import { Layer } from "../layers/layer";
import { unpacked } from "../layers/tracking";
import { Metric } from "../metrics/metric";
import { Optimizer } from "../optimizers/optimizer";
import { Compilation } from "./compilation";
import type { CompileOptions } from "./compile_options";
import type { LossParts } from "./model";
import { totalLoss } from "./train_step";

/** The part of a model that `compile` sets: optimizer, loss and metrics. */
export abstract class CompiledModel extends Layer {
  #compilation: Compilation | undefined;

  /** Forgets the steps made so far, because the model has changed. */
  protected abstract clearSteps(): void;

  /**
   * The optimizer that `compile` chose.
   *
   * @throws Error if the model was not compiled.
   */
  get optimizer(): Optimizer {
    return this.compiledFor("optimizer").optimizer;
  }

  /** Whether `compile` was called. */
  get compiled(): boolean {
    return this.#compilation !== undefined;
  }

  /** What `compile` was given, and made of it. */
  get compilation(): Compilation | undefined {
    return this.#compilation;
  }

  /** The names of the losses and metrics, in the order of what `evaluate` returns. */
  get metricsNames(): string[] {
    return this.#compilation?.built ? Object.keys(this.#compilation.results("test")) : ["loss"];
  }

  /**
   * Sets how the model is trained.
   *
   * @throws RangeError for an unknown name, with the nearest known one
   * @example
   * ```ts
   * import { keras } from "tskeras";
   *
   * const model = keras.Sequential([keras.layers.Dense(10, { activation: "softmax" })]);
   * model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });
   * model.compiled; // true
   * ```
   * @see https://keras.io/api/models/model_training_apis/
   */
  compile(options: CompileOptions = {}): void {
    this.#compilation = new Compilation(options);
    this.clearSteps();
  }

  /** Resets the metrics, as every epoch, evaluation and single batch does before it begins. */
  resetMetrics(): void {
    for (const metric of this.metrics) metric.resetState();
  }

  /** The metrics that the model's properties hold, such as those of a custom `trainStep`, then those of its layers. */
  get #ownMetrics(): Metric[] {
    const held = (layer: Layer): Metric[] => [
      ...[...unpacked(Object.values(layer))].filter((value) => value instanceof Metric),
      // A model inside has metrics of its own training.
      ...layer.sublayers.flatMap((inner) => (inner instanceof CompiledModel ? [] : held(inner))),
    ];
    return held(this);
  }

  /** The mean of the loss, the metrics that `compile` was given, and those that properties of the model and its layers hold. */
  get metrics(): readonly Metric[] {
    return [...new Set([...(this.#compilation?.allMetrics ?? []), ...this.#ownMetrics])];
  }

  /** Losses and metrics since they were last reset. */
  getMetricsResult(): Logs {
    return this.#compilation?.built ? this.#compilation.results("test") : {};
  }

  get ownVariables(): readonly tf.Variable[] {
    const optimizers = [...this.properties()].filter((value) => value instanceof Optimizer);
    return [...this.#ownMetrics, ...optimizers].flatMap((each) => each.variables);
  }

  /**
   * The loss of a batch: what `compile` was given, and what layers and regularizers add. Override it for a loss that needs
   * more than labels and predictions.
   *
   * @returns a scalar
   * @see https://keras.io/guides/custom_train_step_in_tensorflow/
   */
  computeLoss({ y, yPred, sampleWeight }: LossParts): tf.Scalar {
    const outputs = asList(yPred);
    const weights = Array.isArray(sampleWeight) ? sampleWeight : outputs.map(() => sampleWeight);
    const loss = this.#compilation?.loss.call(asList(y), outputs, weights);
    return totalLoss(this, loss, callContext()?.losses ?? []) as tf.Scalar;
  }

  /** @throws Error if the model was not compiled, with `what` needs it */
  protected compiledFor(what: string): Compilation {
    if (this.#compilation !== undefined) return this.#compilation;
    throw new Error(
      `model.${what} needs a loss and an optimizer. Call model.compile({ optimizer, loss, metrics }) before it.`,
    );
  }
}
