import * as tf from "@tensorflow/tfjs-core";
import type { Logs } from "../callbacks/callback";
import type { History } from "../callbacks/history";
import { cooperate } from "../display/cooperate";
import { currentHost } from "../display/tslab_host";
import { callContext } from "../layers/call_context";
import type { Shape } from "../layers/keras_tensor";
import { Layer } from "../layers/layer";
import { Metric } from "../metrics/metric";
import type { Graph } from "../models/graph";
import type { KerasModel } from "../models/model";
import { Optimizer } from "../optimizers/optimizer";
import { checkOptions } from "../options/options";
import { Compilation } from "./compilation";
import type { CompileOptions } from "./compile_options";
import type { Batches, Data, SizedColumn } from "./data";
import { type Dataset, inputColumns, makeDataset } from "./dataset";
import { evaluate, predict } from "./evaluate";
import { fit, type RunSetting } from "./fit";
import {
  type BatchOptions,
  batchKinds,
  type EvaluateOptions,
  type FitOptions,
  type PredictOptions,
} from "./fit_options";
import { createRunner, type Step } from "./runner";
import { type BatchLayout, partsOf, predictStep, testOn, testStep, totalLoss, trainOn, trainStep } from "./steps";

/** What is known of an output. */
export interface OutputInfo {
  readonly name: string;
  readonly shape: Shape;
}

/** A batch: inputs, labels, sample weights; lists where there are several of them. */
export type StepData = readonly [x: tf.Tensor, y: tf.Tensor, sampleWeight?: tf.Tensor];

/** What {@link Trainer.computeLoss} is given; lists where there are several inputs or outputs. */
export interface LossParts {
  readonly x?: tf.Tensor | tf.Tensor[] | undefined;
  readonly y: tf.Tensor | tf.Tensor[] | undefined;
  readonly yPred: tf.Tensor | tf.Tensor[] | undefined;
  readonly sampleWeight?: tf.Tensor | (tf.Tensor | undefined)[] | undefined;
}

const asList = <T>(value: T | T[] | undefined): T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** The half of a model that trains and predicts. */
export abstract class Trainer extends Layer {
  /** Set to true, in a callback say, to end `fit` at the next step. */
  stopTraining = false;
  /** The epoch with which `fit` goes on, which a callback may set when training begins. */
  resumeEpoch: number | undefined;
  /** What the last `fit` recorded, an interrupted one included. */
  history: History | undefined;
  #compilation: Compilation | undefined;
  #steps = new Map<string, Step>();
  #outputs: readonly OutputInfo[] | undefined;
  #fitting: Promise<void> | undefined;

  /** The layer calls the model consists of, if it is not a `call` of its own. */
  abstract get graph(): Graph | undefined;

  /**
   * The optimizer that `compile` chose.
   *
   * @throws Error if the model was not compiled.
   */
  get optimizer(): Optimizer {
    return this.#setting("optimizer").compilation.optimizer;
  }

  /** Whether `compile` was called. */
  get compiled(): boolean {
    return this.#compilation !== undefined;
  }

  /** What `compile` settled. */
  get compilation(): Compilation | undefined {
    return this.#compilation;
  }

  /** The names of the losses and metrics, in the order of what `evaluate` gives. */
  get metricsNames(): string[] {
    return this.#compilation?.built ? Object.keys(this.#compilation.results("test")) : ["loss"];
  }

  /**
   * Settles how the model is trained.
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

  /** Forgets the steps made so far: the model has changed. */
  protected clearSteps(): void {
    this.#steps = new Map();
    this.#outputs = undefined;
  }

