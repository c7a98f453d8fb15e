import * as tf from "@tensorflow/tfjs-core";
import { isRows, type Rows } from "../backend/rows";
import { storedTensor } from "../backend/stored_tensor";
import * as kinds from "../options/kinds";
import { checkOptions, describe } from "../options/options";

const optionKinds: kinds.KindsOf<{ numClasses: number }> = { numClasses: kinds.orNull(kinds.count) };

function labelsOf(x: Rows | number): { values: ArrayLike<number>; shape: number[] } {
  if (x instanceof tf.Tensor) return { values: x.dataSync(), shape: x.shape };
  if (typeof x !== "number" && !isRows(x)) {
    throw new TypeError(`toCategorical() expected class numbers in a tensor or an array but found ${describe(x)}.`);
  }
  if (ArrayBuffer.isView(x)) return { values: x, shape: [x.length] };
  const tensor = tf.tensor(x as tf.TensorLike);
  return { values: tensor.dataSync(), shape: tensor.shape };
}

/**
 * Turns class numbers into rows of zeros with a one in the column of the class, as `categorical_crossentropy` needs them.
 *
 * @param x class numbers from 0 on, of any shape; a last axis of length 1 is dropped
 * @param numClasses the number of columns, or `{ numClasses }`. Default one more than the largest class number
 * @returns float32, of the shape of `x` and one axis more. Each value takes one byte until it is used
 * @throws RangeError for a number that is no class: negative, not whole, or `numClasses` and above
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * keras.utils.toCategorical([0, 2, 1]).arraySync() // [ [ 1, 0, 0 ], [ 0, 0, 1 ], [ 0, 1, 0 ] ]
 * ```
 * @see https://keras.io/api/utils/python_utils/#to_categorical-function
 */
export function toCategorical(
  x: Rows | number,
  numClasses?: number | null | { readonly numClasses?: number | null },
): tf.Tensor {
  const isOptions = typeof numClasses === "object" && numClasses !== null;
  if (isOptions) checkOptions("toCategorical()", numClasses, optionKinds);
  const given = isOptions ? numClasses.numClasses : numClasses;
  const { values, shape } = labelsOf(x);
  let largest = -1;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, values[i]!);
  const columns = given ?? largest + 1;
  if (!Number.isInteger(columns) || columns < 1) {
    throw new RangeError(`toCategorical() expected numClasses to be 1 or more but found ${describe(columns)}.`);
  }
  const encoded = new Uint8Array(values.length * columns);
  for (let i = 0; i < values.length; i++) {
    const label = values[i]!;
    if (!(Number.isInteger(label) && label >= 0 && label < columns)) {
      throw new RangeError(
        `toCategorical() expected class numbers from 0 to ${columns - 1} but found ${label} at position ${i}. ` +
          (label >= columns
            ? `Give numClasses ${label + 1} or more, or subtract the first class's number.`
            : "Is this the right array?"),
      );
    }
    encoded[i * columns + label] = 1;
  }
  const outer = shape.length > 1 && shape.at(-1) === 1 ? shape.slice(0, -1) : shape;
  return storedTensor(encoded, [...outer, columns], "float32");
}
