import * as tf from "@tensorflow/tfjs-core";
import { type KerasVariable, variable } from "../backend/variable";
import { CallableInstance } from "../callable_instance";
import type * as constraints from "../constraints/index";
import type * as initializers from "../initializers/index";
import * as kinds from "../options/kinds";
import { checkOptions } from "../options/options";
import type * as regularizers from "../regularizers/index";
import { knownSizes } from "./input_spec";
import { formatShape } from "./keras_tensor";
import type { Layer } from "./layer";
import { unpacked } from "./tracking";
import { readTreatment } from "./treatments";

/** A weight to make: see {@link LayerWeights.addWeight}. */
export interface WeightOptions {
  /** Default `"variable"`. */
  readonly name?: string;
  /** Every size must be known. Default `[]`, a scalar. */
  readonly shape?: readonly (number | null | undefined)[];
  /** Default `"glorot_uniform"`. */
  readonly initializer?: initializers.InitializerIdentifier;
  /** Default true. */
  readonly trainable?: boolean;
  readonly regularizer?: regularizers.RegularizerIdentifier | null;
  readonly constraint?: constraints.ConstraintIdentifier | null;
  /** Default `"float32"`. */
  readonly dtype?: tf.DataType;
}

const weightKinds: kinds.KindsOf<WeightOptions> = {
  name: kinds.name,
  shape: { ...kinds.list, expected: "a list of sizes" },
  initializer: kinds.readElsewhere,
  trainable: kinds.boolean,
  regularizer: kinds.readElsewhere,
  constraint: kinds.readElsewhere,
  dtype: kinds.dtype,
};

/** The weights of a layer and of the layers inside it. */
export abstract class LayerWeights extends CallableInstance {
  abstract readonly name: string;
  /** Whether the weights are made. */
  built = false;

  readonly #trainableWeights: KerasVariable[] = [];
  readonly #nonTrainableWeights: KerasVariable[] = [];
  readonly #state: KerasVariable[] = [];
  /** Variables of properties, and whether they were trainable when they were first seen. */
  readonly #assigned = new WeakMap<tf.Variable, boolean>();
  #losses: tf.Tensor[] = [];
  #lossesOf: object | undefined;
  #trainable: boolean;

  constructor(trainable: boolean) {
    super();
    this.#trainable = trainable;
  }