  /**
   * Trains the model on arrays, or on a generator of batches.
   *
   * @param x one row for each sample; for several inputs a list, or an object by the inputs' names
   * @param y the labels
   * @param options `epochs` (default 1), `batchSize` (32), `validationData` or `validationSplit`, `callbacks`, `verbose`,
   * `shuffle`, `classWeight` and what else {@link FitOptions} has
   * @returns losses and metrics of each epoch
   * @throws RangeError or TypeError for data that do not fit the model or the loss, before anything is changed
   * @example
   * ```ts
   * import { keras, tf } from "tskeras";
   *
   * keras.utils.setRandomSeed(1);
   * const model = keras.Sequential([keras.layers.Input([1]), keras.layers.Dense(1)]);
   * model.compile({ optimizer: "sgd", loss: "mse" });
   * const history = await model.fit(tf.tensor([[1], [2]]), tf.tensor([[2], [4]]), { epochs: 3, verbose: 0 });
   * history.epoch; // [0, 1, 2]
   * ```
   * @see https://keras.io/api/models/model_training_apis/
   */
  fit(x: Data | Batches, y?: Data, options: FitOptions = {}): Promise<History> {
    const before = this.#fitting;
    let ended = () => {};
    const fitting = new Promise<void>((resolve) => {
      ended = resolve;
    });
    const run = async () => {
      try {
        return await cooperate(() => fit(this.#setting("fit()"), x, y, options));
      } finally {
        if (this.#fitting === fitting) this.#fitting = undefined;
        ended();
      }
    };
    this.#fitting = fitting;
    // A cell run again while the model still trains waits for its end. Else it starts at once, so that an error's
    // stack reaches the line that called.
    return before ? before.then(run) : run();
  }

  /**
   * Measures the loss and the metrics on data.
   *
   * @returns the loss, then the metrics in the order in which `compile` was given them; an object with `returnDict`
   * @see https://keras.io/api/models/model_training_apis/
   */
  evaluate(x: Data | Batches, y: Data | undefined, options: EvaluateOptions & { returnDict: true }): Promise<Logs>;
  evaluate(x: Data | Batches, y?: Data, options?: EvaluateOptions & { returnDict?: false }): Promise<number[]>;
  async evaluate(x: Data | Batches, y?: Data, options: EvaluateOptions = {}): Promise<number[] | Logs> {
    const results = await cooperate(() => evaluate(this.#setting("evaluate()"), x, y, options));
    return options.returnDict === true ? results : Object.values(results);
  }

  /**
   * What the model puts out for data, batch by batch. Of the batches of a generator, labels are left aside.
   *
   * @returns a tensor with a row for each sample; a list of them for several outputs
   * @see https://keras.io/api/models/model_training_apis/
   */
  async predict<T extends tf.Tensor | tf.Tensor[] = tf.Tensor>(
    x: Data | Batches,
    options: PredictOptions = {},
  ): Promise<T> {
    const outputs = await cooperate(() => predict(this.#asModel(), currentHost(), x, options));
    return (outputs.length === 1 ? outputs[0] : outputs) as T;
  }

  /** One update on one batch; gives loss and metrics as they are since they were last reset. */
  trainOnBatch(x: Data, y: Data | undefined, options: BatchOptions & { returnDict: true }): Promise<Logs>;
  trainOnBatch(x: Data, y?: Data, options?: BatchOptions & { returnDict?: false }): Promise<number[]>;
  async trainOnBatch(x: Data, y?: Data, options: BatchOptions = {}): Promise<number[] | Logs> {
    return this.#onBatch("trainOnBatch", "train", (data) => this.makeTrainStep(data), x, y, options);
  }

  /** Loss and metrics on one batch. */
  testOnBatch(
    x: Data,
    y: Data | undefined,
    options: Omit<BatchOptions, "classWeight"> & { returnDict: true },
  ): Promise<Logs>;
  testOnBatch(
    x: Data,
    y?: Data,
    options?: Omit<BatchOptions, "classWeight"> & { returnDict?: false },
  ): Promise<number[]>;
  async testOnBatch(x: Data, y?: Data, options: Omit<BatchOptions, "classWeight"> = {}): Promise<number[] | Logs> {
    return this.#onBatch("testOnBatch", "test", (data) => this.makeTestStep(data), x, y, options);
  }

  async #onBatch(
    name: string,
    kind: "train" | "test",
    makeStep: (data: Dataset) => Step,
    x: Data,
    y: Data | undefined,
    options: BatchOptions,
  ): Promise<number[] | Logs> {
    checkOptions(`model.${name}()`, options, batchKinds);
    const { model, compilation } = this.#setting(`${name}()`);
    const { sampleWeight, classWeight } = options;
    const data = makeDataset(model, compilation, x, { y, sampleWeight, classWeight });
    await this.#runOnce(makeStep(data), data.columns, data.rows);
    const results = compilation.results(kind);
    return options.returnDict === true ? results : Object.values(results);
  }

  /** What the model puts out for one batch. */
  async predictOnBatch<T extends tf.Tensor | tf.Tensor[] = tf.Tensor>(x: Data): Promise<T> {
    const columns = inputColumns(this.#asModel(), x);
    const [outputs = []] = await this.#runOnce(this.makePredictStep(), columns, columns[0]?.rows ?? 0);
    return (outputs.length === 1 ? outputs[0] : outputs) as T;
  }

  async #runOnce(step: Step, columns: readonly SizedColumn[], rows: number): Promise<tf.Tensor[][]> {
    const runner = await createRunner({ step, columns, rows, batchSize: rows }, this.#compilation?.options ?? {});
    try {
      return await runner.run(
        Int32Array.from({ length: rows }, (_, row) => row),
        0,
        1,
      );
    } finally {
      runner.sync();
      runner.dispose();
    }
  }

  /** Starts the metrics anew, for `trainOnBatch` and `testOnBatch`. */
  resetMetrics(): void {
    this.#compilation?.resetMetrics();
    for (const metric of this.#ownMetrics) metric.resetState();
  }

  /** The metrics that are properties of the model, as those of a `trainStep` of one's own. */
  get #ownMetrics(): Metric[] {
    return Object.values(this).filter((value) => value instanceof Metric);
  }

  /** The mean of the loss, the metrics that `compile` was given, and those that are properties of the model. */
  get metrics(): readonly Metric[] {
    const compiled = this.#compilation?.built ? this.#compilation.allMetrics : [];
    return [...new Set([...compiled, ...this.#ownMetrics])];
  }

  /** Losses and metrics as they are since they were last reset. */
  getMetricsResult(): Logs {
    return this.#compilation?.built ? this.#compilation.results("test") : {};
  }

  /** What properties of the model hold that its steps may change: metrics and further optimizers. */
  get ownVariables(): readonly tf.Variable[] {
    return Object.values(this).flatMap((value) =>
      value instanceof Metric || value instanceof Optimizer ? [...value.variables] : [],
    );
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

  /**
   * One update on a batch. Override it for a way of training of one's own; what it returns is logged, so that progress and
   * history show it. It is compiled as any step, and should draw random numbers with `keras.random`.
   *
   * @returns losses and metrics by name
   * @example
   * ```ts
   * import { keras, tf } from "tskeras";
   *
   * class Halving extends keras.Model {
   *   hidden = keras.layers.Dense(1);
   *   override call(x: tf.Tensor) {
   *     return this.hidden(x);
   *   }
   *   override trainStep([x, y]: keras.models.StepData) {
   *     const weights = this.trainableWeights;
   *     const { value, grads } = tf.variableGrads(() => this.computeLoss({ y, yPred: this(x, { training: true }) }), weights);
   *     this.optimizer.apply(weights.map((w) => grads[w.name]?.div(2)), weights);
   *     return { loss: value };
   *   }
   * }
   * const model = new Halving();
   * model.compile({ loss: "mse" });
   * await model.fit(tf.ones([4, 2]), tf.ones([4, 1]), { verbose: 0 });
   * ```
   * @see https://keras.io/guides/custom_train_step_in_tensorflow/
   */
  trainStep(data: StepData): { readonly [name: string]: tf.Tensor | number } {
    trainOn(this, this.#setting("trainStep()").compilation, partsOf(data));
    return this.#results();
  }

  /** Measures a batch, as `evaluate` does; see {@link Trainer.trainStep}. */
  testStep(data: StepData): { readonly [name: string]: tf.Tensor | number } {
    testOn(this, this.#setting("testStep()").compilation, partsOf(data));
    return this.#results();
  }

  #results(): { readonly [name: string]: tf.Tensor } {
    return Object.fromEntries(this.metrics.map((metric) => [metric.name, metric.result()]));
  }

  #asModel(): KerasModel {
    return this as unknown as KerasModel;
  }

  #setting(what: string): RunSetting {
    if (this.#compilation === undefined) {
      throw new Error(
        `model.${what} needs a loss and an optimizer. Call model.compile({ optimizer, loss, metrics }) before it.`,
      );
    }
    return { model: this.#asModel(), compilation: this.#compilation, host: currentHost() };
  }

  #step(kind: string, layout: BatchLayout, make: (compilation: Compilation) => Step): Step {
    // Which weights are trained is part of a step: freezing a layer makes another one.
    const frozen = this.weights.map((weight) => (weight.trainable ? 1 : 0)).join("");
    const key = JSON.stringify([kind, layout, frozen]);
    const step = this.#steps.get(key) ?? make(this.#compilation as Compilation);
    this.#steps.set(key, step);
    return step;
  }

  /** The training step for batches of a dataset's layout. */
  makeTrainStep(data: Dataset): Step {
    this.optimizer.build(this.trainableWeights);
    const own = this.trainStep === Trainer.prototype.trainStep ? undefined : (batch: StepData) => this.trainStep(batch);
    return this.#step("train", data.layout, (compilation) => trainStep(this, compilation, data, own));
  }

  /** The evaluation step for batches of a dataset's layout. */
  makeTestStep(data: Dataset): Step {
    const own = this.testStep === Trainer.prototype.testStep ? undefined : (batch: StepData) => this.testStep(batch);
    return this.#step("test", data.layout, (compilation) => testStep(this, compilation, data, own));
  }

  /** The prediction step. */
  makePredictStep(): Step {
    return this.#step("predict", { inputs: 0, targets: 0, weighted: [] }, () => predictStep(this));
  }

  /** The shape of one sample, where it is known before data comes. */
  get expectedInputShape(): Shape | undefined {
    return undefined;
  }

  /** Makes the weights for data like these columns, if they are not made yet. */
  buildFor(columns: readonly SizedColumn[]): void {
    if (this.graph !== undefined || this.#outputs !== undefined) return;
    const shapes: Shape[] = columns.map(({ shape }) => [null, ...shape]);
    this.ensureBuilt(shapes.length === 1 ? shapes[0]! : shapes);
    if (this.graph !== undefined) return;
    // A `call` of its own shows what it makes by being called.
    tf.tidy(() => {
      const inputs = columns.map(({ shape, dtype }) => tf.zeros([2, ...shape], dtype));
      const outputs = this.run(inputs.length === 1 ? inputs[0]! : inputs, { training: false });
      const list = Array.isArray(outputs) ? outputs : [outputs];
      this.#outputs = list.map((output, i) => ({ name: `output_${i + 1}`, shape: [null, ...output.shape.slice(1)] }));
    });
  }

  /** Names and shapes of the outputs of a model that is built. */
  get outputInfo(): readonly OutputInfo[] {
    return this.graph?.outputs.map(({ node, shape }) => ({ name: node.layer.name, shape })) ?? this.#outputs ?? [];
  }
}
