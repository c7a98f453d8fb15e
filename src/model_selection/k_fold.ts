import { isRows, type Rows, rowCount, takeRows } from "../backend/rows";
import { callable } from "../callable";
import * as kinds from "../options/kinds";
import { checkOptions, describe } from "../options/options";
import { checkRandomState, type RandomState, randomState } from "../random";
import type { TrainTestParts } from "./train_test_split";

/** How {@link KFold} deals out the rows. */
export interface KFoldOptions {
  /** Whether the rows are shuffled before they are dealt out. Default false: each fold is a block. */
  readonly shuffle?: boolean;
  /** A seed or a generator for the shuffle. Default the shared generator, which `keras.utils.setRandomSeed` seeds. */
  readonly randomState?: number | RandomState | null;
}

/** What {@link KFoldOptions} may be. */
export const foldKinds: kinds.KindsOf<KFoldOptions> = { shuffle: kinds.boolean, randomState };

const folds = kinds.number({ min: 2, whole: true });

export class KFoldSplitter {
  static readonly className = "KFold";
  readonly #options: KFoldOptions;

  /**
   * @param nSplits the number of folds, 2 or more. Default 5
   * @param options whether and how to shuffle
   */
  constructor(
    readonly nSplits = 5,
    options: KFoldOptions = {},
  ) {
    checkOptions("KFold()", options, foldKinds);
    if (!Number.isInteger(nSplits) || nSplits < 2) {
      throw new RangeError(`KFold() expected a whole number of folds, 2 or more, but found ${describe(nSplits)}.`);
    }
    if (options.shuffle !== true && options.randomState !== undefined && options.randomState !== null) {
      throw new TypeError(
        "KFold() has a randomState but does not shuffle. Add shuffle: true, or leave randomState out.",
      );
    }
    this.#options = options;
  }

  /**
   * The rows of each fold, in ascending order: `[train, test]`. Every row is in `test` once.
   *
   * @param data what is to be split: only its number of rows counts
   * @throws RangeError if there are fewer rows than folds
   */
  *split(data: Rows): Generator<[train: Int32Array, test: Int32Array], void, undefined> {
    const rows = rowCount(data);
    if (rows < this.nSplits) {
      throw new RangeError(`KFold() cannot deal ${rows} rows out to ${this.nSplits} folds. Ask for fewer folds.`);
    }
    const order = Int32Array.from({ length: rows }, (_, i) => i);
    if (this.#options.shuffle === true) checkRandomState(this.#options.randomState).shuffle(order);
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
 * Deals rows out to folds, so that each fold is the test part once: scikit-learn's `KFold`, with the same rows.
 *
 * Source: scikit-learn.org/stable/modules/generated/sklearn.model_selection.KFold.html
 *
 * @example
 * ```ts
 * import { KFold } from "tskeras";
 *
 * [...KFold(2).split([10, 20, 30, 40])].map(([, test]) => [...test]) // [ [ 0, 1 ], [ 2, 3 ] ]
 * ```
 */
export const KFold = callable(KFoldSplitter);
export type KFold = KFoldSplitter;

/** How {@link kFold} deals out the rows. */
export interface KFoldPartsOptions extends KFoldOptions {
  /** The number of folds. Default 5. */
  readonly k?: number;
}

/**
 * The parts of the data for each fold, one fold at a time: what {@link trainTestSplit} gives, once for each fold.
 *
 * @param data tensors, arrays or typed arrays with as many rows each, then the options
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
  const last = data.at(-1);
  const options = last === undefined || isRows(last) ? {} : (last as KFoldPartsOptions);
  checkOptions("kFold()", options, { k: folds, ...foldKinds });
  const arrays = (options === last ? data.slice(0, -1) : data) as Rows[];
  const [first, ...others] = arrays.map(rowCount);
  if (first === undefined) throw new TypeError("kFold() expected data to split but found none.");
  if (others.some((count) => count !== first)) {
    throw new RangeError(
      `kFold() expected data with the same number of rows but found ${[first, ...others].join(", ")}.`,
    );
  }
  const { k = 5, ...rest } = options;
  for (const [train, test] of new KFold(k, rest).split(arrays[0] as Rows)) {
    yield arrays.flatMap((array) => [takeRows(array, train), takeRows(array, test)]);
  }
}
