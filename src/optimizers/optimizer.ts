import * as tf from "@tensorflow/tfjs-core";
import { type KerasVariable, variable } from "../backend/variable";
import * as kinds from "../options/kinds";
import { checkOptions } from "../options/options";
import { autoName } from "../utils/naming";
import { clipByGlobalNorm, clipByNorm } from "./clipping";
import { checkRate, commonOptions, type LearningRate, type OptimizerOptions } from "./optimizer_options";
import { LearningRateSchedule } from "./schedules/learning_rate_schedule";

/** A slot of an optimizer: one variable for each weight. */
export type Slot = readonly tf.Variable[];

/**
 * Base of the optimizers. All of its state is variables, so that an update is a function of tensors and can be compiled.
 *
 * To write one, make slots in `build` (after `super.build(variables)`) with {@link addSlots} and assign the weight's new
 * value in `updateStep`. https://keras.io/api/optimizers/
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
 */
export abstract class Optimizer {
  static readonly className: string = "Optimizer";
  /** The names of a subclass's own options, or what each of them may be. */
  static readonly ownOptions: readonly string[] | kinds.Kinds = [];

  readonly name: string;
  readonly weightDecay: number | null;
  readonly clipnorm: number | null;
  readonly clipvalue: number | null;
  readonly globalClipnorm: number | null;
  readonly useEma: boolean;
  readonly emaMomentum: number;
  readonly emaOverwriteFrequency: number | null;
  readonly gradientAccumulationSteps: number | null;
  /** Whether the slots exist. */
  built = false;

  readonly #steps: tf.Variable;
  readonly #variables: tf.Variable[];
  #rate: tf.Variable | LearningRateSchedule;
  #weights: readonly tf.Variable[] = [];
  #averages: Slot = [];
  #accumulated: Slot = [];
  #withoutDecay: (weight: tf.Variable) => boolean = () => false;

  constructor(options: OptimizerOptions = {}) {
    const { className } = new.target;
    const kind = className === "Optimizer" ? new.target.name : className;
    const where = `${kind}()`;
    checkOptions(where, options, { ...kinds.kindsOf(new.target.ownOptions), ...commonOptions });
    this.name = options.name ?? autoName(kind);
    this.weightDecay = options.weightDecay ?? null;
    this.clipnorm = options.clipnorm ?? null;
    this.clipvalue = options.clipvalue ?? null;
    this.globalClipnorm = options.globalClipnorm ?? null;
    this.useEma = options.useEma ?? false;
    this.emaMomentum = options.emaMomentum ?? 0.99;
    this.emaOverwriteFrequency = options.emaOverwriteFrequency ?? null;
    this.gradientAccumulationSteps = options.gradientAccumulationSteps ?? null;
    this.#check(where);
    const rate = checkRate(where, options.learningRate ?? 0.001);
    this.#steps = this.#add(tf.scalar(0, "int32"), "iteration");
    this.#variables = [this.#steps];
    this.#rate = rate instanceof LearningRateSchedule ? rate : this.#add(tf.scalar(rate), "learning_rate");
    if (!(this.#rate instanceof LearningRateSchedule)) this.#variables.push(this.#rate);
  }

  #check(where: string): void {
    const clips = Object.entries({
      clipnorm: this.clipnorm,
      clipvalue: this.clipvalue,
      globalClipnorm: this.globalClipnorm,
    }).filter(([, value]) => value !== null);
    if (clips.length > 1) {
      throw new Error(
        `${where} takes only one of clipnorm, clipvalue and globalClipnorm but found ${clips.map(([name]) => name).join(" and ")}.`,
      );
    }
  }

  #add(initial: tf.Tensor, name: string): tf.Variable {
    const added = variable(initial, { name: `${this.name}/${name}`, trainable: false });
    initial.dispose();
    return added;
  }

