import { inspect } from "node:util";
import * as tf from "@tensorflow/tfjs-core";
import { asList } from "../backend/lists";
import type * as initializers from "../initializers/index";
import type { Kinds } from "../options/kinds";
import { checkOptions, describe, reading } from "../options/options";
import * as regularizers from "../regularizers/index";
import { serialize } from "../saving/serialization";
import { autoName } from "../utils/naming";
import { type CallContext, callContext, withContext } from "./call_context";
import { checkTracked } from "./check_tracked";
import { checkInput, type InputSpec } from "./input_spec";
import { isShape, KerasTensor, type Node, type OutputSpec, type Shape, shapesOf } from "./keras_tensor";
import { argument, type CallOptions, type Inputs, type LayerOptions, layerKinds } from "./layer_options";
import { LayerWeights } from "./layer_weights";
import { incomingMask, type Mask, passMask } from "./masks";
import { callSymbolically } from "./symbolic_call";
import { readTreatment, type WeightTreatment } from "./treatments";
import { tryCall } from "./try_call";

export { isShape } from "./keras_tensor";
export type { CallOptions, Inputs, LayerOptions } from "./layer_options";
export type { WeightOptions } from "./layer_weights";

/** A layer's instances are functions, which a class cannot declare. */
export interface Layer {
  (inputs: KerasTensor | readonly KerasTensor[], options?: CallOptions): KerasTensor;
  (inputs: Inputs, options?: CallOptions): tf.Tensor;
}

