import * as tf from "@tensorflow/tfjs-core";
import { sizeFromShape } from "../../backend/shapes";
import { DataBackend } from "../../tensorflow/data_backend";
import { Builder } from "../graph/builder";
import { type Data, type DType, dataTypes, type Value } from "../graph/value";
import { toDType } from "./kernels/kernel";
import { NotCompilable } from "./not_compilable";

type DataId = tf.TensorInfo["dataId"];

/** A model file has at most 2 GB; the operations need some of it. */
const MOST_CONSTANT_BYTES = 2 ** 31 - 2 ** 24;

/** The graph of one trace, and the variables that it has used so far. */
export class Trace {
  readonly graph: Builder;
  /** Variables read, each with the graph input for its value at the start. */
  readonly read = new Map<tf.Variable, Value>();
  /** Variables assigned, each with its value at the end. */
  readonly assigned = new Map<tf.Variable, Value>();
  /** Variables made while tracing, each with its first value. */
  readonly made = new Map<tf.Variable, Value>();

  constructor(anyBatch: boolean) {
    this.graph = new Builder(anyBatch);
  }

  readonly #constants = new Map<DataId, Value>();
  #constantBytes = 0;

  /** A tensor from outside the function, as a constant. */
  constant(tensor: tf.TensorInfo): Value {
    const known = this.#constants.get(tensor.dataId);
    if (known) return known;
    const dtype = toDType(tensor.dtype);
    const source = tf.engine().state.tensorInfo.get(tensor.dataId);
    if (!source) throw new Error("A tensor that is disposed was used in a compiled function.");
    this.#constantBytes += sizeFromShape(tensor.shape) * dataTypes[dtype].BYTES_PER_ELEMENT;
    if (this.#constantBytes > MOST_CONSTANT_BYTES) {
      const gigabytes = (this.#constantBytes / 2 ** 30).toFixed(1);
      throw new NotCompilable(
        "constants",
        `the tensors that it takes from outside have ${gigabytes} GB, and a graph holds 2 GB; pass large ones as arguments, or make them tf.Variables`,
      );
    }
    const data = source.backend.readSync(tensor.dataId) as Data;
    const value = this.graph.constant(typed(data, dtype), dtype, tensor.shape);
    this.#constants.set(tensor.dataId, value);
    return value;
  }

  /** The value at the start of a variable that the traced function did not create. */
  variable(variable: tf.Variable): Value {
    const { dtype, shape } = variable;
    const value = this.read.get(variable) ?? this.graph.input(`variable${this.read.size}`, toDType(dtype), shape);
    this.read.set(variable, value);
    return value;
  }
}

/**
 * A TensorFlow.js backend that computes nothing: each of its tensors represents a value of the graph being traced, and each
 * of its kernels (`kernels/`) appends operations.
 */
export class TraceBackend extends DataBackend<Value> {
  /** The current trace, if any. */
  trace: Trace | undefined;

  /** Makes the tensor that represents a value. */
  tensorInfo(value: Value): tf.TensorInfo {
    const dataId = this.hold(value);
    return { dataId, shape: [...value.shape], dtype: value.dtype as tf.DataType };
  }

  /**
   * The value that a tensor represents. Tensors from outside enter here, variables as state and others as constants.
   */
  lookup(tensor: tf.TensorInfo): Value {
    const traced = this.data(tensor.dataId);
    if (traced) return traced;
    return tensor instanceof tf.Variable ? this.#current.variable(tensor) : this.#current.constant(tensor);
  }

  get #current(): Trace {
    if (!this.trace) throw new Error("A tensor of a compiled function was used after the function had returned.");
    return this.trace;
  }

  override write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): DataId {
    const type = toDType(dtype);
    return this.tensorInfo(this.#current.graph.constant(typed(values as Data, type), type, shape)).dataId;
  }

  override readSync(): never {
    throw new NotCompilable(
      "dataSync",
      "it reads the numbers of a tensor (dataSync, arraySync, print), which exist only once it runs",
    );
  }

  /** A variable may still refer to the value of a disposed tensor. */
  override disposeData(): boolean {
    return true;
  }
}

function typed(values: Data | readonly number[], dtype: DType): Data {
  const array = dataTypes[dtype];
  // A copy, because the array may change later.
  return new (array as Float32ArrayConstructor)(values as ArrayLike<number>);
}
