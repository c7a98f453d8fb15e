import { inspect } from "node:util";
import * as tf from "@tensorflow/tfjs-core";
import { type KerasVariable, variable } from "../backend/variable";
import { CallableInstance } from "../callable_instance";
import { describe, reading } from "../options/options";
import * as regularizers from "../regularizers/index";
import { serialize } from "../saving/serialization";
import { autoName } from "../utils/naming";
import { type CallContext, callContext, withContext } from "./call_context";
import { checkInput, type InputSpec, knownSizes } from "./input_spec";
import { formatShape, isShape, KerasTensor, type Node, type OutputSpec, type Shape } from "./keras_tensor";
import type { CallOptions, Inputs, LayerOptions, WeightOptions } from "./layer_options";
import { checkCommonOptions, weightTreatment } from "./layer_options";
import { incomingMask, type Mask, passMask } from "./masks";
import { callSymbolically } from "./symbolic_call";

export { isShape } from "./keras_tensor";
export {
  type CallOptions,
  type Inputs,
  type LayerOptions,
  layerOptionNames,
  type WeightOptions,
} from "./layer_options";

/** A layer's instances are functions; a class cannot say so itself. */
export interface Layer {
  (inputs: KerasTensor | readonly KerasTensor[], options?: CallOptions): KerasTensor;
  (inputs: Inputs, options?: CallOptions): tf.Tensor;
}

