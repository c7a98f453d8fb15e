import * as tf from "@tensorflow/tfjs-core";
import { type Rows, rowCount } from "../backend/rows";
import type { RandomState } from "../random";
import type { SplitSizes } from "./split_sizes";

/** The rows of each class, the classes in ascending order as NumPy's `unique` sorts them. */
export function rowsByClass(labels: Rows): Int32Array[] {
  const values: ArrayLike<unknown> = labels instanceof tf.Tensor ? labels.dataSync() : labels;
  if (values.length !== rowCount(labels)) {
    throw new RangeError("stratify expected one label for each row but found a tensor with more than one axis.");
  }
  const classes = new Map<unknown, number[]>();
  for (let row = 0; row < values.length; row++) {
    const rows = classes.get(values[row]);
    if (rows === undefined) classes.set(values[row], [row]);
    else rows.push(row);
  }
  const order = (a: unknown, b: unknown) => (a === b ? 0 : (a as number) < (b as number) ? -1 : 1);
  return [...classes].sort(([a], [b]) => order(a, b)).map(([, rows]) => Int32Array.from(rows));
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);

/**
 * Divides `draws` among classes in proportion to their counts, as scikit-learn's `_approximate_mode` does. What rounding
 * leaves over goes to the largest remainders, with ties broken at random.
 */
function shareAmongClasses(counts: readonly number[], draws: number, random: RandomState): number[] {
  const total = sum(counts);
  const exact = counts.map((count) => (count / total) * draws);
  const shares = exact.map(Math.floor);
  const remainders = exact.map((value, i) => value - shares[i]!);
  let missing = Math.trunc(draws - sum(shares));
  for (const remainder of [...new Set(remainders)].sort((a, b) => b - a)) {
    if (missing <= 0) break;
    const tied = remainders.flatMap((value, i) => (value === remainder ? [i] : []));
    const chosen = random.choice(tied.length, Math.min(tied.length, missing), false);
    for (const pick of chosen) shares[tied[pick]!]!++;
    missing -= chosen.length;
  }
  return shares;
}

/**
 * Draws rows for two parts that have the class proportions of the whole, as scikit-learn's `StratifiedShuffleSplit` does.
 *
 * @throws RangeError if a class has a single row, or a part has fewer rows than there are classes
 */
export function stratifiedRows(labels: Rows, sizes: SplitSizes, random: RandomState): [Int32Array, Int32Array] {
  const classes = rowsByClass(labels);
  const counts = classes.map((rows) => rows.length);
  if (Math.min(...counts) < 2) {
    throw new RangeError(
      "stratify expected at least 2 rows of each class, one for each part, but found a class with a single row. " +
        "Remove that class, or split without stratify.",
    );
  }
  for (const [part, size] of Object.entries(sizes)) {
    if (size < classes.length) {
      throw new RangeError(
        `stratify with ${classes.length} classes expected at least as many ${part} rows but found ${size}.`,
      );
    }
  }
  const trainCounts = shareAmongClasses(counts, sizes.train, random);
  const left = counts.map((count, i) => count - trainCounts[i]!);
  const testCounts = shareAmongClasses(left, sizes.test, random);
  const train = new Int32Array(sum(trainCounts));
  const test = new Int32Array(sum(testCounts));
  let trainFilled = 0;
  let testFilled = 0;
  classes.forEach((rows, i) => {
    const shuffled = random.permutation(rows.length).map((position) => rows[position]!);
    const forTrain = trainCounts[i]!;
    const forTest = testCounts[i]!;
    train.set(shuffled.subarray(0, forTrain), trainFilled);
    test.set(shuffled.subarray(forTrain, forTrain + forTest), testFilled);
    trainFilled += forTrain;
    testFilled += forTest;
  });
  return [random.permutation(train), random.permutation(test)];
}
