import * as tf from "@tensorflow/tfjs-core";
import { describe } from "../options/options";

/** Numbers of a series: an array, a typed array or a tensor of one dimension. */
export type Values = ArrayLike<number> | tf.Tensor;

/** Numbers in rows: nested arrays or a tensor. */
export type Grid = ArrayLike<ArrayLike<number>> | tf.Tensor;

/** A float32 value in the fewest digits that identify it: a saved notebook need not hold 0.10000000149011612. */
export const short = (value: number) => Number(value.toPrecision(8));

export const isTypedArray = (value: unknown): value is ArrayBufferView & ArrayLike<number> =>
  ArrayBuffer.isView(value) && !(value instanceof DataView);

export const fromTypedArray = (values: ArrayLike<number>): number[] =>
  Array.from(values, values instanceof Float32Array ? short : Number);

/**
 * The numbers of a series as a plain array.
 *
 * @param where what takes them, for the error: `"plot()"`
 * @throws TypeError for anything but numbers; a tensor of shape `[n, 1]` counts as one dimension
 */
export function toNumbers(where: string, name: string, values: unknown): number[] {
  if (values instanceof tf.Tensor) {
    if (values.shape.filter((size: number) => size !== 1).length > 1) {
      throw new TypeError(
        `${where} expected ${name} of one dimension but found ${describe(values)}. Take one row of it.`,
      );
    }
    return Array.from(values.dataSync(), short);
  }
  if (isTypedArray(values)) return fromTypedArray(values);
  if (!Array.isArray(values)) {
    throw new TypeError(`${where} expected ${name} as an array of numbers or a tensor but found ${describe(values)}.`);
  }
  return values.map((value, index) => {
    if (typeof value === "number") return value;
    if (value === null || value === undefined) return Number.NaN;
    throw new TypeError(`${where} expected numbers in ${name} but found ${describe(value)} at index ${index}.`);
  });
}

/** A matrix as rows of equal length. */
export function toRows(where: string, grid: unknown): number[][] {
  if (grid instanceof tf.Tensor) {
    if (grid.rank !== 2) {
      throw new TypeError(`${where} expected a matrix of shape [rows, columns] but found ${describe(grid)}.`);
    }
    return (grid as tf.Tensor2D).arraySync().map((row) => row.map(short));
  }
  if (!Array.isArray(grid)) throw new TypeError(`${where} expected rows of numbers but found ${describe(grid)}.`);
  const rows = grid.map((row, index) => toNumbers(where, `row ${index}`, row));
  const odd = rows.findIndex((row) => row.length !== rows[0]!.length);
  if (odd >= 0) {
    throw new TypeError(
      `${where} expected rows of equal length but row 0 has ${rows[0]!.length} and row ${odd} has ${rows[odd]!.length}.`,
    );
  }
  return rows;
}

/** The least and the greatest finite value; `[Infinity, -Infinity]` if there is none. */
export function extent(values: ArrayLike<number>): [least: number, greatest: number] {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return [least, greatest];
}

/** JSON has neither NaN nor infinities: null is a gap in the line. */
export function orGap(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
