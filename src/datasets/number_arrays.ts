import type { StoredValues } from "../backend/stored_tensor";
import { arrayOf, type NpzArrays } from "../files/npz";
import { storable } from "./origin";

/** Numbers in C order and their shape. */
export interface NumberArray {
  readonly values: StoredValues;
  readonly shape: number[];
}

/**
 * An array of numbers of an archive and one number for each of its rows.
 *
 * @param rank how many axes the first has
 * @throws Error if one is not there, holds no numbers, or has another shape
 */
export function labelledNumbers(
  arrays: NpzArrays,
  names: readonly [x: string, y: string],
  rank: number,
  path: string,
): [x: NumberArray, y: NumberArray] {
  const numbers = (name: string, axes: number): NumberArray => {
    const { values, shape } = arrayOf(arrays, name, path);
    if (ArrayBuffer.isView(values) && shape.length === axes) return { values: storable(values), shape };
    throw new Error(
      `Expected an array "${name}" of ${axes} ${axes === 1 ? "axis" : "axes"} in ${path} but found one of ` +
        (ArrayBuffer.isView(values) ? `shape [${shape}].` : "objects."),
    );
  };
  const [x, y] = [numbers(names[0], rank), numbers(names[1], 1)];
  if (x.shape[0] === y.shape[0]) return [x, y];
  throw new Error(
    `Expected as many rows of "${names[0]}" as of "${names[1]}" in ${path} but found ${x.shape[0]} and ${y.shape[0]}.`,
  );
}
