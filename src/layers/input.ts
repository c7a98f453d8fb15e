import type * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../options/kinds";
import { checked, checkOptions, describe } from "../options/options";
import { KerasTensor, type Node, type Shape } from "./keras_tensor";
import { Layer } from "./layer";

/** What `Input` takes besides the shape. */
export interface InputOptions {
  /** The shape of one sample, without the batch: `[784]`. */
  readonly shape?: Shape;
  /** The shape with the batch, instead of `shape` and `batchSize`: `[null, 784]`. */
  readonly batchShape?: Shape;
  /** A fixed batch size. Default: any. */
  readonly batchSize?: number;
  /** The type that data is cast to. Default `"float32"`. */
  readonly dtype?: tf.DataType;
  /** Default `input_layer`, `input_layer_1` … */
  readonly name?: string;
}

const sizes = kinds.listOf("whole numbers above 0, or null for a size that varies", kinds.orNull(kinds.count));

const inputKinds: kinds.KindsOf<InputOptions> = {
  shape: kinds.readElsewhere,
  batchShape: kinds.listOf("sizes, the batch first, null for one that varies", kinds.orNull(kinds.count)),
  batchSize: kinds.count,
  dtype: kinds.dtype,
  name: kinds.name,
};

/** The layer behind an `Input`: it has no weights and returns its data. */
export class InputLayer extends Layer {
  static override readonly className: string = "InputLayer";
  readonly batchShape: Shape;
  readonly inputDtype: tf.DataType;
  /** The tensor on which the first layers of a model are called. */
  readonly tensor: KerasTensor;

  constructor(options: InputOptions = {}) {
    checkOptions("InputLayer()", options, inputKinds);
    checkShape("InputLayer()", options.shape ?? []);
    super(options.name === undefined ? {} : { name: options.name });
    this.batchShape = [options.batchSize ?? null, ...(options.shape ?? [])];
    this.inputDtype = options.dtype ?? "float32";
    this.built = true;
    const outputs: KerasTensor[] = [];
    const node: Node = { layer: this, inputs: [], outputs, multipleOutputs: false, options: {} };
    this.tensor = new KerasTensor(this.batchShape, { node, dtype: this.inputDtype, name: this.name });
    outputs.push(this.tensor);
    this.addInboundNode(node);
  }

  override call(inputs: tf.Tensor): tf.Tensor {
    return inputs;
  }

  override computeOutputShape(): Shape {
    return this.batchShape;
  }

  override getConfig(): { [option: string]: unknown } {
    const [batchSize, ...shape] = this.batchShape;
    return { name: this.name, dtype: this.inputDtype, shape, ...(batchSize ? { batchSize } : {}) };
  }
}

/**
 * The start of a model: the shape of one sample (Keras's `Input`).
 *
 * In a `Sequential` it is the first of the list and does not appear as a layer; in a functional model, the first layer is
 * called on it.
 *
 * @param shape the shape of one sample, without the batch; `null` for a size that varies
 * @throws TypeError if the shape is not a list of sizes
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * const inputs = keras.Input([784]);
 * const outputs = keras.layers.Dense(10, { activation: "softmax" })(inputs);
 * outputs.shape; // [null, 10]
 * ```
 * @see https://keras.io/api/layers/core_layers/input/
 */
export function Input(shape: Shape | InputOptions, options: Omit<InputOptions, "shape"> = {}): KerasTensor {
  const given: InputOptions = isOptions(shape) ? { ...shape, ...options } : { ...options, shape };
  checkOptions("Input()", given, inputKinds);
  const { batchShape, ...rest } = given;
  if (batchShape !== undefined && (rest.shape !== undefined || rest.batchSize !== undefined)) {
    throw new TypeError("Input() takes batchShape, or shape and batchSize, not both.");
  }
  const [batch, ...sizes] = batchShape ?? [];
  const whole = { shape: sizes, ...(typeof batch === "number" ? { batchSize: batch } : {}) };
  const all: InputOptions = batchShape === undefined ? rest : { ...rest, ...whole };
  checkShape("Input()", all.shape);
  return new InputLayer(all).tensor;
}

function checkShape(where: string, shape: unknown): void {
  if (!Array.isArray(shape)) {
    throw new TypeError(`${where} takes the shape of one sample, as in Input([784]), but found ${describe(shape)}.`);
  }
  checked(where, "shape", shape, sizes);
}

const isOptions = (value: Shape | InputOptions): value is InputOptions =>
  typeof value === "object" && value !== null && !Array.isArray(value);
