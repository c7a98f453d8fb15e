import * as tf from "@tensorflow/tfjs-core";
import { type KerasVariable, variable } from "../backend/variable";
import * as kinds from "../options/kinds";
import { checked, checkOptions } from "../options/options";
import { serialize } from "../saving/serialization";
import { autoName } from "../utils/naming";
import { clipByGlobalNorm, clipByNorm } from "./clipping";
import { accumulateGradients } from "./gradient_accumulation";
import { averageWeights } from "./moving_averages";
import { commonDefaults, commonOptions, type LearningRate, type OptimizerOptions } from "./optimizer_options";
import { LearningRateSchedule } from "./schedules/learning_rate_schedule";

/** The variables of a weight, by their names in a call of `addOptimizerVariables`. */
type VariablesOf<Names> = (weight: tf.Variable) => { readonly [i in keyof Names]: tf.Variable };

interface DecayExclusion {
  readonly varList?: readonly tf.Variable[];
  readonly varNames?: readonly string[];
}

const exclusionKinds: kinds.KindsOf<DecayExclusion> = {
  varList: kinds.listOf("variables", { expected: "", accepts: (one) => one instanceof tf.Variable }),
  varNames: kinds.listOf("names", kinds.text),
};

/**
 * Base of the optimizers. All state is in variables, so that an update is a function of tensors and can be compiled.
 *
 * To write one, make a field of {@link addOptimizerVariables} if it needs momentums or the like, and assign the weight's
 * new value in `updateStep`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * class SignSGD extends keras.optimizers.Optimizer {
 *   updateStep(gradient: tf.Tensor, variable: tf.Variable, learningRate: tf.Tensor) {
 *     variable.assign(variable.sub(gradient.sign().mul(learningRate)));
 *   }
 * }
 * const w = tf.variable(tf.tensor([1, 1]));
 * new SignSGD({ learningRate: 0.1 }).apply([tf.tensor([5, -5])], [w]);
 * w // [0.9, 1.1]
 * ```
 * @see https://keras.io/api/optimizers/
 */
export abstract class Optimizer {
  static readonly className: string = "Optimizer";
  /** What each of a subclass's own options may be. Each becomes a field of that name and a part of the config. */
  static readonly ownOptions: kinds.Kinds = {};

  readonly name: string;
  declare readonly weightDecay: number | null;
  declare readonly clipnorm: number | null;
  declare readonly clipvalue: number | null;
  declare readonly globalClipnorm: number | null;
  declare readonly useEma: boolean;
  declare readonly emaMomentum: number;
  declare readonly emaOverwriteFrequency: number | null;
  declare readonly gradientAccumulationSteps: number | null;
  /** Whether the optimizer's variables exist. */
  built = false;

  readonly #fields: readonly string[];
  readonly #steps: tf.Variable;
  readonly #variables: tf.Variable[];
  #rate: tf.Variable | LearningRateSchedule;
  #weights: readonly tf.Variable[] = [];
  readonly #creations: (() => void)[] = [];
  readonly #average: VariablesOf<["average"]> | undefined;
  readonly #accumulator: VariablesOf<["gradient_accumulator"]> | undefined;
  #withoutDecay: (weight: tf.Variable) => boolean = () => false;

  constructor(options: OptimizerOptions = {}) {
    const { className, ownOptions } = new.target;
    const kind = className === "Optimizer" ? new.target.name : className;
    const where = `${kind}()`;
    checkOptions(where, options, { ...ownOptions, ...commonOptions });
    // Null is a default, too.
    const given = Object.entries(options).filter(([, value]) => value !== undefined && value !== null);
    const values: typeof commonDefaults = { ...commonDefaults, ...Object.fromEntries(given) };
    const { learningRate, name = autoName(kind), ...fields } = values;
    this.name = name;
    this.#fields = [...Object.keys(commonDefaults), ...Object.keys(ownOptions)].filter((field) => field in fields);
    Object.assign(this, fields);
    const clips = (["clipnorm", "clipvalue", "globalClipnorm"] as const).filter((clip) => this[clip] !== null);
    if (clips.length > 1) {
      throw new Error(
        `${where} takes only one of clipnorm, clipvalue and globalClipnorm but found ${clips.join(" and ")}.`,
      );
    }
    this.#steps = this.#add(tf.scalar(0, "int32"), "iteration");
    this.#variables = [this.#steps];
    this.#rate =
      learningRate instanceof LearningRateSchedule ? learningRate : this.#add(tf.scalar(learningRate), "learning_rate");
    if (this.#rate instanceof tf.Variable) this.#variables.push(this.#rate);
    if (this.useEma) this.#average = this.addOptimizerVariables("average");
    if (this.gradientAccumulationSteps !== null) {
      this.#accumulator = this.addOptimizerVariables("gradient_accumulator");
    }
  }

  #add(initial: tf.Tensor, name: string): tf.Variable {
    const added = variable(initial, { name: `${this.name}/${name}`, trainable: false });
    initial.dispose();
    return added;
  }