  /** How many updates were made, an int32 scalar. */
  get iterations(): tf.Tensor {
    if (this.gradientAccumulationSteps === null) return this.#steps;
    return tf.floorDiv(this.#steps, tf.scalar(this.gradientAccumulationSteps, "int32"));
  }

  /** All state: the count of updates, the learning rate unless there is a schedule, then the slots, as Keras orders them. */
  get variables(): readonly tf.Variable[] {
    return [...this.#variables];
  }

  /** The learning rate now. Settable to a number, or to a schedule; one made with a schedule takes no number, as in Keras. */
  get learningRate(): number {
    return tf.tidy(() => this.currentLearningRate().dataSync()[0] as number);
  }

  set learningRate(rate: LearningRate) {
    const checked = checkRate(`${this.name}.learningRate`, rate);
    if (checked instanceof LearningRateSchedule) {
      if (!(this.#rate instanceof LearningRateSchedule)) {
        this.#variables.splice(this.#variables.indexOf(this.#rate), 1);
      }
      this.#rate = checked;
      return;
    }
    if (this.#rate instanceof LearningRateSchedule) {
      throw new TypeError(
        `The learning rate of ${this.name} follows a schedule and cannot be set. Make the optimizer with a number to set it later.`,
      );
    }
    const value = tf.scalar(checked);
    this.#rate.assign(value);
    value.dispose();
  }

  /** The learning rate as a float32 scalar tensor, as an update reads it. */
  currentLearningRate(): tf.Tensor {
    return this.#rate instanceof LearningRateSchedule
      ? this.#rate.call(tf.cast(this.iterations, "float32"))
      : this.#rate;
  }

  /** Makes the slots for these weights; `apply` does so when it is first called. */
  build(variables: readonly tf.Variable[]): void {
    if (this.built) return;
    this.#weights = [...variables];
    this.built = true;
    if (this.useEma) [this.#averages] = this.addSlots(["average"]) as [Slot];
    if (this.gradientAccumulationSteps !== null) {
      [this.#accumulated] = this.addSlots(["gradient_accumulator"]) as [Slot];
    }
  }

  /** One variable per weight and name, all `initial` at first; Keras's order: all names of the first weight, then the next. */
  protected addSlots(names: readonly string[], initial: readonly number[] = []): Slot[] {
    const slots: tf.Variable[][] = names.map(() => []);
    for (const weight of this.#weights) {
      for (const [i, name] of names.entries()) {
        const start = tf.fill(weight.shape, initial[i] ?? 0, weight.dtype as "float32");
        const slot = this.#add(start, `${weight.name.replaceAll("/", "_")}_${name}`);
        slots[i]?.push(slot);
        this.#variables.push(slot);
      }
    }
    return slots;
  }

  /** One variable more that belongs to no weight. */
  protected addVariable(initial: number, name: string): tf.Variable {
    const added = this.#add(tf.scalar(initial), name);
    this.#variables.push(added);
    return added;
  }

  /** The variable of a slot that belongs to a weight. */
  protected slotOf(slot: Slot, weight: tf.Variable): tf.Variable {
    return slot[this.#weights.indexOf(weight)]!;
  }

  /** The scalars that all updates of a step share; called before the first of them. */
  protected prepare(_learningRate: tf.Tensor): void {}

  /** Assigns the new value of one weight. */
  abstract updateStep(gradient: tf.Tensor, variable: tf.Variable, learningRate: tf.Tensor): void;

  /**
   * Updates the weights from their gradients; a null gradient leaves its weight alone.
   *
   * @param gradients one for each variable, of its shape
   * @param variables the weights; default those of `build`
   */
  apply(gradients: readonly (tf.Tensor | null | undefined)[], variables?: readonly tf.Variable[]): void {
    if (!this.built) {
      if (variables === undefined) throw new Error(`${this.name}.apply() needs the variables at its first call.`);
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
        `${this.name} was built for other variables than "${unknown.name}". Make a new optimizer for a new model, and compile again.`,
      );
    }
    tf.tidy(() => {
      const pairs = weights.flatMap((weight, i) => {
        const gradient = gradients[i];
        return gradient === null || gradient === undefined ? [] : [{ weight, gradient }];
      });
      if (pairs.length > 0)
        this.#update(
          pairs.map((p) => p.gradient),
          pairs.map((p) => p.weight),
        );
      this.#steps.assign(tf.add(this.#steps, tf.scalar(1, "int32")));
    });
  }

  #update(gradients: readonly tf.Tensor[], weights: readonly tf.Variable[]): void {
    if (this.gradientAccumulationSteps === null) this.#step(gradients, weights);
    else this.#accumulate(gradients, weights, this.gradientAccumulationSteps);
    if (this.useEma) this.#average();
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

  /** Updates with the mean of the gradients at every `count`-th call and keeps all state as it was at the others. */
  #accumulate(gradients: readonly tf.Tensor[], weights: readonly tf.Variable[], count: number): void {
    const due = tf.equal(
      tf.mod(tf.add(this.#steps, tf.scalar(1, "int32")), tf.scalar(count, "int32")),
      tf.scalar(0, "int32"),
    );
    const sums = gradients.map((gradient, i) => tf.add(gradient, this.slotOf(this.#accumulated, weights[i]!)));
    const own = new Set([this.#steps, ...this.#accumulated]);
    const state = [...weights, ...this.#variables.filter((v) => !own.has(v) && v !== this.#rate)];
    const before = state.map((v) => tf.clone(v));
    this.#step(
      sums.map((sum) => tf.div(sum, count)),
      weights,
    );
    for (const [i, v] of state.entries()) v.assign(tf.where(due, v, before[i]!));
    for (const [i, weight] of weights.entries()) {
      const sum = sums[i]!;
      this.slotOf(this.#accumulated, weight).assign(tf.where(due, tf.zerosLike(sum), sum));
    }
  }

  #average(): void {
    const started = tf.cast(tf.notEqual(this.iterations, tf.scalar(0, "int32")), "float32");
    const momentum = tf.mul(started, this.emaMomentum);
    for (const [i, weight] of this.#weights.entries()) {
      const average = this.#averages[i]!;
      average.assign(tf.add(tf.mul(momentum, average), tf.mul(tf.sub(1, momentum), weight)));
    }
    if (this.emaOverwriteFrequency === null) return;
    const count = tf.add(this.iterations, tf.scalar(1, "int32"));
    const due = tf.equal(tf.mod(count, tf.scalar(this.emaOverwriteFrequency, "int32")), tf.scalar(0, "int32"));
    for (const [i, weight] of this.#weights.entries()) {
      weight.assign(tf.where(due, this.#averages[i]!, weight));
    }
  }

  /** Puts the moving averages in the weights' place if `useEma`; `fit` calls it at its end. */
  finalizeVariableValues(): void {
    if (!this.useEma) return;
    for (const [i, weight] of this.#weights.entries()) weight.assign(this.#averages[i] as tf.Variable);
  }

  /**
   * Leaves weights out of the weight decay; call it before training.
   *
   * @param exclude the variables themselves, or parts of their names: `{ varNames: ["bias"] }`
   */
  excludeFromWeightDecay(exclude: {
    readonly varList?: readonly tf.Variable[];
    readonly varNames?: readonly string[];
  }): void {
    checkOptions("excludeFromWeightDecay()", exclude, {
      varList: kinds.listOf("variables", { expected: "", accepts: (one) => one instanceof tf.Variable }),
      varNames: kinds.listOf("names", kinds.text),
    });
    if (this.built) throw new Error("excludeFromWeightDecay() must be called before the optimizer is built.");
    const { varList = [], varNames = [] } = exclude;
    this.#withoutDecay = (weight) => varList.includes(weight) || varNames.some((part) => weight.name.includes(part));
  }

  /** The options that make an equal optimizer; a schedule as `{ className, config }`. */
  getConfig(): { [option: string]: unknown } {
    const rate = this.#rate;
    const learningRate =
      rate instanceof LearningRateSchedule
        ? { className: (rate.constructor as typeof LearningRateSchedule).className, config: rate.getConfig() }
        : (rate.dataSync()[0] as number);
    const { name, weightDecay, clipnorm, globalClipnorm, clipvalue, useEma, emaMomentum } = this;
    const { emaOverwriteFrequency, gradientAccumulationSteps } = this;
    return {
      name,
      learningRate,
      weightDecay,
      clipnorm,
      globalClipnorm,
      clipvalue,
      useEma,
      emaMomentum,
      emaOverwriteFrequency,
      gradientAccumulationSteps,
    };
  }
}
