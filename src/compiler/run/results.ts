import * as tf from "@tensorflow/tfjs-core";
import type { Tensor as OnnxTensor, OnnxValue } from "onnxruntime-node";
import { sizeFromShape } from "../../backend/shapes";
import { DataBackend } from "../../tensorflow/data_backend";
import { engine, withBackend } from "../../tensorflow/engine";

/** The elements of a tensor. */
export type Elements = Float32Array | Int32Array | Uint8Array;

/**
 * Holds what ONNX Runtime computed: results are copied only when JavaScript computes with them, and state that goes into the
 * next run is never copied.
 */
class ResultBackend extends DataBackend<Elements> {
  override readSync(dataId: object): Elements {
    return this.data(dataId)!;
  }
}

const backend = new ResultBackend();

/**
 * A tensor for a result of ONNX Runtime, whose elements it shares.
 *
 * @param shape of the tensor; default the result's
 * @param offset of its first element, for one of several tensors that the result holds in sequence
 */
export function toTensor(result: OnnxValue, shape?: readonly number[], offset = 0): tf.Tensor {
  const { data, dims, type } = result as OnnxTensor;
  const dtype = type as "float32" | "int32" | "bool";
  const own = shape ?? dims;
  const dataId = backend.hold((data as Elements).subarray(offset, offset + sizeFromShape(own)));
  return tf.engine().makeTensorFromTensorInfo({ dataId, shape: [...own], dtype }, backend);
}

/** Gives a variable the value that ONNX Runtime computed for it. */
export function assign(variable: tf.Variable, result: OnnxValue, offset = 0): void {
  const tensor = toTensor(result, variable.shape, offset);
  // If another backend were current, it would copy the data at once.
  withBackend("onnx", backend, () => variable.assign(tensor));
  tensor.dispose();
}

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/** The elements of a tensor, without a copy where they are in JavaScript's memory already. */
export function elementsOf(tensor: tf.Tensor): Elements {
  const held = backend.data(tensor.dataId);
  if (held) return held;
  const source = engine().state.tensorInfo.get(tensor.dataId);
  if (!source) throw new Error("Expected a tensor to compute with, but found one that is disposed.");
  const elements = source.backend.readSync(tensor.dataId);
  const array = arrays[tensor.dtype as keyof typeof arrays];
  // TensorFlow.js's plain JavaScript backend sometimes keeps numbers in an array of another type.
  return elements instanceof array ? elements : new array(elements as Float32Array);
}
