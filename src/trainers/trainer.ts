import * as tf from "@tensorflow/tfjs-core";
import { asList } from "../backend/lists";
import type { History } from "../callbacks/history";
import type { Logs } from "../callbacks/logs";
import { cooperate } from "../display/cooperate";
import type { Shape } from "../layers/keras_tensor";
import type { Batches } from "./batches";
import { CompiledModel } from "./compiled_model";
import type { Data, Dataset, SizedColumn } from "./data";
import { evaluate } from "./evaluate";
import { fit } from "./fit";
import type { BatchOptions, EvaluateOptions, FitOptions, PredictOptions } from "./fit_options";
import type { OutputInfo, StepData, TrainableModel } from "./model";
import { onBatch, predictOnBatch } from "./on_batch";
import { predict } from "./predict";
import type { Step } from "./step";
import { batchOf, predictStep, testOn, trainOn, trainOrTestStep, withoutTraces } from "./train_step";

/** The part of a model that trains and predicts. */
export abstract class Trainer extends CompiledModel implements TrainableModel {
  /** Set to true, in a callback say, to end `fit` after the step that runs; the epoch is still validated. */
  stopTraining = false;
  /** The epoch at which `fit` begins, which a callback may set when training begins. */
  resumeEpoch: number | undefined;
  /** What the last `fit` recorded, an interrupted one included. */
  history: History | undefined;
  #steps = new Map<string, Step>();
  #outputs: readonly OutputInfo[] | undefined;
  #fitting: Promise<void> | undefined;

  abstract get graph(): TrainableModel["graph"];
  abstract save(path: string): Promise<void>;
  abstract saveWeights(path: string): Promise<void>;
  abstract loadWeights(path: string): Promise<void>;

  protected override clearSteps(): void {
    this.#steps = new Map();
    this.#outputs = undefined;
  }

  /**
   * Trains the model on arrays, or on a generator of batches.
   *
   * @param x one row for each sample; for several inputs a list, or an object by the inputs' names
   * @param y the labels
   * @param options `epochs` (default 1), `batchSize` (32), `validationData` or `validationSplit`, `callbacks`, `verbose`,
   * `shuffle`, `classWeight` and the others in {@link FitOptions}
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
        return await cooperate(() => fit(this, this.compiledFor("fit()"), x, y, options));
      } finally {
        if (this.#fitting === fitting) this.#fitting = undefined;
        ended();
      }
    };
    this.#fitting = fitting;
    // A cell that is run again while the model trains waits for the end. Without a wait training starts at once, so that
    // an error's stack reaches the calling line.
    return before ? before.then(run) : run();
  }

  /**
   * Measures the loss and the metrics on data.
   *
   * @returns the loss, then the metrics in the order in which `compile` was given them; an object with `returnDict`
   * @example
   * ```ts
   * import { keras, tf } from "tskeras";
   *
   * const model = keras.Sequential([keras.layers.Input([1]), keras.layers.Dense(1)]);
   * model.compile({ optimizer: "sgd", loss: "mse", metrics: ["mae"] });
   * const [loss, mae] = await model.evaluate(tf.ones([4, 1]), tf.ones([4]), { verbose: 0 });
   * ```
   * @see https://keras.io/api/models/model_training_apis/
   */
  evaluate(x: Data | Batches, y: Data | undefined, options: EvaluateOptions & { returnDict: true }): Promise<Logs>;
  evaluate(x: Data | Batches, y?: Data, options?: EvaluateOptions & { returnDict?: false }): Promise<number[]>;
  async evaluate(x: Data | Batches, y?: Data, options: EvaluateOptions = {}): Promise<number[] | Logs> {
    const results = await cooperate(() => evaluate(this, this.compiledFor("evaluate()"), x, y, options));
    return options.returnDict === true ? results : Object.values(results);
  }

  /**
   * The model's outputs for data, computed batch by batch. Labels in the batches of a generator are ignored.
   *
   * @returns a tensor with a row for each sample; a list of them for several outputs
   * @example
   * ```ts
   * import { keras, tf } from "tskeras";
   *
   * const model = keras.Sequential([keras.layers.Input([1]), keras.layers.Dense(1)]);
   * const y = await model.predict(tf.ones([4, 1]), { verbose: 0 });
   * y.shape; // [4, 1]
   * ```
   * @see https://keras.io/api/models/model_training_apis/
   */
  async predict<T extends tf.Tensor | tf.Tensor[] = tf.Tensor>(
    x: Data | Batches,
    options: PredictOptions = {},
  ): Promise<T> {
    const outputs = await cooperate(() => predict(this, x, options));
    return (outputs.length === 1 ? outputs[0] : outputs) as T;
  }

