import * as tf from "@tensorflow/tfjs-core";
import type { Tensor as OnnxTensor } from "onnxruntime-node";
import { sizeOf } from "../graph/value";
import { engineParts, withBackend } from "../trace/engine";

type DataId = tf.TensorInfo["dataId"];
type Elements = Float32Array | Int32Array | Uint8Array;

interface Held {
  readonly data: Elements;
  references: number;
}

/**
 * A TensorFlow.js backend without kernels that holds what ONNX Runtime computed. TensorFlow.js moves a tensor to the backend
 * that needs it, so results are copied only when JavaScript computes with them, and state that goes straight into the next
 * run is never copied.
 */
class ResultBackend extends tf.KernelBackend {
  private readonly held = new Map<DataId, Held>();

  hold(data: Elements): DataId {
    const dataId: DataId = {};
    this.held.set(dataId, { data, references: 1 });
    return dataId;
  }

  data(dataId: DataId): Elements | undefined {
    return this.held.get(dataId)?.data;
  }

  override readSync(dataId: DataId): Elements {
    return (this.held.get(dataId) as Held).data;
  }

  override async read(dataId: DataId): Promise<Elements> {
    return this.readSync(dataId);
  }

  override disposeData(dataId: DataId, force = false): boolean {
    const held = this.held.get(dataId);
    if (!held) return true;
    held.references--;
    if (held.references > 0 && !force) return false;
    this.held.delete(dataId);
    return true;
  }

  override refCount(dataId: DataId): number {
    return this.held.get(dataId)?.references ?? 0;
  }

  override incRef(dataId: DataId): void {
    const held = this.held.get(dataId);
    if (held) held.references++;
  }

  decRef(dataId: DataId): void {
    const held = this.held.get(dataId);
    if (held) held.references--;
  }

  override numDataIds(): number {
    return this.held.size;
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: false };
  }

  override timerAvailable(): boolean {
    return false;
  }

  override floatPrecision(): 16 | 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override dispose(): void {
    this.held.clear();
  }
}

const backend = new ResultBackend();

/**
 * A tensor for a result of ONNX Runtime, whose elements it shares.
 *
 * @param shape of the tensor; default the result's
 * @param offset of its first element, for one of several tensors that the result holds one behind the other
 */
export function toTensor(result: OnnxTensor, shape: readonly number[] = result.dims, offset = 0): tf.Tensor {
  const dtype = result.type as "float32" | "int32" | "bool";
  const dataId = backend.hold((result.data as Elements).subarray(offset, offset + sizeOf(shape)));
  return tf.engine().makeTensorFromTensorInfo({ dataId, shape: [...shape], dtype }, backend);
}

/** Gives a variable the value that ONNX Runtime computed for it. */
export function assign(variable: tf.Variable, result: OnnxTensor, offset = 0): void {
  const tensor = toTensor(result, variable.shape, offset);
  // With the other backend current, its count of references would draw the data over at once.
  withBackend("onnx", backend, () => variable.assign(tensor));
  tensor.dispose();
}

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/** The elements of a tensor, without a copy where they are in JavaScript's memory already. */
export function elementsOf(tensor: tf.Tensor): Elements {
  const held = backend.data(tensor.dataId);
  if (held) return held;
  const source = engineParts().state.tensorInfo.get(tensor.dataId);
  if (!source) throw new Error("Expected a tensor to compute with, but found one that is disposed.");
  const elements = source.backend.readSync(tensor.dataId);
  const array = arrays[tensor.dtype as keyof typeof arrays];
  // TensorFlow.js's plain JavaScript backend now and then keeps numbers in an array of another type.
  return elements instanceof array ? elements : new array(elements as Float32Array);
}
