import type * as tf from "@tensorflow/tfjs-core";
import { rememberMask } from "../backend/mask";
import { callable } from "../callable";
import { exportOnnx } from "../compiler/export";
import { printAligned } from "../display/aligned_text";
import { KerasTensor, type Shape } from "../layers/keras_tensor";
import type { CallOptions, Inputs, Layer, LayerClass } from "../layers/layer";
import type { Mask } from "../layers/masks";
import { OperationLayer } from "../layers/operation";
import { Recurrent } from "../layers/rnn/recurrent";
import * as kinds from "../options/kinds";
import { checked, checkOptions, didYouMean } from "../options/options";
import { compilationFromKeras, compilationToKeras } from "../saving/compile_config";
import { writeJson } from "../saving/json";
import { registerLayers } from "../saving/object_registration";
import { loadWeights, modelToKeras, type SaveOptions, saveModel, saveWeights } from "../saving/save_model";
import type { AssignOptions } from "../saving/weights";
import { Trainer } from "../trainers/trainer";
import { Graph } from "./graph";
import { type GraphConfig, graphConfig, graphFromConfig } from "./model_config";
import { ends, type ModelOptions, modelOptions } from "./model_options";
import { type SummaryOptions, summarize } from "./summary";

/** The names, the later ones of equal names numbered. */
function uniqueNames(names: readonly string[]): string[] {
  return names.map((name, i) => {
    const earlier = names.slice(0, i).filter((other) => other === name).length;
    return earlier === 0 ? name : `${name}_${earlier}`;
  });
}

// A callback's model is the whole model.
declare module "../callbacks/callback_model" {
  interface Model extends KerasModel {}
}

/** A model: see {@link Model}. */
export class KerasModel extends Trainer {
  static override readonly className: string = "Functional";
  #graph: Graph | undefined;
  #multipleOutputs = false;

  // Its layers pass masks on; those on the outputs are kept.
  override supportsMasking = true;

  override computeMask(_inputs: Inputs, _mask: Mask): Mask {
    return null;
  }

  constructor(
    inputs: ModelOptions | KerasTensor | readonly KerasTensor[] = {},
    outputs?: KerasTensor | readonly KerasTensor[],
    more: Omit<ModelOptions, "inputs" | "outputs"> = {},
  ) {
    const options = modelOptions(inputs, outputs, more);
    const { name, trainable } = options;
    super({ ...(name === undefined ? {} : { name }), ...(trainable === undefined ? {} : { trainable }) });
    if (options.inputs === undefined && options.outputs === undefined) return;
    const [first, last] = [ends("inputs", options.inputs), ends("outputs", options.outputs)];
    this.setGraph(new Graph(first, last), !(options.outputs instanceof KerasTensor));
  }

  /** Sets what the model computes; undefined for nothing yet. */
  protected setGraph(graph: Graph | undefined, multipleOutputs: boolean): void {
    this.#graph = graph;
    this.#multipleOutputs = multipleOutputs;
    this.built = graph !== undefined;
  }

  /** The layer calls the model consists of; undefined for a subclass with a `call` of its own, and before building. */
  get graph(): Graph | undefined {
    return this.#graph;
  }

