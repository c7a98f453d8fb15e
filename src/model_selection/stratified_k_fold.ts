import { type Rows, rowCount } from "../backend/rows";
import { callable } from "../callable";
import { FoldSplitter } from "./fold_splitter";
import { rowsByClass } from "./stratified";

export class StratifiedKFoldSplitter extends FoldSplitter {
  static override readonly className = "StratifiedKFold";

  /**
   * The rows of each fold, in ascending order: `[train, test]`. Every row is in `test` once.
   *
   * @param data the data to split; only its number of rows matters
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
    const folds = this.#assign(labels, rows);
    for (let fold = 0; fold < this.nSplits; fold++) {
      const all = Int32Array.from({ length: rows }, (_, row) => row);
      yield [all.filter((row) => folds[row] !== fold), all.filter((row) => folds[row] === fold)];
    }
  }

  /** The fold of each row, as scikit-learn's `StratifiedKFold._make_test_folds` assigns it. */
  #assign(labels: Rows, rows: number): Int32Array {
    // Classes in the order in which they appear.
    const classes = rowsByClass(labels).sort(([a = 0], [b = 0]) => a - b);
    if (classes.every(({ length }) => length < this.nSplits)) {
      throw new RangeError(
        `StratifiedKFold() cannot deal classes of at most ${Math.max(...classes.map(({ length }) => length))} rows out to ${this.nSplits} folds. Use fewer folds.`,
      );
    }
    const folds = new Int32Array(rows);
    const { random } = this;
    let start = 0;
    for (const members of classes) {
      // The sorted labels go to the folds in turn, each class starting at the fold after the previous class's last.
      const turns = Int32Array.from(members, (_, i) => (start + i) % this.nSplits).sort();
      random?.shuffle(turns);
      for (const [i, row] of members.entries()) folds[row] = turns[i]!;
      start += members.length;
    }
    return folds;
  }
}

/**
 * Splits rows into folds that have the class proportions of the whole: scikit-learn's `StratifiedKFold`, with the same
 * rows.
 *
 * @example
 * ```ts
 * import { StratifiedKFold } from "tskeras";
 *
 * const folds = StratifiedKFold(2).split([1, 2, 3, 4], ["a", "a", "b", "b"]);
 * [...folds].map(([, test]) => [...test]) // [ [ 0, 2 ], [ 1, 3 ] ]
 * ```
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.model_selection.StratifiedKFold.html
 */
export const StratifiedKFold = callable(StratifiedKFoldSplitter);
export type StratifiedKFold = StratifiedKFoldSplitter;
