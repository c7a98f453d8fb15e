import * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../options/kinds";
import { checkChartOptions, text } from "./chart_options";
import type { VegaLiteFigure } from "./figure";
import { heatmap } from "./heatmap";
import { toNumbers, type Values } from "./values";

/** Class numbers, or a tensor of shape `[n, classes]` with probabilities or one-hot rows. */
export type Labels = Values;

export interface ConfusionMatrixOptions {
  /** Names of the classes, at least one for each class number. Default 0, 1, 2 … */
  readonly classes?: readonly string[];
  /** Whether cells show shares of their row instead of counts. Default false. */
  readonly normalize?: boolean;
  /** Above the chart. Default `"confusion matrix"`. */
  readonly title?: string;
  /** matplotlib's name of a color map, which begins at 0. Default `"Blues"`. */
  readonly cmap?: string;
}

const confusionMatrixKinds: kinds.KindsOf<ConfusionMatrixOptions> = {
  classes: kinds.list,
  normalize: kinds.boolean,
  title: text,
  cmap: text,
};

/** Class numbers from labels in either form. */
export function classesOf(where: string, name: string, labels: unknown): number[] {
  const wide = labels instanceof tf.Tensor && labels.rank === 2 && (labels.shape[1] ?? 0) > 1;
  const numbers = wide
    ? Array.from(tf.tidy(() => tf.argMax(labels as tf.Tensor2D, -1).dataSync()))
    : toNumbers(where, name, labels);
  const odd = numbers.find((number) => !Number.isInteger(number) || number < 0);
  if (odd !== undefined) {
    throw new RangeError(
      `${where} expected class numbers 0, 1, 2 … in ${name} but found ${odd}. Take argMax(-1) of probabilities.`,
    );
  }
  return numbers;
}

/**
 * Counts which class was taken for which, and draws it: a row for each true class, a column for each predicted one.
 *
 * @param yTrue class numbers, or one-hot rows
 * @param yPred as many class numbers, or rows of probabilities as `predict` returns
 * @param options see {@link ConfusionMatrixOptions}
 * @throws RangeError if the lengths differ or a label is no class number
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.metrics.confusion_matrix.html
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * keras.charts.confusionMatrix([0, 1, 1, 2], [0, 1, 2, 2], { classes: ["티셔츠", "바지", "가방"] })
 * ```
 */
export function confusionMatrix(yTrue: Labels, yPred: Labels, options: ConfusionMatrixOptions = {}): VegaLiteFigure {
  checkChartOptions("confusionMatrix()", options, confusionMatrixKinds);
  const truth = classesOf("confusionMatrix()", "yTrue", yTrue);
  const guesses = classesOf("confusionMatrix()", "yPred", yPred);
  if (truth.length !== guesses.length || truth.length === 0) {
    throw new RangeError(
      `confusionMatrix() expected as many yTrue as yPred, and some, but found ${truth.length} and ${guesses.length}.`,
    );
  }
  const found = 1 + truth.concat(guesses).reduce((most, label) => Math.max(most, label), 0);
  const { classes, normalize = false, title = "confusion matrix", cmap = "Blues" } = options;
  if (classes && classes.length < found) {
    throw new RangeError(`confusionMatrix() expected names for ${found} classes but found ${classes.length}.`);
  }
  const count = classes?.length ?? found;
  const matrix = Array.from({ length: count }, () => new Array<number>(count).fill(0));
  truth.forEach((label, index) => {
    matrix[label]![guesses[index]!]! += 1;
  });
  const shown = normalize ? matrix.map(shares) : matrix;
  const names = classes ? { xticklabels: classes, yticklabels: classes } : {};
  return heatmap(shown, { title, cmap, annot: true, xlabel: "predicted", ylabel: "true", vmin: 0, size: 44, ...names });
}

function shares(row: readonly number[]): number[] {
  const sum = row.reduce((total, count) => total + count, 0);
  return row.map((count) => (sum === 0 ? 0 : count / sum));
}