  /** The number of updates so far, an int32 scalar. */
  get iterations(): tf.Tensor {
    if (this.gradientAccumulationSteps === null) return this.#steps;
    return tf.floorDiv(this.#steps, tf.scalar(this.gradientAccumulationSteps, "int32"));
  }

  /** All state in Keras's order: the update count, the learning rate unless it follows a schedule, then the rest. */
  get variables(): readonly tf.Variable[] {
    return [...this.#variables];
  }

  /** The current learning rate. Settable to a number or a schedule; as in Keras, no number replaces a schedule. */
  get learningRate(): number {
    return tf.tidy(() => this.currentLearningRate().dataSync()[0]!);
  }

  set learningRate(rate: LearningRate) {
    checked(this.name, "learningRate", rate, commonOptions.learningRate);
    const current = this.#rate;
    if (rate instanceof LearningRateSchedule) {
      if (current instanceof tf.Variable) this.#variables.splice(this.#variables.indexOf(current), 1);
      this.#rate = rate;
    } else if (current instanceof tf.Variable) tf.tidy(() => current.assign(tf.scalar(rate)));
    else {
      throw new TypeError(
        `The learning rate of ${this.name} follows a schedule and cannot be set. To set it later, create the optimizer with a number.`,
      );
    }
  }

  /** The learning rate as a float32 scalar tensor, as an update reads it. */
  currentLearningRate(): tf.Tensor {
    return this.#rate instanceof LearningRateSchedule
      ? this.#rate.call(tf.cast(this.iterations, "float32"))
      : this.#rate;
  }

  /** Makes the optimizer's variables for these weights; the first `apply` does so. */
  build(variables: readonly tf.Variable[]): void {
    if (this.built) return;
    this.#weights = [...variables];
    this.built = true;
    for (const create of this.#creations) create();
  }

  /**
   * Adds variables such as momentums for each weight, when {@link build} is called. They are in Keras's order: all names
   * of the first weight, then those of the next.
   *
   * @param names each alone, or with an initial value that is not 0
   * @returns the variables of a weight
   */
  protected addOptimizerVariables<const Names extends readonly (string | readonly [name: string, initial: number])[]>(
    ...names: Names
  ): VariablesOf<Names> {
    const added = new Map<tf.Variable, tf.Variable[]>();
    const create = (weight: tf.Variable) =>
      names.map((each) => {
        const [name, initial] = typeof each === "string" ? [each, 0] : each;
        const start = tf.fill(weight.shape, initial, weight.dtype as "float32");
        return this.#add(start, `${weight.name.replaceAll("/", "_")}_${name}`);
      });
    const createAll = () => {
      for (const weight of this.#weights) {
        const variables = create(weight);
        added.set(weight, variables);
        this.#variables.push(...variables);
      }
    };
    if (this.built) createAll();
    else this.#creations.push(createAll);
    return (weight) => added.get(weight) as { [i in keyof Names]: tf.Variable };
  }

  /** Adds a scalar variable that belongs to no weight. */
  protected addVariable(initial: number, name: string): tf.Variable {
    const added = this.#add(tf.scalar(initial), name);
    this.#variables.push(added);
    return added;
  }

  /** Computes the scalars that all weights share; called before the first `updateStep` of an update. */
  protected prepare(_learningRate: tf.Tensor): void {}

  /** Assigns the new value of one weight. */
  abstract updateStep(gradient: tf.Tensor, variable: tf.Variable, learningRate: tf.Tensor): void;

  /**
   * Updates the weights from their gradients; a weight with a null gradient is not changed.
   *
   * @param gradients one for each variable, of its shape
   * @param variables the weights; default: those given to `build`
   */
  apply(gradients: readonly (tf.Tensor | null | undefined)[], variables?: readonly tf.Variable[]): void {
    if (!this.built) {
      if (variables === undefined) {
        throw new Error(`${this.name}.apply() expected the variables at its first call but found none.`);
      }
      this.build(variables);
    }
    const weights = variables ?? this.#weights;
    if (gradients.length !== weights.length) {
      throw new Error(
        `${this.name}.apply() expected one gradient for each of ${weights.length} variables but found ${gradients.length}.`,
      );
    }
    const unknown = weights.find((weight) => !this.#weights.includes(weight));
    if (unknown !== undefined) {
      throw new Error(
        `${this.name} was built for ${this.#weights.length} variables, and "${unknown.name}" is none of them. For a new model create a new optimizer; after making a layer trainable, compile again, which starts the optimizer anew.`,
      );
    }
    tf.tidy(() => {
      const present = gradients.flatMap((gradient) => gradient ?? []);
      if (present.length > 0) {
        this.#update(
          present,
          weights.filter((_, i) => gradients[i]),
        );
      }
      this.#steps.assign(tf.add(this.#steps, tf.scalar(1, "int32")));
    });
  }

  #update(gradients: readonly tf.Tensor[], weights: readonly tf.Variable[]): void {
    const count = this.gradientAccumulationSteps;
    const accumulatorOf = this.#accumulator;
    if (count === null || accumulatorOf === undefined) this.#step(gradients, weights);
    else {
      const accumulators = weights.flatMap(accumulatorOf);
      const kept = new Set([this.#steps, this.#rate, ...this.#weights.flatMap(accumulatorOf)]);
      const state = [...weights, ...this.#variables.filter((variable) => !kept.has(variable))];
      accumulateGradients(gradients, { accumulators, state, count, calls: this.#steps }, (means) =>
        this.#step(means, weights),
      );
    }
    if (this.#average) averageWeights(this.#weights, this.#weights.flatMap(this.#average), this);
    for (const weight of weights) {
      const { constraint } = weight as Partial<KerasVariable>;
      if (constraint) weight.assign(constraint.call(weight));
    }
  }

  #step(gradients: readonly tf.Tensor[], weights: readonly tf.Variable[]): void {
    const rate = this.currentLearningRate();
    const clipped = this.#clip(gradients);
    if (this.weightDecay !== null) {
      const share = tf.mul(rate, this.weightDecay);
      for (const weight of weights) {
        if (!this.#withoutDecay(weight)) weight.assign(tf.sub(weight, tf.mul(weight, share)));
      }
    }
    this.prepare(rate);
    for (const [i, weight] of weights.entries()) this.updateStep(clipped[i]!, weight, rate);
  }

  #clip(gradients: readonly tf.Tensor[]): readonly tf.Tensor[] {
    const { clipnorm, clipvalue, globalClipnorm } = this;
    if (clipnorm !== null) return gradients.map((gradient) => clipByNorm(gradient, clipnorm));
    if (globalClipnorm !== null) return clipByGlobalNorm(gradients, globalClipnorm);
    if (clipvalue !== null) return gradients.map((gradient) => tf.clipByValue(gradient, -clipvalue, clipvalue));
    return gradients;
  }

  /** With `useEma`, replaces the weights by their moving averages; `fit` calls it at its end. */
  finalizeVariableValues(): void {
    if (this.#average) for (const weight of this.#weights) weight.assign(this.#average(weight)[0]);
  }

  /**
   * Excludes weights from the weight decay; call it before training.
   *
   * @param exclude the variables themselves, or parts of their names: `{ varNames: ["bias"] }`
   */
  excludeFromWeightDecay(exclude: DecayExclusion): void {
    checkOptions("excludeFromWeightDecay()", exclude, exclusionKinds);
    if (this.built) throw new Error("excludeFromWeightDecay() must be called before the optimizer is built.");
    const { varList = [], varNames = [] } = exclude;
    this.#withoutDecay = (weight) => varList.includes(weight) || varNames.some((part) => weight.name.includes(part));
  }

  /** The options that make an equal optimizer; a schedule as `{ className, config }`. */
  getConfig(): { [option: string]: unknown } {
    const learningRate = this.#rate instanceof LearningRateSchedule ? serialize(this.#rate) : this.#rate.dataSync()[0]!;
    const fields = this as unknown as { readonly [name: string]: unknown };
    return {
      name: this.name,
      learningRate,
      ...Object.fromEntries(this.#fields.map((field) => [field, fields[field]])),
    };
  }
}
