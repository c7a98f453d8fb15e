import * as tf from "@tensorflow/tfjs-core";
import * as activations from "../../activations/index";
import { asList } from "../../backend/lists";
import { dropoutMask } from "../../backend/nn/dropout";
import { SeedGenerator } from "../../backend/seed_generator";
import type * as initializers from "../../initializers/index";
import * as kinds from "../../options/kinds";
import { reading } from "../../options/options";
import { formatShape, type Shape } from "../keras_tensor";
import { KernelLayer, type KernelOptions } from "../kernel_layer";
import { type CallOptions, type Inputs, isShape } from "../layer";
import { argument, positive } from "../layer_options";
import { firstMask, type Mask } from "../masks";
import { type RestraintOptions, treatmentKinds } from "../treatments";

/** Options of the recurrent layers. */
export interface RecurrentOptions extends KernelOptions, RestraintOptions<"recurrent"> {
  /** Default `"orthogonal"`. */
  readonly recurrentInitializer?: initializers.InitializerIdentifier;
  /** Share of the inputs dropped while training, the same at all steps. Default 0. */
  readonly dropout?: number;
  /** Share of the state dropped on its way to the next step while training. Default 0. */
  readonly recurrentDropout?: number;
  /** Whether the output holds all steps, `[batch, steps, units]`, rather than the last. Default false. */
  readonly returnSequences?: boolean;
  /** Whether the final states are returned after the output. Default false. */
  readonly returnState?: boolean;
  /** Whether the steps are taken from last to first; a returned sequence is in that order too. Default false. */
  readonly goBackwards?: boolean;
  /**
   * Whether a batch starts with the final states of the batch before, until `resetState()`. Needs a fixed batch size:
   * `keras.Input(shape, { batchSize })`. Default false.
   */
  readonly stateful?: boolean;
  /** No effect: the steps are always computed one after the other. Default false. */
  readonly unroll?: boolean;
  /** Whether the output of masked steps is zero rather than the output of the step before. Default false. */
  readonly zeroOutputForMask?: boolean;
  readonly seed?: number | null;
}

/**
 * Base of the recurrent layers: goes through `[batch, steps, features]` step by step with a state.
 *
 * Inputs may be a list: the sequence and the initial states, which otherwise are zeros.
 */
export abstract class Recurrent extends KernelLayer {
  static override readonly positional = ["units"];
  static override readonly optionKinds: kinds.KindsOf<RecurrentOptions> = {
    ...KernelLayer.optionKinds,
    ...treatmentKinds("recurrent"),
    dropout: kinds.share,
    recurrentDropout: kinds.share,
    returnSequences: kinds.boolean,
    returnState: kinds.boolean,
    goBackwards: kinds.boolean,
    stateful: kinds.boolean,
    unroll: kinds.boolean,
    zeroOutputForMask: kinds.boolean,
    seed: kinds.seed,
  };
  /** The number of matrices side by side in the kernels. */
  protected readonly gates: number = 1;
  /** The number of tensors `[batch, units]` in the state. */
  protected readonly stateCount: number = 1;
  readonly units: number;
  readonly dropout: number;
  readonly recurrentDropout: number;
  readonly returnSequences: boolean;
  readonly returnState: boolean;
  readonly goBackwards: boolean;
  readonly stateful: boolean;
  readonly unroll: boolean;
  zeroOutputForMask: boolean;
  readonly seed: number | null;
  readonly seedGenerator: SeedGenerator;
  protected readonly recurrentTreatment;
  recurrentKernel?: tf.Variable;
  #states: tf.Variable[] | undefined;

  constructor(units: number, options: RecurrentOptions = {}) {
    super(options, "tanh");
    this.units = argument(this, "units", units, positive);
    this.dropout = options.dropout ?? 0;
    this.recurrentDropout = options.recurrentDropout ?? 0;
    this.returnSequences = options.returnSequences ?? false;
    this.returnState = options.returnState ?? false;
    this.goBackwards = options.goBackwards ?? false;
    this.stateful = options.stateful ?? false;
    this.unroll = options.unroll ?? false;
    this.zeroOutputForMask = options.zeroOutputForMask ?? false;
    this.seed = options.seed ?? null;
    this.seedGenerator = new SeedGenerator(options.seed ?? undefined);
    this.recurrentTreatment = this.treatment(options, "recurrent", "orthogonal");
  }