/**
 * What all layers are: weights, and a computation from inputs to outputs (Keras's `Layer`).
 *
 * A layer of your own makes its weights in `build`, once the shape of its input is known, and computes in `call` with
 * `tf` operations. Layers assigned to properties (`this.hidden = keras.layers.Dense(8)`) are found, weights and all.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 *
 * class Scale extends keras.layers.Layer {
 *   factor?: tf.Variable;
 *   override build(inputShape: keras.Shape) {
 *     this.factor = this.addWeight({ name: "factor", shape: [inputShape.at(-1)], initializer: "ones" });
 *   }
 *   override call(x: tf.Tensor) {
 *     return x.mul(this.factor!);
 *   }
 * }
 * new Scale()(tf.tensor([[1, 2]])).arraySync(); // [[1, 2]]
 * ```
 * @see https://keras.io/api/layers/base_layer/
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: see the interface
export class Layer extends CallableInstance {
  /** The name Keras knows the class by, where it differs from the class's own. */
  static readonly className?: string;
  /** The constructor's arguments before its options, so that {@link Layer.fromConfig} can call it. */
  static readonly positional: readonly string[] = [];

  readonly name: string;
  readonly dtype: tf.DataType;
  /** Whether the weights are made. */
  built = false;
  /** What inputs must look like; checked at each call, with an error that names the layer. */
  inputSpec?: InputSpec | readonly InputSpec[];
  /** The shape of one sample, if it was given to the constructor. */
  readonly inputShapeOption: Shape | undefined;
  /**
   * Whether the mask of the input goes on to the output, as {@link computeMask} says; else it ends here, with a warning.
   * Default false, and true in a class with a `computeMask` of its own.
   */
  supportsMasking: boolean = this.computeMask !== Layer.prototype.computeMask;

  readonly #trainableWeights: KerasVariable[] = [];
  readonly #nonTrainableWeights: KerasVariable[] = [];
  readonly #state: KerasVariable[] = [];
  readonly #inboundNodes: Node[] = [];
  readonly #activityRegularizer;
  #buildInputShape: Shape | readonly Shape[] | undefined;
  #trainable: boolean;

  constructor(options: LayerOptions = {}) {
    super();
    const where = `${this.className}()`;
    checkCommonOptions(where, options);
    this.name = options.name ?? autoName(this.className);
    this.dtype = options.dtype ?? "float32";
    this.inputShapeOption = options.inputShape;
    this.#trainable = options.trainable ?? true;
    this.#activityRegularizer = reading(where, "activityRegularizer", () =>
      regularizers.get(options.activityRegularizer),
    );
  }

  /** The name of the layer's kind: `"Dense"`. */
  get className(): string {
    const kind = this.constructor as typeof Layer;
    return Object.hasOwn(kind, "className") ? (kind.className ?? kind.name) : kind.name;
  }

  /** What summaries call the layer's kind. */
  get kind(): string {
    return this.className;
  }

  /** Makes the weights; called once, before the first `call`, with the shape of the input, batch included. */
  build(_inputShape: Shape | readonly Shape[]): void {}

  /** Computes outputs from inputs with `tf` operations. */
  call(_inputs: Inputs, _options: CallOptions): tf.Tensor | tf.Tensor[] {
    throw new Error(`The layer class ${this.className} has no call() method. Write call(inputs) { return … } in it.`);
  }

  /**
   * The shape of the output for a shape of input. The default tries `call` on zeros; override it where that is costly.
   */
  computeOutputShape(inputShape: Shape | readonly Shape[]): Shape | readonly Shape[] {
    const shapes = isShape(inputShape) ? [inputShape] : inputShape;
    // Two batch sizes: what differs between the results is what depends on the unknown sizes.
    const [first, second] = [2, 3].map((unknown) =>
      tf.tidy(() => {
        const zeros = shapes.map((shape) => tf.zeros(shape.map((size) => size ?? unknown)));
        const outputs = this.call(isShape(inputShape) ? zeros[0]! : zeros, { training: false });
        return Array.isArray(outputs) ? outputs.map((output) => output.shape) : outputs.shape;
      }),
    ) as [number[] | number[][], number[] | number[][]];
    const merge = (a: number[], b: number[]) => a.map((size, axis) => (size === b[axis] ? size : null));
    return isShape(first)
      ? merge(first, second as number[])
      : first.map((shape, i) => merge(shape, (second as number[][])[i] ?? []));
  }

  /** The mask of the outputs, from that of the inputs. The default hands it on as it is. */
  computeMask(_inputs: Inputs, mask: Mask): Mask {
    return mask;
  }

  /** Shapes and types of what the layer makes of inputs in a functional model; a list if it makes several. */
  computeOutputSpec(_inputs: readonly KerasTensor[], inputShape: Shape | readonly Shape[]): OutputSpec | OutputSpec[] {
    const shape = this.computeOutputShape(inputShape);
    return isShape(shape)
      ? { shape, dtype: this.dtype }
      : shape.map((each): OutputSpec => ({ shape: each, dtype: this.dtype }));
  }

  /** Makes a weight of this layer; called in `build`. */
  addWeight(options: WeightOptions = {}): tf.Variable {
    const { initializer, regularizer, constraint } = weightTreatment(options);
    const name = options.name ?? "variable";
    const shape = knownSizes(this.name, name, options.shape ?? []);
    const trainable = options.trainable ?? true;
    const weight = tf.tidy(() => {
      const initial = initializer.call(shape, options.dtype ?? "float32");
      return variable(initial, {
        name: `${this.name}/${name}`,
        trainable: trainable && this.#trainable,
        regularizer,
        constraint,
      });
    });
    (trainable ? this.#trainableWeights : this.#nonTrainableWeights).push(weight);
    return weight;
  }

  /** Makes a variable that is no weight, as a generator's seed: it is neither saved nor counted. */
  addState(initial: tf.Tensor, name: string): tf.Variable {
    const state = variable(initial, { name: `${this.name}/${name}`, trainable: false });
    this.#state.push(state);
    return state;
  }

  /** The variables that are no weights, of this layer and those inside. */
  get stateVariables(): KerasVariable[] {
    return [...new Set([...this.#state, ...this.sublayers.flatMap((layer) => layer.stateVariables)])];
  }

  /** Adds to the loss of the model while the layer is called. */
  addLoss(loss: tf.Tensor): void {
    callContext()?.losses.push(loss);
  }

  /** Calls the layer, as `layer(inputs)` does: on tensors it computes, on what `keras.Input` gave it extends the model. */
  apply(inputs: KerasTensor | readonly KerasTensor[], options?: CallOptions): KerasTensor;
  apply(inputs: Inputs, options?: CallOptions): tf.Tensor;
  apply(inputs: KerasTensor | readonly KerasTensor[] | Inputs, options?: CallOptions): unknown;
  apply(inputs: KerasTensor | readonly KerasTensor[] | Inputs, options: CallOptions = {}): unknown {
    const list: readonly unknown[] = Array.isArray(inputs) ? inputs : [inputs];
    if (list.length > 0 && list.every((input) => input instanceof KerasTensor)) {
      return callSymbolically(this, inputs as KerasTensor | readonly KerasTensor[], options);
    }
    for (const input of list) {
      if (!(input instanceof tf.Tensor)) {
        throw new TypeError(
          `Layer "${this.name}" is called on tensors, or on what keras.Input() gave, but found ${describe(input)}. ` +
            "Make a tensor of it with tf.tensor().",
        );
      }
    }
    this.ensureBuilt(Array.isArray(inputs) ? inputs.map((input) => input.shape) : (inputs as tf.Tensor).shape);
    return this.run(inputs as Inputs, options);
  }

  override invoke(inputs: Inputs, options?: CallOptions): unknown {
    return this.apply(inputs, options);
  }

  /** Makes the weights if they are not made yet. */
  ensureBuilt(inputShape: Shape | readonly Shape[]): void {
    checkInput(this.name, this.inputSpec, inputShape);
    if (this.built) return;
    this.build(inputShape);
    this.built = true;
    this.#buildInputShape = isShape(inputShape) ? anyBatch(inputShape) : inputShape.map(anyBatch);
    // `build` may have narrowed what fits.
    checkInput(this.name, this.inputSpec, inputShape);
  }

  /** The shape of input that the weights were made for, with any batch; undefined before that. */
  get buildInputShape(): Shape | readonly Shape[] | undefined {
    return this.#buildInputShape;
  }

  /** Computes on tensors that are known to fit, in the context of the calling layer. */
  run(inputs: Inputs, options: CallOptions): tf.Tensor | tf.Tensor[] {
    const outer = callContext();
    const training = options.training ?? outer?.training ?? false;
    const context: CallContext = outer?.training === training ? outer : { training, losses: outer?.losses ?? [] };
    const mask = incomingMask(inputs, options["mask"]);
    const outputs = withContext(context, () =>
      this.call(inputs, { ...options, training, ...(mask === null ? {} : { mask }) }),
    );
    passMask(this, inputs, mask, outputs);
    const regularizer = this.#activityRegularizer;
    if (regularizer !== null) {
      for (const output of Array.isArray(outputs) ? outputs : [outputs]) {
        context.losses.push(regularizer.call(output).div(output.shape[0] ?? 1));
      }
    }
    return outputs;
  }

  /** Notes a call of this layer in a functional model. */
  addInboundNode(node: Node): void {
    this.#inboundNodes.push(node);
  }

  /** The calls of this layer in functional models. */
  get inboundNodes(): readonly Node[] {
    return this.#inboundNodes;
  }

  /** What goes into the layer in the functional model it is part of. */
  get input(): KerasTensor | readonly KerasTensor[] {
    return this.#firstNode("input").inputs;
  }

  /** What comes out of the layer in the functional model it is part of; `keras.Model({ inputs, outputs: layer.output })`. */
  get output(): KerasTensor {
    return this.#firstNode("output").outputs[0]!;
  }

  #firstNode(what: string): Node {
    const node = this.#inboundNodes[0];
    if (node === undefined)
      throw new Error(`Layer "${this.name}" has no ${what} yet: it was never called on a keras.Input().`);
    return node;
  }

  /** The layers held by this one, in the order in which they were assigned. */
  get sublayers(): readonly Layer[] {
    const found = new Set<Layer>();
    for (const value of Object.values(this)) {
      for (const item of Array.isArray(value) ? value : [value]) if (item instanceof Layer) found.add(item);
    }
    return [...found];
  }

  /** Whether `fit` changes the weights. Setting it reaches the layers inside. */
  get trainable(): boolean {
    return this.#trainable;
  }

  set trainable(value: boolean) {
    this.#trainable = value;
    for (const weight of this.#trainableWeights) weight.trainable = value;
    for (const layer of this.sublayers) layer.trainable = value;
  }

  /** All weights: this layer's own, then those of the layers inside. */
  get weights(): KerasVariable[] {
    const own = [...this.#trainableWeights, ...this.#nonTrainableWeights];
    return [...new Set([...own, ...this.sublayers.flatMap((layer) => layer.weights)])];
  }

  /** The weights that `fit` changes. */
  get trainableWeights(): KerasVariable[] {
    if (!this.#trainable) return [];
    return [...new Set([...this.#trainableWeights, ...this.sublayers.flatMap((layer) => layer.trainableWeights)])];
  }

  /** The weights that `fit` leaves alone, or changes in another way than by gradients. */
  get nonTrainableWeights(): KerasVariable[] {
    const trainable = new Set(this.trainableWeights);
    return this.weights.filter((weight) => !trainable.has(weight));
  }

  /** {@link weights}, and the state that is not saved, as seeds. */
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

  /** The regularization losses of the weights as they are, each a scalar. */
  get losses(): tf.Tensor[] {
    return this.trainableWeights.flatMap((weight) => (weight.regularizer ? [weight.regularizer.call(weight)] : []));
  }

  /** Copies of all weights, in the order of {@link weights}. */
  getWeights(): tf.Tensor[] {
    // Assigning replaces a variable's data, it never writes into it, so that sharing the data is a copy.
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
        const weight = weights[i] as KerasVariable;
        const tensor = tf.cast(value as tf.TensorLike, weight.dtype);
        if (String(tensor.shape) === String(weight.shape)) return tensor;
        throw new RangeError(
          `setWeights(): "${weight.name}" has shape ${formatShape(weight.shape)}, but found ${formatShape(tensor.shape)}.`,
        );
      });
      for (const [i, tensor] of tensors.entries()) weights[i]?.assign(tensor);
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

  /** The options that make a layer like this one, without its weights. */
  getConfig(): { [option: string]: unknown } {
    const regularizer = this.#activityRegularizer;
    const activityRegularizer = regularizer === null ? {} : { activityRegularizer: serialize(regularizer) };
    return { name: this.name, trainable: this.#trainable, dtype: this.dtype, ...activityRegularizer };
  }

  /** Makes a layer from what {@link getConfig} gave. */
  static fromConfig<T extends Layer>(this: LayerClass<T>, config: { readonly [option: string]: unknown }): T {
    const options = { ...config };
    // biome-ignore lint/complexity/noThisInStatic: `this` is the subclass, whose arguments differ
    const positional = this.positional.map((option) => {
      const value = options[option];
      delete options[option];
      return value;
    });
    return new this(...positional, options);
  }

  [inspect.custom](): string {
    return `<${this.className} name=${this.name}, built=${this.built}>`;
  }
}

/** A class of layers, whatever its constructor takes. */
// biome-ignore lint/suspicious/noExplicitAny: every layer's constructor has parameters of its own
export type LayerClass<T extends Layer> = (new (...args: any[]) => T) & { readonly positional: readonly string[] };

const anyBatch = ([, ...sizes]: Shape): Shape => [null, ...sizes];