  /** Makes a weight of this layer; called in `build`. */
  addWeight(options: WeightOptions = {}): tf.Variable {
    checkOptions("addWeight()", options, weightKinds);
    const { name = "variable", trainable = true, dtype = "float32" } = options;
    const { initializer, ...restraints } = readTreatment("addWeight()", options, "");
    const shape = knownSizes(this.name, name, options.shape ?? []);
    const weight = tf.tidy(() =>
      variable(initializer.call(shape, dtype), {
        name: `${this.name}/${name}`,
        trainable: trainable && this.#trainable,
        ...restraints,
      }),
    );
    (trainable ? this.#trainableWeights : this.#nonTrainableWeights).push(weight);
    return weight;
  }

  /** Makes a variable that is not a weight, such as a generator's seed: it is neither saved nor counted. */
  addState(initial: tf.Tensor, name: string): tf.Variable {
    const state = variable(initial, { name: `${this.name}/${name}`, trainable: false });
    this.#state.push(state);
    return state;
  }

  /**
   * The layers held by this one, in the order in which they were assigned: those of properties, also in arrays, plain
   * objects, Maps and Sets at any depth. What a `#private` property holds cannot be seen.
   */
  get sublayers(): readonly Layer[] {
    return [...new Set([...this.properties()].filter((item) => item instanceof LayerWeights))] as Layer[];
  }

  /** What the properties hold, collections unpacked. */
  protected properties(): Iterable<object> {
    return unpacked(Object.values(this));
  }

  /** The variables of this layer itself: those of {@link addWeight}, then others that properties hold. */
  #own(trainable: boolean): KerasVariable[] {
    const own = trainable ? this.#trainableWeights : this.#nonTrainableWeights;
    const made = new Set<unknown>([...this.#trainableWeights, ...this.#nonTrainableWeights, ...this.#state]);
    const others: KerasVariable[] = [];
    for (const item of this.properties()) {
      if (!(item instanceof tf.Variable) || made.has(item)) continue;
      made.add(item);
      const kind = this.#assigned.get(item) ?? item.trainable;
      this.#assigned.set(item, kind);
      if (kind === trainable) others.push(item as KerasVariable);
    }
    return [...own, ...others];
  }

  /** `own`, and what `of` gives for the layers inside, each once. */
  #withInner(own: readonly KerasVariable[], of: (layer: Layer) => readonly KerasVariable[]): KerasVariable[] {
    return [...new Set([...own, ...this.sublayers.flatMap(of)])];
  }

  /** Whether `fit` changes the weights. Setting it reaches the layers inside. */
  get trainable(): boolean {
    return this.#trainable;
  }

  set trainable(value: boolean) {
    this.#trainable = value;
    for (const weight of this.#own(true)) weight.trainable = value;
    for (const layer of this.sublayers) layer.trainable = value;
  }

  /** All weights: this layer's own, then those of the layers inside. */
  get weights(): KerasVariable[] {
    return this.#withInner([...this.#own(true), ...this.#own(false)], (layer) => layer.weights);
  }

  /** The weights that `fit` changes. */
  get trainableWeights(): KerasVariable[] {
    return this.#trainable ? this.#withInner(this.#own(true), (layer) => layer.trainableWeights) : [];
  }

  /** The weights that `fit` leaves alone, or changes in another way than by gradients. */
  get nonTrainableWeights(): KerasVariable[] {
    const trainable = new Set(this.trainableWeights);
    return this.weights.filter((weight) => !trainable.has(weight));
  }

  /** The variables that are not weights, of this layer and those inside. */
  get stateVariables(): KerasVariable[] {
    return this.#withInner(this.#state, (layer) => layer.stateVariables);
  }

  /** {@link weights}, and the state that is not saved, such as seeds. */
  get variables(): KerasVariable[] {
    return [...this.weights, ...this.stateVariables];
  }

  /** {@link trainableWeights}. */
  get trainableVariables(): KerasVariable[] {
    return this.trainableWeights;
  }

  /** {@link nonTrainableWeights}, and the state that is not saved. */
  get nonTrainableVariables(): KerasVariable[] {
    return [...this.nonTrainableWeights, ...this.stateVariables];
  }

  /**
   * The losses besides that of the outputs, each a scalar: those that this layer and the layers inside added in the last
   * call (`addLoss`, activity regularizers), then the regularization losses of the weights as they are. `fit`, `evaluate`
   * and `predict` leave none of the former.
   *
   * @throws Error if the call was in a `tf.tidy` or gradient function that has ended and freed them
   */
  get losses(): tf.Tensor[] {
    const added = [this as LayerWeights, ...this.#inside()].flatMap((layer) => {
      if (!layer.#losses.some((loss) => loss.isDisposed)) return layer.#losses;
      throw new Error(
        `The losses that layer "${layer.name}" added are freed: the tf.tidy() or the gradient function in which it was called ` +
          `has ended. Read the losses of "${this.name}" inside it, as part of the loss that it returns.`,
      );
    });
    return [...added, ...this.regularizationLosses];
  }

  /** The layers inside at any depth, each once. */
  #inside(seen = new Set<LayerWeights>([this])): LayerWeights[] {
    return this.sublayers.flatMap((layer: LayerWeights) => {
      if (seen.has(layer)) return [];
      seen.add(layer);
      return [layer, ...layer.#inside(seen)];
    });
  }

  /** Lets `losses` give a loss that was added in a call of the outermost layer, until the next such call. */
  protected keepLoss(loss: tf.Tensor, call: object): void {
    // A layer that the outermost one does not hold is not told of the next call.
    if (this.#lossesOf !== call) this.#losses = [];
    this.#lossesOf = call;
    this.#losses.push(loss);
  }

  /** Forgets what was added to the losses in the last call. */
  clearLosses(): void {
    for (const layer of [this as LayerWeights, ...this.#inside()]) layer.#losses = [];
  }

  /** The regularization losses of the weights as they are. */
  get regularizationLosses(): tf.Tensor[] {
    return this.trainableWeights.flatMap((weight) => (weight.regularizer ? [weight.regularizer.call(weight)] : []));
  }

  /** Copies of all weights, in the order of {@link weights}. */
  getWeights(): tf.Tensor[] {
    // Assigning replaces a variable's data and never writes into it, so a clone that shares the data is a copy.
    return this.weights.map((weight) => weight.clone());
  }

  /** Sets all weights, in the order of {@link weights}. */
  setWeights(values: readonly (tf.Tensor | tf.TensorLike)[]): void {
    const weights = this.weights;
    if (values.length !== weights.length) {
      throw new RangeError(
        `setWeights() of "${this.name}" takes ${weights.length} arrays, but found ${values.length}.` +
          (this.built ? "" : " The layer has no weights before it is built: call it, or give it an input shape."),
      );
    }
    tf.tidy(() => {
      const tensors = values.map((value, i) => {
        const weight = weights[i]!;
        const tensor = tf.cast(value as tf.TensorLike, weight.dtype);
        if (String(tensor.shape) === String(weight.shape)) return tensor;
        throw new RangeError(
          `setWeights(): "${weight.name}" has shape ${formatShape(weight.shape)}, but found ${formatShape(tensor.shape)}.`,
        );
      });
      for (const [i, tensor] of tensors.entries()) weights[i]!.assign(tensor);
    });
  }

  /** How many numbers the weights hold. */
  countParams(): number {
    if (!this.built && this.weights.length === 0) {
      throw new Error(
        `Layer "${this.name}" has no weights to count before it is built: call it on data, or give it an input shape.`,
      );
    }
    return this.weights.reduce((sum, weight) => sum + weight.size, 0);
  }
}
