import { type Rows, rowCount } from "../backend/rows";
import { callable } from "../callable";
import { checkOptions, describe } from "../options/options";
import { checkRandomState } from "../random";
import { foldKinds, type KFoldOptions } from "./k_fold";
import { rowsByClass } from "./stratified";

export class StratifiedKFoldSplitter {
  static readonly className = "StratifiedKFold";
  readonly #options: KFoldOptions;

  /**
   * @param nSplits the number of folds, 2 or more. Default 5
   * @param options whether and how to shuffle
   */
  constructor(
    readonly nSplits = 5,
    options: KFoldOptions = {},
  ) {
    checkOptions("StratifiedKFold()", options, foldKinds);
    if (!Number.isInteger(nSplits) || nSplits < 2) {
      throw new RangeError(
        `StratifiedKFold() expected a whole number of folds, 2 or more, but found ${describe(nSplits)}.`,
      );
    }
    if (options.shuffle !== true && options.randomState !== undefined && options.randomState !== null) {
      throw new TypeError(
        "StratifiedKFold() has a randomState but does not shuffle. Add shuffle: true, or leave randomState out.",
      );
    }
    this.#options = options;
  }

  /**
   * The rows of each fold, in ascending order: `[train, test]`. Every row is in `test` once.
   *
   * @param data what is to be split: only its number of rows counts
   * @param labels the class of each row
   * @throws RangeError if every class has fewer rows than there are folds, or the numbers of rows differ
   */
  *split(data: Rows, labels: Rows): Generator<[train: Int32Array, test: Int32Array], void, undefined> {
    const rows = rowCount(data);
    if (rowCount(labels) !== rows) {
      throw new RangeError(
        `StratifiedKFold() expected a label for each of ${rows} rows but found ${rowCount(labels)} labels.`,
      );
    }
    const folds = this.#deal(labels, rows);
    for (let fold = 0; fold < this.nSplits; fold++) {
      const all = Int32Array.from({ length: rows }, (_, row) => row);
      yield [all.filter((row) => folds[row] !== fold), all.filter((row) => folds[row] === fold)];
    }
  }

  /** The fold of each row. Source: scikit-learn's `StratifiedKFold._make_test_folds`. */
  #deal(labels: Rows, rows: number): Int32Array {
    // Classes in the order in which they appear.
    const classes = rowsByClass(labels).sort(([a = 0], [b = 0]) => a - b);
    if (classes.every(({ length }) => length < this.nSplits)) {
      throw new RangeError(
        `StratifiedKFold() cannot deal classes of at most ${Math.max(...classes.map(({ length }) => length))} rows out to ${this.nSplits} folds. Ask for fewer folds.`,
      );
    }
    const folds = new Int32Array(rows);
    const random = this.#options.shuffle === true ? checkRandomState(this.#options.randomState) : undefined;
    let start = 0;
    for (const members of classes) {
      // The sorted labels are dealt out like cards: the class's part of the deck begins where the last one ended.
      const dealt = Int32Array.from(members, (_, i) => (start + i) % this.nSplits).sort();
      random?.shuffle(dealt);
      for (const [i, row] of members.entries()) folds[row] = dealt[i]!;
      start += members.length;
    }
    return folds;
  }
}

/**
 * Deals rows out to folds so that each holds the classes in the proportions of the whole: scikit-learn's
 * `StratifiedKFold`, with the same rows.
 *
 * Source: scikit-learn.org/stable/modules/generated/sklearn.model_selection.StratifiedKFold.html
 *
 * @example
 * ```ts
 * import { StratifiedKFold } from "tskeras";
 *
 * const folds = StratifiedKFold(2).split([1, 2, 3, 4], ["a", "a", "b", "b"]);
 * [...folds].map(([, test]) => [...test]) // [ [ 0, 2 ], [ 1, 3 ] ]
 * ```
 */
export const StratifiedKFold = callable(StratifiedKFoldSplitter);
export type StratifiedKFold = StratifiedKFoldSplitter;