/**
 * Base of all layers: weights, and a computation from inputs to outputs (Keras's `Layer`).
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
export class Layer extends LayerWeights {
  /** The name Keras knows the class by, where it differs from the class's own. */
  static readonly className?: string;
  /** The constructor's arguments before its options, so that {@link Layer.fromConfig} can call it. */
  static readonly positional: readonly string[] = [];
  /**
   * What each option of the constructor may be. The constructor checks the options against it and {@link getConfig} gives
   * the properties of these names. Without a table, only the options of every layer are checked.
   */
  static readonly optionKinds?: Kinds;

  readonly name: string;
  readonly dtype: tf.DataType;
  /** What inputs must look like; checked at each call, with an error that names the layer. */
  inputSpec?: InputSpec | readonly InputSpec[];
  /** The shape of one sample, if it was given to the constructor. */
  readonly inputShapeOption: Shape | undefined;
  /**
   * Whether the output gets the mask that {@link computeMask} makes; otherwise the mask ends here, with a warning.
   * Default false, and true in a class with a `computeMask` of its own.
   */
  supportsMasking: boolean = this.computeMask !== Layer.prototype.computeMask;

  readonly #inboundNodes: Node[] = [];
  readonly #activityRegularizer;
  readonly #treatments: { [option: string]: WeightTreatment[keyof WeightTreatment] } = {};
  #buildInputShape: Shape | readonly Shape[] | undefined;

  constructor(options: LayerOptions = {}) {
    super(options.trainable ?? true);
    const { optionKinds } = this.constructor as typeof Layer;
    const where = `${this.className}()`;
    if (optionKinds !== undefined) checkOptions(where, options, { ...layerKinds, ...optionKinds });
    else {
      for (const name of commonNames)
        if (options[name] !== undefined) argument(this, name, options[name], layerKinds[name]);
    }
    // Of the layers with a table, those without a `build` have no weights.
    this.built = optionKinds !== undefined && this.build === Layer.prototype.build;
    this.name = options.name ?? autoName(this.className);
    this.dtype = options.dtype ?? "float32";
    this.inputShapeOption = options.inputShape;
    this.#activityRegularizer = reading(where, "activityRegularizer", () =>
      regularizers.get(options.activityRegularizer),
    );
  }

  /** The name of the layer's kind: `"Dense"`. */
  get className(): string {
    const kind = this.constructor as typeof Layer;
    return Object.hasOwn(kind, "className") ? (kind.className ?? kind.name) : kind.name;
  }

  /** Adds to the loss, from the outputs of each call; null for none. */
  get activityRegularizer(): regularizers.Regularizer | null {
    return this.#activityRegularizer;
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

  /** The shape of the output for a shape of input. The default tries `call` on zeros; override it where that is costly. */
  computeOutputShape(inputShape: Shape | readonly Shape[]): Shape | readonly Shape[] {
    const inputs = shapesOf(inputShape).map((shape): OutputSpec => ({ shape, dtype: "float32" }));
    const specs = tryCall(this, inputs, isShape(inputShape));
    return Array.isArray(specs) ? specs.map(({ shape }) => shape) : specs.shape;
  }

  /** The mask of the outputs, from that of the inputs. The default returns it unchanged. */
  computeMask(_inputs: Inputs, mask: Mask): Mask {
    return mask;
  }

  /** Shapes and types of the layer's outputs in a functional model; a list if it has several. */
  computeOutputSpec(_inputs: readonly KerasTensor[], inputShape: Shape | readonly Shape[]): OutputSpec | OutputSpec[] {
    const shape = this.computeOutputShape(inputShape);
    return isShape(shape)
      ? { shape, dtype: this.dtype }
      : shape.map((each): OutputSpec => ({ shape: each, dtype: this.dtype }));
  }

  /** Reads the options that say how the weight called `weight` starts and what limits it, as {@link addWeight} takes them. */
  protected treatment(options: object, weight: string, initializer?: initializers.InitializerName): WeightTreatment {
    const read = readTreatment(`${this.className}()`, options, weight, initializer);
    this.#treatments[`${weight}Initializer`] = read.initializer;
    this.#treatments[`${weight}Regularizer`] = read.regularizer;
    this.#treatments[`${weight}Constraint`] = read.constraint;
    return read;
  }

  /** Adds to the loss of the model while the layer is called; `losses` has it until the next call. */
  addLoss(loss: tf.Tensor): void {
    const context = callContext();
    context?.losses.push(loss);
    if (context?.entry !== undefined && context.probing !== true) this.keepLoss(loss, context.entry);
  }

  /** Calls the layer, as `layer(inputs)` does: on tensors it computes, on the result of `keras.Input` it extends the model. */
  apply(inputs: KerasTensor | readonly KerasTensor[], options?: CallOptions): KerasTensor;
  apply(inputs: Inputs, options?: CallOptions): tf.Tensor;
  apply(inputs: KerasTensor | readonly KerasTensor[] | Inputs, options?: CallOptions): unknown;
  apply(inputs: KerasTensor | readonly KerasTensor[] | Inputs, options: CallOptions = {}): unknown {
    const list = asList<unknown>(inputs);
    if (list.length > 0 && list.every((input) => input instanceof KerasTensor)) {
      return callSymbolically(this, inputs as KerasTensor | readonly KerasTensor[], options);
    }
    for (const input of list) {
      if (!(input instanceof tf.Tensor)) {
        throw new TypeError(
          `Layer "${this.name}" is called on tensors, or on what keras.Input() gave, but found ${describe(input)}. ` +
            "Make it a tensor with tf.tensor().",
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
    // `build` may have narrowed the specification.
    checkInput(this.name, this.inputSpec, inputShape);
  }

  /** The shape of the input for which the weights were made, with any batch; undefined before that. */
  get buildInputShape(): Shape | readonly Shape[] | undefined {
    return this.#buildInputShape;
  }

  /** Computes on tensors whose shapes are checked, in the context of the calling layer. */
  run(inputs: Inputs, options: CallOptions): tf.Tensor | tf.Tensor[] {
    const outer = callContext();
    const training = options.training ?? outer?.training ?? false;
    const entry = outer?.entry ?? { layer: this };
    if (outer?.entry === undefined) this.clearLosses();
    else checkTracked(this, entry.layer);
    const context: CallContext =
      outer?.training === training && outer.entry === entry
        ? outer
        : { ...outer, training, losses: outer?.losses ?? [], entry };
    const mask = incomingMask(inputs, options["mask"]);
    const outputs = withContext(context, () =>
      this.call(inputs, { ...options, training, ...(mask === null ? {} : { mask }) }),
    );
    passMask(this, inputs, mask, outputs);
    const regularizer = this.#activityRegularizer;
    if (regularizer !== null) {
      withContext(context, () => {
        for (const output of asList(outputs)) this.addLoss(regularizer.call(output).div(output.shape[0] ?? 1));
      });
    }
    return outputs;
  }

  /** Records a call of this layer in a functional model. */
  addInboundNode(node: Node): void {
    this.#inboundNodes.push(node);
  }

  /** The calls of this layer in functional models. */
  get inboundNodes(): readonly Node[] {
    return this.#inboundNodes;
  }

  /** The layer's input in the functional model it is part of. */
  get input(): KerasTensor | readonly KerasTensor[] {
    return this.#firstNode("input").inputs;
  }

  /** The layer's output in the functional model it is part of; `keras.Model({ inputs, outputs: layer.output })`. */
  get output(): KerasTensor {
    return this.#firstNode("output").outputs[0]!;
  }

  #firstNode(what: string): Node {
    const node = this.#inboundNodes[0];
    if (node === undefined)
      throw new Error(`Layer "${this.name}" has no ${what} yet: it was never called on a keras.Input().`);
    return node;
  }

  /** The options that make a layer like this one, without its weights. */
  getConfig(): { [option: string]: unknown } {
    const { optionKinds, positional } = this.constructor as typeof Layer;
    const config: { [option: string]: unknown } = { name: this.name, trainable: this.trainable, dtype: this.dtype };
    if (this.#activityRegularizer !== null) config["activityRegularizer"] = serialize(this.#activityRegularizer);
    if (optionKinds === undefined) return config;
    for (const option of [...positional, ...Object.keys(optionKinds)]) {
      if (option in layerKinds) continue;
      const treatment = this.#treatments[option];
      const value = treatment === undefined ? Reflect.get(this, option) : serialize(treatment);
      if (value !== undefined) config[option] = value;
    }
    return config;
  }

  /** Makes a layer from the result of {@link getConfig}. */
  static fromConfig<T extends Layer>(this: LayerClass<T>, config: LayerConfig): T {
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

/** The options that make a layer, as {@link Layer.getConfig} gives them. */
export type LayerConfig = { readonly [option: string]: unknown };

/** A class of layers, whatever its constructor takes. */
// biome-ignore lint/suspicious/noExplicitAny: every layer's constructor has parameters of its own
export type LayerClass<T extends Layer> = (new (...args: any[]) => T) & { readonly positional: readonly string[] };

const commonNames = Object.keys(layerKinds) as (keyof LayerOptions)[];

const anyBatch = ([, ...sizes]: Shape): Shape => [null, ...sizes];