  /**
   * One update on one batch.
   *
   * @returns loss and metrics of this batch alone, as {@link Trainer.evaluate} returns them; the metrics are reset before it
   * @example
   * ```ts
   * import { keras, tf } from "tskeras";
   *
   * const model = keras.Sequential([keras.layers.Input([1]), keras.layers.Dense(1)]);
   * model.compile({ optimizer: "sgd", loss: "mse", metrics: ["mae"] });
   * const [loss, mae] = await model.trainOnBatch(tf.ones([4, 1]), tf.ones([4]));
   * ```
   * @see https://keras.io/api/models/model_training_apis/
   */
  trainOnBatch(x: Data, y: Data | undefined, options: BatchOptions & { returnDict: true }): Promise<Logs>;
  trainOnBatch(x: Data, y?: Data, options?: BatchOptions & { returnDict?: false }): Promise<number[]>;
  async trainOnBatch(x: Data, y?: Data, options: BatchOptions = {}): Promise<number[] | Logs> {
    return onBatch("train", this, this.compiledFor("trainOnBatch()"), x, y, options);
  }

  /**
   * Loss and metrics on one batch.
   *
   * @returns loss and metrics of this batch alone, as {@link Trainer.evaluate} returns them; the metrics are reset before it
   * @example
   * ```ts
   * import { keras, tf } from "tskeras";
   *
   * const model = keras.Sequential([keras.layers.Input([1]), keras.layers.Dense(1)]);
   * model.compile({ optimizer: "sgd", loss: "mse", metrics: ["mae"] });
   * const { loss } = await model.testOnBatch(tf.ones([4, 1]), tf.ones([4]), { returnDict: true });
   * ```
   * @see https://keras.io/api/models/model_training_apis/
   */
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
    return onBatch("test", this, this.compiledFor("testOnBatch()"), x, y, options);
  }

  /**
   * The model's outputs for one batch.
   *
   * @example
   * ```ts
   * import { keras, tf } from "tskeras";
   *
   * const model = keras.Sequential([keras.layers.Input([1]), keras.layers.Dense(1)]);
   * const y = await model.predictOnBatch(tf.ones([4, 1]));
   * y.shape; // [4, 1]
   * ```
   * @see https://keras.io/api/models/model_training_apis/
   */
  async predictOnBatch<T extends tf.Tensor | tf.Tensor[] = tf.Tensor>(x: Data): Promise<T> {
    const outputs = await predictOnBatch(this, x);
    return (outputs.length === 1 ? outputs[0] : outputs) as T;
  }

  /**
   * One update on a batch. Override it to train in another way; what it returns is logged, so that progress and history
   * show it. It is compiled like every step, and should draw random numbers with `keras.random`.
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
    trainOn(this, this.compiledFor("trainStep()"), batchOf(data));
    return this.#results();
  }

  /** Measures a batch, as `evaluate` does; see {@link Trainer.trainStep}. */
  testStep(data: StepData): { readonly [name: string]: tf.Tensor | number } {
    testOn(this, this.compiledFor("testStep()"), batchOf(data));
    return this.#results();
  }

  #results(): { readonly [name: string]: tf.Tensor } {
    return Object.fromEntries(this.metrics.map((metric) => [metric.name, metric.result()]));
  }

  #step(kind: Step["kind"], layout: Dataset["layout"] | undefined, make: () => Step): Step {
    // Which weights are trained is part of a step: freezing a layer makes another one.
    const frozen = this.weights.map((weight) => (weight.trainable ? 1 : 0)).join("");
    const key = JSON.stringify([kind, layout, frozen]);
    const step = this.#steps.get(key) ?? make();
    this.#steps.set(key, step);
    return step;
  }

  makeTrainStep(data: Dataset): Step {
    const compilation = this.compiledFor("fit()");
    this.optimizer.build(this.trainableWeights);
    const own = this.trainStep === Trainer.prototype.trainStep ? undefined : (batch: StepData) => this.trainStep(batch);
    return this.#step("train", data.layout, () => trainOrTestStep("train", this, compilation, data, own));
  }

  makeTestStep(data: Dataset): Step {
    const compilation = this.compiledFor("evaluate()");
    const own = this.testStep === Trainer.prototype.testStep ? undefined : (batch: StepData) => this.testStep(batch);
    return this.#step("test", data.layout, () => trainOrTestStep("test", this, compilation, data, own));
  }

  makePredictStep(): Step {
    return this.#step("predict", undefined, () => predictStep(this));
  }

  get expectedInputShape(): Shape | undefined {
    return undefined;
  }

  buildFor(columns: readonly SizedColumn[]): void {
    if (this.graph !== undefined || this.#outputs !== undefined) return;
    const shapes: Shape[] = columns.map(({ shape }) => [null, ...shape]);
    this.ensureBuilt(shapes.length === 1 ? shapes[0]! : shapes);
    if (this.graph !== undefined) return;
    // The outputs of a model with a `call` of its own are known only once it is called.
    tf.tidy(() => {
      const inputs = columns.map(({ shape, dtype }) => tf.zeros([2, ...shape], dtype));
      const outputs = withoutTraces(this, () =>
        this.run(inputs.length === 1 ? inputs[0]! : inputs, { training: false }),
      );
      this.#outputs = asList(outputs).map((output, i) => ({
        name: `output_${i + 1}`,
        shape: [null, ...output.shape.slice(1)],
      }));
    });
  }

  get outputInfo(): readonly OutputInfo[] {
    return this.graph?.outputs.map(({ node, shape }) => ({ name: node.layer.name, shape })) ?? this.#outputs ?? [];
  }
}
