import * as tf from "@tensorflow/tfjs-core";
import { checkChartOptions } from "./chart_options";
import type { VegaLiteFigure } from "./figure";
import { heatmap } from "./heatmap";
import { toNumbers, type Values } from "./values";

/** Class numbers, or a tensor of shape `[n, classes]` with probabilities or one-hot rows. */
export type Labels = Values;

/** Class numbers out of labels in either form. */
export function classesOf(where: string, name: string, labels: unknown): number[] {
  const wide = labels instanceof tf.Tensor && labels.rank === 2 && (labels.shape[1] ?? 0) > 1;
  const numbers = wide
    ? Array.from(tf.tidy(() => tf.argMax(labels as tf.Tensor2D, -1).dataSync()))
    : toNumbers(where, name, labels);
  const odd = numbers.find((number) => !Number.isInteger(number) || number < 0);
  if (odd !== undefined) {
    throw new RangeError(
      `${where} expects class numbers 0, 1, 2 … in ${name} but found ${odd}. Take argMax(-1) of probabilities.`,
    );
  }
  return numbers;
}

/**
 * Counts which class was taken for which, and draws it: a row for each true class, a column for each predicted one.
 *
 * @param yTrue class numbers, or one-hot rows
 * @param yPred as many class numbers, or rows of probabilities as `predict` returns
 * @param options `classes`, their names; `normalize`, shares of each row instead of counts, default false; `title`; `cmap`
 * @throws RangeError if the lengths differ or something is no class number
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.metrics.confusion_matrix.html
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * keras.charts.confusionMatrix([0, 1, 1, 2], [0, 1, 2, 2], { classes: ["티셔츠", "바지", "가방"] })
 * ```
 */
export function confusionMatrix(
  yTrue: Labels,
  yPred: Labels,
  options: {
    readonly classes?: readonly string[];
    readonly normalize?: boolean;
    readonly title?: string;
    readonly cmap?: string;
  } = {},
): VegaLiteFigure {
  checkChartOptions("confusionMatrix()", options, ["classes", "normalize", "title", "cmap"]);
  const truth = classesOf("confusionMatrix()", "yTrue", yTrue);
  const guesses = classesOf("confusionMatrix()", "yPred", yPred);
  if (truth.length !== guesses.length || truth.length === 0) {
    throw new RangeError(
      `confusionMatrix() expects as many yTrue as yPred, and some, but found ${truth.length} and ${guesses.length}.`,
    );
  }
  const found = 1 + truth.concat(guesses).reduce((most, label) => Math.max(most, label), 0);
  const { classes, normalize = false, title = "confusion matrix", cmap = "Blues" } = options;
  if (classes && classes.length < found) {
    throw new RangeError(`confusionMatrix() expects names for ${found} classes but found ${classes.length}.`);
  }
  const count = classes?.length ?? found;
  const matrix = Array.from({ length: count }, () => new Array<number>(count).fill(0));
  truth.forEach((label, index) => {
    const row = matrix[label];
    const guess = guesses[index];
    if (row && guess !== undefined) row[guess] = (row[guess] ?? 0) + 1;
  });
  const shown = normalize ? matrix.map(shares) : matrix;
  const names = classes ? { xticklabels: classes, yticklabels: classes } : {};
  return heatmap(shown, { title, cmap, annot: true, xlabel: "predicted", ylabel: "true", vmin: 0, size: 44, ...names });
}

function shares(row: readonly number[]): number[] {
  const sum = row.reduce((total, count) => total + count, 0);
  return row.map((count) => (sum === 0 ? 0 : count / sum));
}
