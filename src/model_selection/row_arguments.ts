import { isRows, type Rows, rowCount } from "../backend/rows";
import type { KindsOf } from "../options/kinds";
import { checkOptions } from "../options/options";

/** A part of the rows of `T`: the same kind of tensor or typed array, or an array. */
export type PartOf<T extends Rows> = T extends readonly (infer E)[] ? E[] : T;

/** The parts of each array: `[aTrain, aTest, bTrain, bTest, …]`. */
export type TrainTestParts<A extends readonly Rows[]> = A extends readonly [
  infer H extends Rows,
  ...infer R extends Rows[],
]
  ? [PartOf<H>, PartOf<H>, ...TrainTestParts<R>]
  : A extends readonly []
    ? []
    : PartOf<A[number]>[];

/** The arguments of a function that splits data: arrays with the same number of rows each, then options. */
export function rowArguments<O extends object>(
  where: string,
  data: readonly (Rows | O)[],
  kinds: KindsOf<O>,
): { readonly arrays: Rows[]; readonly options: O; readonly rows: number } {
  const last = data.at(-1);
  const options = (last === undefined || isRows(last) ? {} : last) as O;
  checkOptions(where, options, kinds);
  const arrays = (options === last ? data.slice(0, -1) : data) as Rows[];
  const counts = arrays.map(rowCount);
  const [rows] = counts;
  if (rows === undefined) throw new TypeError(`${where} expected data to split but found none.`);
  if (counts.some((count) => count !== rows)) {
    throw new RangeError(
      `${where} expected data with the same number of rows but found ${counts.join(", ")}. Do x and y belong together?`,
    );
  }
  return { arrays, options, rows };
}
