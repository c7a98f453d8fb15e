import { type Rows, rowCount, takeRows } from "../backend/rows";
import { callable } from "../callable";
import { FoldSplitter, foldCount, foldKinds, type KFoldOptions } from "./fold_splitter";
import { rowArguments, type TrainTestParts } from "./row_arguments";

export type { KFoldOptions } from "./fold_splitter";

export class KFoldSplitter extends FoldSplitter {
  static override readonly className = "KFold";

  /**
   * The rows of each fold, in ascending order: `[train, test]`. Every row is in `test` once.
   *
   * @param data the data to split; only its number of rows matters
   * @throws RangeError if there are fewer rows than folds
   */
  *split(data: Rows): Generator<[train: Int32Array, test: Int32Array], void, undefined> {
    const rows = rowCount(data);
    if (rows < this.nSplits) {
      throw new RangeError(`KFold() cannot deal ${rows} rows out to ${this.nSplits} folds. Use fewer folds.`);
    }
    const order = Int32Array.from({ length: rows }, (_, i) => i);
    this.random?.shuffle(order);
    for (let fold = 0, start = 0; fold < this.nSplits; fold++) {
      const end = start + Math.floor(rows / this.nSplits) + (fold < rows % this.nSplits ? 1 : 0);
      const test = order.slice(start, end).sort();
      const train = new Int32Array(rows - test.length);
      train.set(order.subarray(0, start));
      train.set(order.subarray(end), start);
      yield [train.sort(), test];
      start = end;
    }
  }
}

/**
 * Splits rows into folds, each of which is the test part once: scikit-learn's `KFold`, with the same rows.
 *
 * @example
 * ```ts
 * import { KFold } from "tskeras";
 *
 * [...KFold(2).split([10, 20, 30, 40])].map(([, test]) => [...test]) // [ [ 0, 1 ], [ 2, 3 ] ]
 * ```
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.model_selection.KFold.html
 */
export const KFold = callable(KFoldSplitter);
export type KFold = KFoldSplitter;

/** How {@link kFold} splits the rows. */
export interface KFoldPartsOptions extends KFoldOptions {
  /** The number of folds. Default 5. */
  readonly k?: number;
}

/**
 * The parts of the data for each fold, one fold at a time, each like the result of {@link trainTestSplit}.
 *
 * @param data tensors, arrays or typed arrays with the same number of rows each, then the options
 * @throws RangeError if the numbers of rows differ, or there are fewer rows than folds
 * @example
 * ```ts
 * import { kFold } from "tskeras";
 *
 * for (const [xTrain, xVal, yTrain, yVal] of kFold([1, 2, 3, 4], ["a", "b", "c", "d"], { k: 2 })) {
 *   console.log(xTrain, xVal, yTrain, yVal);
 * }
 * ```
 */
export function kFold<A extends readonly Rows[]>(
  ...data: [...A, KFoldPartsOptions]
): Generator<TrainTestParts<A>, void, undefined>;
export function kFold<A extends readonly Rows[]>(...data: A): Generator<TrainTestParts<A>, void, undefined>;
export function* kFold(...data: (Rows | KFoldPartsOptions)[]): Generator<Rows[], void, undefined> {
  const { arrays, options } = rowArguments<KFoldPartsOptions>("kFold()", data, { k: foldCount, ...foldKinds });
  const { k = 5, ...rest } = options;
  for (const [train, test] of new KFold(k, rest).split(arrays[0]!)) {
    yield arrays.flatMap((array) => [takeRows(array, train), takeRows(array, test)]);
  }
}
