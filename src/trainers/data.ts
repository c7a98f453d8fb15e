import * as tf from "@tensorflow/tfjs-core";
import { isRows, type Rows } from "../backend/rows";
import { sizeFromShape } from "../backend/shapes";
import { keptValues } from "../backend/stored_tensor";
import { formatShape } from "../layers/keras_tensor";
import { describe } from "../options/options";
import type { Column } from "./step";

/** Data for one input or output, or a list with one for each, or an object by their names. */
export type Data = Rows | readonly Rows[] | { readonly [name: string]: Rows };

/** The type a column's batches have: floats as floats, whole numbers as int32. */
function batchType(values: Column["values"], dtype: tf.DataType | undefined): Column["dtype"] {
  if (dtype === "float32" || dtype === "int32" || dtype === "bool") return dtype;
  return values instanceof Float32Array ? "float32" : "int32";
}

/** A typed array as one of the three kinds that columns hold; copied only if it is of another. */
function compact(values: ArrayBufferView): Column["values"] {
  if (values instanceof Float32Array || values instanceof Int32Array || values instanceof Uint8Array) return values;
  if (values instanceof Uint8ClampedArray) return new Uint8Array(values.buffer, values.byteOffset, values.length);
  if (values instanceof Float64Array) return Float32Array.from(values);
  if ([Int8Array, Int16Array, Uint16Array, Uint32Array].some((kind) => values instanceof kind)) {
    return Int32Array.from(values as Int16Array);
  }
  throw new TypeError(
    `Expected numbers in a typed array of at most 32 bits each, but found a ${values.constructor.name}.`,
  );
}

/** A column and its number of rows. */
export interface SizedColumn extends Column {
  readonly rows: number;
  /** Identifies the values, which never change, if they are a tensor's. */
  readonly dataId?: object;
}

/** What the tensors of a batch are: first the inputs, then the targets, then sample weights for the outputs that have them. */
export interface BatchLayout {
  readonly inputs: number;
  readonly targets: number;
  /** For each output, whether there is a column of sample weights. */
  readonly weighted: readonly boolean[];
}

/** Arrays ready to be trained on: columns in the order of a step's batch. */
export interface Dataset {
  readonly columns: readonly SizedColumn[];
  readonly rows: number;
  readonly layout: BatchLayout;
}

/**
 * Data as a column.
 *
 * @param what how the data is called in an error: `"x"`
 * @param target the type of the batches, and the shape of a row if it is known: a plain typed array has none
 */
export function toColumn(
  what: string,
  data: unknown,
  target: { dtype?: tf.DataType; shape?: readonly (number | null)[] } = {},
): SizedColumn {
  if (!isRows(data)) {
    throw new TypeError(`Expected ${what} to be a tensor, an array or a typed array, but found ${describe(data)}.`);
  }
  if (data instanceof tf.Tensor) {
    if (data.rank === 0) throw new TypeError(`Expected ${what} to have a row for each sample, but found a scalar.`);
    if (data.dtype === "string" || data.dtype === "complex64") {
      throw new TypeError(`Expected numbers in ${what}, but found a tensor of dtype ${data.dtype}.`);
    }
    const [rows = 0, ...shape] = data.shape;
    const values = compact(keptValues(data));
    const own = data.dtype === "bool" ? "bool" : data.dtype === "int32" ? "int32" : "float32";
    return { values, rows, shape, dtype: batchType(values, target.dtype ?? own), dataId: data.dataId };
  }
  if (Array.isArray(data)) return toColumn(what, nested(what, data), target);
  const values = compact(data as ArrayBufferView);
  const width = target.shape?.every((size) => size !== null) ? sizeFromShape(target.shape) : 1;
  const shaped = width > 1 && values.length % width === 0;
  return {
    values,
    rows: shaped ? values.length / width : values.length,
    shape: shaped ? (target.shape as readonly number[]) : [],
    dtype: batchType(values, target.dtype),
  };
}

function nested(what: string, data: readonly unknown[]): tf.Tensor {
  if (data.some((row) => row instanceof tf.Tensor)) {
    throw new TypeError(
      `Expected ${what} to be one tensor or nested numbers, but found a list of ${data.length} tensors for one input or output. Use tf.stack() to make one tensor of samples.`,
    );
  }
  if (data.length === 0) return tf.tensor([], [0]);
  try {
    return tf.tensor(data as tf.TensorLike);
  } catch (error) {
    throw new TypeError(
      `Expected ${what} to be nested arrays of numbers in which all rows are alike. ${(error as Error).message} padSequences() makes rows of one length.`,
      { cause: error },
    );
  }
}

/** Data taken apart by the inputs or outputs it is for. */
export function splitData(what: string, data: Data, names: readonly string[]): unknown[] {
  const expected = `Expected ${what} to be a list of ${names.length} arrays, for ${names.join(", ")}, but found`;
  if (isRows(data) && !(Array.isArray(data) && (names.length > 1 || isListOfOne(data)))) {
    if (names.length === 1) return [data];
    throw new TypeError(`${expected} ${describe(data)}.`);
  }
  if (Array.isArray(data)) {
    if (data.length === names.length) return [...data];
    throw new RangeError(`${expected} ${data.length}.`);
  }
  if (typeof data === "object" && data !== null) {
    const byName = data as { readonly [name: string]: unknown };
    return names.map((name) => {
      if (name in byName) return byName[name];
      throw new RangeError(
        `Expected ${what} to hold "${name}", but found ${Object.keys(byName).join(", ") || "an empty object"}.`,
      );
    });
  }
  throw new TypeError(`Expected ${what} to be a tensor, an array or a typed array, but found ${describe(data)}.`);
}

const isListOfOne = (data: readonly unknown[]) => data.length === 1 && data[0] instanceof tf.Tensor;

const known = new WeakSet<object>();

/** Only Infinity and NaN times zero are not zero. Two sums, so that one addition need not wait for the other. */
function allFinite(values: Float32Array): boolean {
  let even = 0;
  let odd = (values.length % 2 === 1 ? values.at(-1)! : 0) * 0;
  for (let i = 1; i < values.length; i += 2) {
    even += values[i - 1]! * 0;
    odd += values[i]! * 0;
  }
  return even + odd === 0;
}

/** Throws if a column holds a number that is not finite, which would make every weight NaN. */
export function checkFinite(what: string, column: SizedColumn): void {
  const { values } = column;
  // A tensor's values never change: they are checked once.
  if (!(values instanceof Float32Array) || (column.dataId !== undefined && known.has(column.dataId))) return;
  if (!allFinite(values)) {
    const i = values.findIndex((value) => !Number.isFinite(value));
    const row = Math.floor(i / (values.length / column.rows));
    throw new RangeError(
      `Expected finite numbers in ${what}, but found ${values[i]} in row ${row}. One such value makes every weight NaN: remove the row or replace the value.`,
    );
  }
  if (column.dataId !== undefined) known.add(column.dataId);
}

/** Throws unless all columns have as many rows as the first, and at least one. */
export function checkRows(columns: readonly { readonly what: string; readonly column: SizedColumn }[]): number {
  const [first] = columns;
  if (first === undefined) return 0;
  const { rows } = first.column;
  if (rows === 0)
    throw new RangeError(
      `Expected at least one sample in ${first.what}, but found none: ${formatShape([0, ...first.column.shape])}.`,
    );
  for (const { what, column } of columns) {
    if (column.rows === rows) continue;
    throw new RangeError(`Expected as many rows in ${what} as in ${first.what}, but found ${column.rows} and ${rows}.`);
  }
  return rows;
}
