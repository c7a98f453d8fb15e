import { isRows, type Rows, rowCount, takeRows } from "../backend/rows";
import * as kinds from "../options/kinds";
import { checkRandomState, type RandomState, randomState } from "../random";
import { rowArguments, type TrainTestParts } from "./row_arguments";
import { splitSizes } from "./split_sizes";
import { stratifiedRows } from "./stratified";

export type { PartOf, TrainTestParts } from "./row_arguments";

/** How {@link trainTestSplit} divides the rows. */
export interface TrainTestSplitOptions {
  /** The test part: a fraction of the rows, or how many. Default what `trainSize` leaves, and 0.25 if neither is given. */
  readonly testSize?: number;
  /** The training part: a fraction of the rows, or how many. Default what `testSize` leaves. */
  readonly trainSize?: number;
  /** A seed or a generator. Default the shared generator, which `keras.utils.setRandomSeed` seeds. */
  readonly randomState?: number | RandomState | null;
  /** Whether to shuffle the rows first. Default true. */
  readonly shuffle?: boolean;
  /** Labels, one for each row, whose proportions both parts keep. Default none. */
  readonly stratify?: Rows | null;
}

const optionKinds: kinds.KindsOf<TrainTestSplitOptions> = {
  testSize: kinds.readElsewhere,
  trainSize: kinds.readElsewhere,
  randomState,
  shuffle: kinds.boolean,
  stratify: { expected: "labels, one for each row, or null", accepts: (value) => value === null || isRows(value) },
};

const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, i) => from + i);

function chooseRows(rows: number, options: TrainTestSplitOptions): [Int32Array, Int32Array] {
  const sizes = splitSizes(rows, options.testSize, options.trainSize);
  const labels = options.stratify ?? undefined;
  if (options.shuffle === false) {
    if (labels !== undefined)
      throw new TypeError("trainTestSplit() cannot stratify without shuffling. Remove shuffle: false.");
    return [range(0, sizes.train), range(sizes.train, sizes.train + sizes.test)];
  }
  const random = checkRandomState(options.randomState);
  if (labels !== undefined) {
    if (rowCount(labels) !== rows) {
      throw new RangeError(`stratify expected ${rows} labels, one for each row, but found ${rowCount(labels)}.`);
    }
    return stratifiedRows(labels, sizes, random);
  }
  const order = random.permutation(rows);
  return [order.subarray(sizes.test, sizes.test + sizes.train), order.subarray(0, sizes.test)];
}

/**
 * Splits data at random into a training part and a test part: scikit-learn's `train_test_split`, with the same
 * rows for the same `randomState`.
 *
 * @param data tensors, arrays or typed arrays with the same number of rows each, then the options
 * @returns the training and the test part of each, in the order of the arguments and of the same kind
 * @throws RangeError if the numbers of rows differ, or a part would be empty
 * @example
 * ```ts
 * import { trainTestSplit } from "tskeras";
 *
 * const x = [[1], [2], [3], [4], [5]];
 * const y = ["a", "b", "c", "d", "e"];
 * const [xTrain, xTest, yTrain, yTest] = trainTestSplit(x, y, { testSize: 0.4, randomState: 42 });
 * yTest // [ 'b', 'e' ]
 * ```
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.model_selection.train_test_split.html
 */
export function trainTestSplit<A extends readonly Rows[]>(...data: [...A, TrainTestSplitOptions]): TrainTestParts<A>;
export function trainTestSplit<A extends readonly Rows[]>(...data: A): TrainTestParts<A>;
export function trainTestSplit(...data: (Rows | TrainTestSplitOptions)[]): Rows[] {
  const { arrays, options, rows } = rowArguments<TrainTestSplitOptions>("trainTestSplit()", data, optionKinds);
  const [train, test] = chooseRows(rows, options);
  return arrays.flatMap((array) => [takeRows(array, train), takeRows(array, test)]);
}
