import * as tf from "@tensorflow/tfjs-core";
import { describe } from "../options/options";
import { type StoredValues, storedTensor, storedValues } from "./stored_tensor";

/** JavaScript's arrays of numbers of one type; those of 64-bit integers are not among them. */
export type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** Data with one row for each sample: a tensor (along its first axis), an array or a typed array. */
export type Rows = tf.Tensor | TypedArray | readonly unknown[];

/** Whether a value is something that has rows. */
export function isRows(value: unknown): value is Rows {
  return (
    value instanceof tf.Tensor || Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))
  );
}

/** The number of rows; a TypeError for a scalar, and for anything but data. */
export function rowCount(data: Rows): number {
  if (!isRows(data)) throw new TypeError(`Expected a tensor, an array or a typed array but found ${describe(data)}.`);
  if (!(data instanceof tf.Tensor)) return data.length;
  if (data.rank === 0) throw new TypeError("Expected data with at least one axis but found a scalar tensor.");
  return data.shape[0]!;
}

function takeTensorRows(tensor: tf.Tensor, indices: Int32Array): tf.Tensor {
  const shape = [indices.length, ...tensor.shape.slice(1)];
  const width = tensor.size / Math.max(tensor.shape[0]!, 1);
  if (tensor.dtype === "complex64") return tf.tidy(() => tf.gather(tensor, tf.tensor1d(indices, "int32")));
  if (tensor.dtype === "string") {
    const words = tensor.dataSync<"string">() as unknown as string[];
    return tf.tensor(Array.from(indices, (row) => words.slice(row * width, (row + 1) * width)).flat(), shape, "string");
  }
  // Copying rows is much faster than the "cpu" backend's gather.
  const values = storedValues(tensor) ?? (tensor.dataSync() as StoredValues);
  return storedTensor(takeValues(values, indices, width), shape, tensor.dtype as "int32" | "float32" | "bool");
}

function takeValues<T extends TypedArray>(values: T, indices: Int32Array, width = 1): T {
  const taken = new (values.constructor as new (length: number) => T)(indices.length * width);
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i]! * width;
    if (width === 1) taken[i] = values[from]!;
    else taken.set(values.subarray(from, from + width), i * width);
  }
  return taken;
}

/** The rows at `indices`, as the same kind of data: a tensor of the same dtype, stored as compactly, or the same kind of array. */
export function takeRows<T extends Rows>(data: T, indices: Int32Array): T;
export function takeRows(data: Rows, indices: Int32Array): Rows {
  if (data instanceof tf.Tensor) return takeTensorRows(data, indices);
  if (Array.isArray(data)) return Array.from(indices, (row) => data[row]);
  return takeValues(data as TypedArray, indices);
}
