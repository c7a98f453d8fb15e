import * as kinds from "../options/kinds";
import { describe } from "../options/options";

/** How many rows each part of a split gets. */
export interface SplitSizes {
  readonly train: number;
  readonly test: number;
}

function checkSize(name: string, size: number | undefined, rows: number): void {
  if (size === undefined) return;
  if (kinds.number({ above: 0, below: 1 }).accepts(size)) return;
  if (kinds.number({ min: 1, below: rows, whole: true }).accepts(size)) return;
  throw new RangeError(
    `trainTestSplit() expected ${name} to be a fraction between 0 and 1 or a whole number of rows from 1 to ${rows - 1}, ` +
      `because the data has ${rows} rows, but found ${describe(size)}.`,
  );
}

/**
 * The numbers of rows in the training and test parts. As in scikit-learn, a fraction is rounded up for the test part, down for
 * the training part.
 *
 * @throws RangeError if a part would be empty or both together need more rows than there are
 */
export function splitSizes(rows: number, testSize: number | undefined, trainSize: number | undefined): SplitSizes {
  const testShare = testSize ?? (trainSize === undefined ? 0.25 : undefined);
  if (rows < 2) throw new RangeError(`trainTestSplit() expected at least 2 rows to split but found ${rows}.`);
  checkSize("testSize", testShare, rows);
  checkSize("trainSize", trainSize, rows);
  const givenTest = testShare === undefined ? undefined : testShare < 1 ? Math.ceil(testShare * rows) : testShare;
  const givenTrain = trainSize === undefined ? undefined : trainSize < 1 ? Math.floor(trainSize * rows) : trainSize;
  const test = givenTest ?? rows - (givenTrain as number);
  const train = givenTrain ?? rows - test;
  if (train + test > rows || train === 0) {
    throw new RangeError(
      `trainTestSplit() cannot take ${train} rows to train and ${test} to test from ${rows}. ` +
        `Found testSize ${testSize} and trainSize ${trainSize}: ${train === 0 ? "pass more rows" : "reduce one of them"}.`,
    );
  }
  return { train, test };
}