  override call(inputs: Inputs, options: CallOptions): tf.Tensor | tf.Tensor[] {
    if (this.#graph === undefined) return super.call(inputs, options);
    const list = Array.isArray(inputs) ? inputs : [inputs];
    for (const [i, mask] of [options.mask ?? []].flat().entries()) if (mask) rememberMask(list[i]!, mask);
    const outputs = this.#graph.run(list, { training: options.training ?? false });
    return this.#multipleOutputs ? outputs : outputs[0]!;
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape | readonly Shape[] {
    if (this.#graph === undefined) return super.computeOutputShape(inputShape);
    const shapes = this.#graph.outputs.map((output) => output.shape);
    return this.#multipleOutputs ? shapes : shapes[0]!;
  }

  override get sublayers(): readonly Layer[] {
    return [...new Set([...(this.#graph?.layers ?? []), ...super.sublayers])];
  }

  /** The layers, including the inputs as in Keras, but without the operations of `keras.ops`. */
  get layers(): readonly Layer[] {
    return (this.#graph?.layers ?? this.sublayers).filter((layer) => !(layer instanceof OperationLayer));
  }

  /** The inputs of a functional model. */
  get inputs(): readonly KerasTensor[] {
    return this.#graphOrThrow("inputs").inputs;
  }

  /** The outputs of a functional model. */
  get outputs(): readonly KerasTensor[] {
    return this.#graphOrThrow("outputs").outputs;
  }

  override get input(): KerasTensor | readonly KerasTensor[] {
    const [only, ...others] = this.inputs;
    return only !== undefined && others.length === 0 ? only : this.inputs;
  }

  override get output(): KerasTensor {
    return this.outputs[0]!;
  }

  /** The shape of the input: `[null, 784]`. */
  get inputShape(): Shape {
    return this.inputs[0]!.shape;
  }

  /** The shape of the output: `[null, 10]`. */
  get outputShape(): Shape {
    return this.output.shape;
  }

  /**
   * Writes what the model computes in `predict` as an ONNX file, which ONNX Runtime runs in Python, C++, a browser and
   * elsewhere. Batches may have any size.
   *
   * @param path of the file, for example `"model.onnx"`
   * @throws Error if a layer does something that has no ONNX form
   * @example
   * ```ts
   * import { keras } from "tskeras";
   *
   * const model = keras.Sequential([keras.layers.Input([4]), keras.layers.Dense(2)]);
   * await model.export("/tmp/model.onnx");
   * ```
   * @see https://keras.io/api/models/model_saving_apis/export/
   */
  async export(path: string): Promise<void> {
    if (!path.endsWith(".onnx")) {
      throw new Error(`model.export() writes ONNX files: expected a path that ends in ".onnx", but found "${path}".`);
    }
    const [inputs, outputs] = [this.inputs, this.outputs];
    const step = this.makePredictStep();
    await exportOnnx(path, {
      run: (batch) => step.run(batch),
      inputs: inputs.map(({ node, shape, dtype }) => ({ name: node.layer.name, shape, dtype: dtype as "float32" })),
      outputNames: uniqueNames(outputs.map(({ node }) => node.layer.name)),
    });
  }

  /**
   * Writes the model as a `.keras` file, which Python Keras 3 opens as well: layers, weights, and how it was compiled with
   * the state of its optimizer. It writes the whole file or, after an error, nothing.
   *
   * @param path of the file, for example `"model.keras"`
   * @param options `{ overwrite: false }` throws if the file exists
   * @throws Error if the path has another ending, or a function of your own has no name
   * @see https://keras.io/api/models/model_saving_apis/model_saving_and_loading/
   */
  save(path: string, options: SaveOptions = {}): Promise<void> {
    return saveModel(this, path, options);
  }

  /**
   * Writes the weights, and the state of the optimizer, as a `.weights.h5` file, which Python Keras 3 reads as well.
   *
   * @param path of the file, for example `"model.weights.h5"`
   * @see https://keras.io/api/models/model_saving_apis/weights_saving_and_loading/
   */
  saveWeights(path: string, options: SaveOptions = {}): Promise<void> {
    return saveWeights(this, path, options);
  }

  /**
   * Reads weights from a `.weights.h5` or `.keras` file of a model with the same layers, and the state of the optimizer if
   * the model is compiled.
   *
   * @param options `{ skipMismatch: true }` skips layers whose weights have other shapes
   * @throws Error if the file is damaged or its weights do not fit; the model is then unchanged
   * @example
   * ```ts
   * import { keras } from "tskeras";
   *
   * const model = keras.Sequential([keras.layers.Input([4]), keras.layers.Dense(2)]);
   * await model.saveWeights("/tmp/model.weights.h5");
   * await model.loadWeights("/tmp/model.weights.h5");
   * ```
   * @see https://keras.io/api/models/model_saving_apis/weights_saving_and_loading/
   */
  loadWeights(path: string, options: AssignOptions = {}): Promise<void> {
    return loadWeights(this, path, options);
  }

  /** The model's layers as JSON, as in a `.keras` file, without weights. See `keras.models.modelFromJson`. */
  toJson(): string {
    return writeJson(modelToKeras(this));
  }

  /** How the model was compiled, as Keras writes it; undefined before `compile`. */
  getCompileConfig(): { readonly [option: string]: unknown } | undefined {
    return this.compilation && compilationToKeras(this.compilation);
  }

  /** Compiles as {@link getCompileConfig} says, with a new optimizer. */
  compileFromConfig(config: { readonly [option: string]: unknown }): void {
    this.compile(compilationFromKeras(config, {}));
  }

  /** Sets the states of stateful recurrent layers to zero. */
  resetStates(): void {
    const reset = (layer: Layer): void => {
      for (const each of layer.sublayers) {
        if (each instanceof Recurrent) each.resetState();
        else reset(each);
      }
    };
    reset(this);
  }

  #graphOrThrow(what: string): Graph {
    if (this.#graph !== undefined) return this.#graph;
    throw new Error(`Model "${this.name}" has no ${what} before it is built: give it an Input, or call it on data.`);
  }

  override getConfig(): { [option: string]: unknown } {
    const { name, trainable } = this;
    return { name, trainable, ...(this.#graph === undefined ? {} : graphConfig(this.#graph, this.#multipleOutputs)) };
  }

  /** Makes a model from what {@link getConfig} returned, with new weights. */
  static override fromConfig<T extends Layer>(this: LayerClass<T>, config: { readonly [option: string]: unknown }): T {
    const { name, trainable, ...graph } = config;
    const model = new this({ name: name as string, trainable: trainable as boolean });
    if (model instanceof KerasModel && "layers" in graph) {
      const made = graphFromConfig(graph as unknown as GraphConfig);
      model.setGraph(made.graph, made.multipleOutputs);
    }
    return model;
  }

  /**
   * The layer with a name or at an index.
   *
   * @throws RangeError if there is none, with the nearest name
   */
  getLayer(which: string | number | { readonly name?: string; readonly index?: number }): Layer {
    const where = "model.getLayer()";
    if (typeof which === "object") checkOptions(where, which, { name: kinds.name, index: kinds.whole });
    else checked(where, "the layer", which, kinds.either(kinds.name, kinds.whole));
    const wanted = typeof which === "object" ? (which.name ?? which.index ?? 0) : which;
    const found =
      typeof wanted === "number" ? this.layers.at(wanted) : this.layers.find((layer) => layer.name === wanted);
    if (found !== undefined) return found;
    const names = this.layers.map((layer) => layer.name);
    const hint = typeof wanted === "string" ? didYouMean(wanted, names) : "";
    throw new RangeError(
      `Model "${this.name}" has no layer ${typeof wanted === "string" ? `"${wanted}"` : wanted}. ${hint || `It has ${names.join(", ")}.`}`,
    );
  }

  /**
   * Prints the table of layers: name, output shape, number of parameters.
   *
   * @see https://keras.io/api/models/model/
   */
  summary(options: SummaryOptions = {}): void {
    const text = summarize(this, options);
    if (options.printFn === undefined) printAligned(text.trimEnd());
    else options.printFn(text);
  }
}

/**
 * A model from inputs to outputs through any graph of layers (Keras's functional API), or the base of your own: a subclass
 * with layers as properties and a `call` method.
 *
 * @throws Error if the outputs depend on an Input that is not among the inputs
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * const inputs = keras.Input([4]);
 * const hidden = keras.layers.Dense(8, { activation: "relu" })(inputs);
 * const model = keras.Model({ inputs, outputs: keras.layers.Dense(2)(hidden) });
 * model.countParams(); // 58
 * ```
 * @see https://keras.io/api/models/model/
 */
export const Model = callable(KerasModel);
export type Model = KerasModel;
registerLayers({ Functional: KerasModel });