  override build(inputShape: Shape | readonly Shape[]): void {
    const shape = isShape(inputShape) ? inputShape : inputShape[0]!;
    if (shape.length !== 3) {
      throw new RangeError(
        `Layer "${this.name}" expected a sequence (batch, steps, features) but found shape ${formatShape(shape)}. For whole numbers put an Embedding before it; otherwise reshape the data.`,
      );
    }
    const features = shape[2] ?? null;
    const width = this.units * this.gates;
    this.kernel = this.addWeight({ name: "kernel", shape: [features, width], ...this.treatments.kernel });
    const recurrent = { name: "recurrent_kernel", shape: [this.units, width], ...this.recurrentTreatment };
    this.recurrentKernel = this.addWeight(recurrent);
    this.addBiases();
    if (this.stateful) this.#makeStates(shape[0] ?? null);
    if (isShape(inputShape)) this.inputSpec = { ndim: 3, axes: { "-1": features as number } };
  }

  #makeStates(batch: number | null): void {
    if (batch === null) {
      throw new Error(
        `Layer "${this.name}" is stateful, which needs a fixed size of batches: keras.Input(shape, { batchSize: 32 }).`,
      );
    }
    this.#states = tf.tidy(() =>
      Array.from({ length: this.stateCount }, (_, i) => this.addState(tf.zeros([batch, this.units]), `state_${i}`)),
    );
  }

  /** The states that a stateful layer keeps from batch to batch. */
  get states(): readonly tf.Variable[] {
    return this.#states ?? [];
  }

  /** Sets the states of a stateful layer to zero, for a new sequence. */
  resetState(): void {
    tf.tidy(() => {
      for (const state of this.states) state.assign(tf.zerosLike(state));
    });
  }

  /** {@link resetState}. */
  resetStates(): void {
    this.resetState();
  }

  override computeMask(_inputs: Inputs, mask: Mask): Mask {
    return [this.returnSequences ? firstMask(mask) : null];
  }

  /** Makes the bias of all gates. */
  protected addBiases(): void {
    this.addBias([this.units * this.gates]);
  }

  /** The bias that is added to all inputs at once. */
  protected get inputBias(): tf.Tensor | undefined {
    return this.bias;
  }

  /**
   * One step.
   *
   * @param projected the inputs times the kernel, bias included
   * @param fed the last output, for the product with the recurrent kernel (parts of it dropped while training)
   * @param states the states
   * @returns the next states, the first of which is the output
   */
  protected abstract step(projected: tf.Tensor2D, fed: tf.Tensor2D, states: readonly tf.Tensor2D[]): tf.Tensor2D[];

  override call(inputs: Inputs, { training = false, mask, initialState }: CallOptions = {}): tf.Tensor | tf.Tensor[] {
    const [sequence, ...given] = asList(inputs);
    const x = sequence as tf.Tensor3D;
    const [batch, steps] = x.shape;
    const drop = (shape: number[], rate: number) =>
      training && rate > 0 ? tf.mul(dropoutMask(shape, rate, this.seedGenerator), 1 / (1 - rate)) : undefined;
    const inputMask = drop([batch, 1, x.shape[2]], this.dropout);
    const stateMask = drop([batch, this.units], this.recurrentDropout) as tf.Tensor2D | undefined;
    const masked = inputMask === undefined ? x : (tf.mul(x, inputMask) as tf.Tensor3D);
    const inOrder = tf.unstack(this.#project(masked), 1) as tf.Tensor2D[];
    // Not reversed in place: the gradient tape holds the same array.
    const projected = this.goBackwards ? inOrder.toReversed() : inOrder;
    let states = this.#initial(given, initialState, batch);
    const outputs: tf.Tensor2D[] = [];
    const counts = this.#maskColumns(mask, batch, steps);
    // The output of masked steps at the start is zero, whatever the state is.
    let output = tf.zerosLike(states[0] as tf.Tensor2D);
    for (let t = 0; t < steps; t++) {
      const last = states[0] as tf.Tensor2D;
      const fed = stateMask === undefined ? last : (tf.mul(last, stateMask) as tf.Tensor2D);
      const next = this.step(projected[t] as tf.Tensor2D, fed, states);
      const counting = counts?.[t];
      if (counting === undefined) [states, output] = [next, next[0] as tf.Tensor2D];
      else {
        const kept = this.zeroOutputForMask ? tf.zerosLike(output) : output;
        output = tf.where(counting, next[0] as tf.Tensor2D, kept);
        states = next.map((state, i) => tf.where(counting, state, states[i] as tf.Tensor2D));
      }
      outputs.push(output);
    }
    for (const [i, state] of this.states.entries()) state.assign(states[i] as tf.Tensor2D);
    const result = this.returnSequences ? tf.stack(outputs, 1) : output;
    return this.returnState ? [result, ...states] : result;
  }

  /** Which samples count, `[batch, units]` for each step, in the order in which the steps are taken. */
  #maskColumns(mask: Mask | undefined, batch: number, steps: number): tf.Tensor2D[] | undefined {
    const steps2d = firstMask(mask ?? null);
    if (steps2d === null) return undefined;
    if (steps2d.shape[0] !== batch || steps2d.shape[1] !== steps) {
      throw new RangeError(
        `Layer "${this.name}" expected a mask [${batch}, ${steps}], a value for each step, but found [${steps2d.shape}].`,
      );
    }
    const full = tf.tile(tf.reshape(tf.cast(steps2d, "bool"), [batch, steps, 1]), [1, 1, this.units]);
    const columns = tf.unstack(full, 1) as tf.Tensor2D[];
    return this.goBackwards ? columns.toReversed() : columns;
  }

  #project(x: tf.Tensor3D): tf.Tensor3D {
    const [batch, steps, features] = x.shape;
    const rows = tf.matMul(tf.reshape(x, [batch * steps, features]), this.kernel as tf.Tensor as tf.Tensor2D);
    const bias = this.inputBias;
    return tf.reshape(bias === undefined ? rows : tf.add(rows, bias), [batch, steps, this.units * this.gates]);
  }

  #initial(given: readonly tf.Tensor[], option: unknown, batch: number): tf.Tensor2D[] {
    const list = given.length > 0 ? given : Array.isArray(option) ? option : option === undefined ? [] : [option];
    if (list.length === 0 && this.#states !== undefined) return this.#statesFor(batch);
    if (list.length === 0) return Array.from({ length: this.stateCount }, () => tf.fill([batch, this.units], 0));
    if (list.length === this.stateCount) return list as tf.Tensor2D[];
    throw new Error(
      `Layer "${this.name}" expected ${this.stateCount} initial states [batch, ${this.units}] but found ${list.length}.`,
    );
  }

  #statesFor(batch: number): tf.Tensor2D[] {
    const states = this.states as readonly tf.Tensor[] as tf.Tensor2D[];
    const expected = states[0]?.shape[0];
    if (expected === batch) return [...states];
    throw new RangeError(
      `Layer "${this.name}" is stateful and was built for batches of ${expected} samples, but found one of ${batch}.`,
    );
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape | readonly Shape[] {
    const [batch = null, steps = null] = isShape(inputShape) ? inputShape : inputShape[0]!;
    const state: Shape = [batch, this.units];
    const output: Shape = this.returnSequences ? [batch, steps, this.units] : state;
    return this.returnState ? [output, ...Array.from({ length: this.stateCount }, () => state)] : output;
  }
}

/** Options of the recurrent layers with gates. */
export interface GatedOptions extends RecurrentOptions {
  /** Of the gates. Default `"sigmoid"`. */
  readonly recurrentActivation?: activations.ActivationIdentifier;
}

/** Base of the recurrent layers with gates. */
export abstract class Gated extends Recurrent {
  static override readonly optionKinds: kinds.KindsOf<GatedOptions> = {
    ...Recurrent.optionKinds,
    recurrentActivation: kinds.readElsewhere,
  };
  readonly recurrentActivation: activations.Activation;

  constructor(units: number, options: GatedOptions = {}) {
    super(units, options);
    this.recurrentActivation = reading(`${this.className}()`, "recurrentActivation", () =>
      activations.get(options.recurrentActivation ?? "sigmoid"),
    );
  }

  override getConfig(): { [option: string]: unknown } {
    return { ...super.getConfig(), recurrentActivation: activations.serialize(this.recurrentActivation) };
  }
}
