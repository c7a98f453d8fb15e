import * as tf from "@tensorflow/tfjs-core";
import { DataBackend } from "../tensorflow/data_backend";
import { engine } from "../tensorflow/engine";
import { select } from "../tensorflow/selection";

/** Numbers as a file holds them. */
export type StoredValues = Uint8Array | Int32Array | Float32Array;

type StoredType = "int32" | "float32" | "bool";
type Stored = { readonly values: StoredValues; readonly dtype: tf.DataType };

/** Keeps values as they are: pixels stay one byte each until an operation needs them, and are widened when they move. */
class StorageBackend extends DataBackend<Stored> {
  override write(values: tf.backend_util.BackendValues, _shape: number[], dtype: tf.DataType): object {
    return this.hold({ values: values as StoredValues, dtype });
  }

  override move(
    dataId: object,
    values: tf.BackendValues,
    _shape: number[],
    dtype: tf.DataType,
    references: number,
  ): void {
    this.hold({ values: values as StoredValues, dtype }, dataId, references);
  }

  override readSync(dataId: object): tf.backend_util.BackendValues {
    const stored = this.data(dataId);
    if (stored === undefined) throw new Error("This tensor is disposed.");
    const { values, dtype } = stored;
    if (dtype === "int32") return values instanceof Int32Array ? values : new Int32Array(values);
    return dtype === "float32" && !(values instanceof Float32Array) ? new Float32Array(values) : values;
  }
}

const storage = new StorageBackend();

/**
 * The values of a tensor as they are stored, without widening or copying them: a `Uint8Array` for pixels whose dtype is
 * int32. Undefined if the tensor is not in storage (any more); then `dataSync()` reads it.
 */
export function storedValues(tensor: tf.Tensor): StoredValues | undefined {
  return storage.data(tensor.dataId)?.values;
}

/** Smaller tensors are read again each time. */
const WORTH_KEEPING = 2 ** 16;

/**
 * The values of a tensor that is read repeatedly: a large one is moved out of the memory of the backend that made it, where
 * every read is a copy, and stays in storage until an operation needs it.
 */
export function keptValues(tensor: tf.Tensor): ArrayBufferView {
  const stored = storedValues(tensor);
  if (stored !== undefined) return stored;
  const variable = tensor instanceof tf.Variable;
  if (!variable && tensor.size >= WORTH_KEEPING) engine().moveData(storage, tensor.dataId);
  return storedValues(tensor) ?? tensor.dataSync();
}

// A view is not recorded for gradients, so under a gradient tape the ordinary operation is used.
const viewable = (tensor: tf.Tensor) => (engine().state.gradientDepth === 0 ? storedValues(tensor) : undefined);

const view = (tensor: tf.Tensor, values: StoredValues, shape: number[]) =>
  storedTensor(values, shape, tensor.dtype as StoredType);

const methods = {
  // Scaling pixels is where the big arrays are made: here V8 owns the result and frees it, whereas WebAssembly's memory
  // would grow by it for good.
  div(this: tf.Tensor, divisor: tf.Tensor | tf.TensorLike): tf.Tensor {
    const values = viewable(this);
    if (values === undefined || typeof divisor !== "number" || this.dtype === "bool") return tf.div(this, divisor);
    const quotients = new Float32Array(values.length);
    const single = Math.fround(divisor);
    for (let i = 0; i < values.length; i++) quotients[i] = values[i]! / single;
    return storedTensor(quotients, this.shape);
  },

  reshape(this: tf.Tensor, shape: number[]): tf.Tensor {
    const values = viewable(this);
    if (values === undefined) return tf.reshape(this, shape);
    return view(this, values, tf.util.inferFromImplicitShape(shape, this.size));
  },

  expandDims(this: tf.Tensor, axis = 0): tf.Tensor {
    const values = viewable(this);
    if (values === undefined || axis < -(this.rank + 1) || axis > this.rank) return tf.expandDims(this, axis);
    return view(this, values, this.shape.toSpliced(axis < 0 ? this.rank + 1 + axis : axis, 0, 1));
  },

  slice(this: tf.Tensor, begin: string | number | number[], size?: number | number[]): tf.Tensor {
    if (typeof begin === "string") return select(this, begin);
    const values = viewable(this);
    const [first, ...otherBegins] = [begin].flat();
    const [count = -1, ...otherSizes] = [size ?? -1].flat();
    const rows = this.shape[0] ?? 0;
    const end = count === -1 ? rows : (first as number) + count;
    if (values === undefined || first === undefined || first < 0 || end < first || end > rows) {
      return tf.slice(this, begin, size);
    }
    const width = values.length / Math.max(rows, 1);
    const part = view(this, values.subarray(first * width, end * width), [end - first, ...this.shape.slice(1)]);
    const whole = otherBegins.every((b) => b === 0) && otherSizes.every((s, i) => s === -1 || s === this.shape[i + 1]);
    return whole ? part : tf.slice(part, [0, ...otherBegins], [-1, ...otherSizes]);
  },
};

/**
 * A tensor whose values stay as they are given until an operation needs them: one byte a pixel, not four. Its own
 * `reshape`, `expandDims` and `slice` (along the first axis) are views without a copy, and dividing by a number gives a stored
 * tensor again; every other operation moves the whole tensor, widened to its dtype, to the backend in use.
 *
 * @param values in C order; not copied
 * @param shape its product is the number of values
 * @param dtype what the values count as. Default `"int32"` for integers, `"float32"` for floats
 */
export function storedTensor<R extends tf.Rank = tf.Rank>(
  values: StoredValues,
  shape: tf.ShapeMap[R],
  dtype: StoredType = values instanceof Float32Array ? "float32" : "int32",
): tf.Tensor<R> {
  if (tf.util.sizeFromShape(shape) !== values.length) {
    throw new RangeError(
      `Expected ${tf.util.sizeFromShape(shape)} values for shape [${shape}] but found ${values.length}.`,
    );
  }
  const tensor = tf.engine().makeTensor(values, [...shape], dtype, storage);
  for (const [name, value] of Object.entries(methods)) Object.defineProperty(tensor, name, { value });
  return tensor as tf.Tensor<R>;
}
