import * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../options/kinds";
import { describe } from "../options/options";
import { checkChartOptions } from "./chart_options";
import { classesOf, type Labels } from "./confusion_matrix";
import { drawGrid, type ImageFigure, type ImageOptions, imageKinds } from "./image_grid";
import type { Images } from "./images";

export interface PredictionsOptions extends ImageOptions {
  /** The true classes, as class numbers or one-hot rows; labels are then green or red. Default: unknown, labels are black. */
  readonly yTrue?: Labels;
  /** Names of the classes. Default 0, 1, 2 … */
  readonly classes?: readonly string[];
  /** Images in a row. Default 5. */
  readonly ncols?: number;
}

const predictionsKinds: kinds.KindsOf<PredictionsOptions> = {
  ...imageKinds,
  yTrue: kinds.readElsewhere,
  classes: kinds.list,
  ncols: kinds.count,
};

/**
 * Shows images with the class that a model predicts and its probability, green if right and red if wrong.
 *
 * @param images shape `[n, height, width]` or with channels
 * @param probabilities shape `[n, classes]`, as `predict` returns them
 * @param options see {@link PredictionsOptions}; `scale` defaults to 4, `cmap` to `"gray_r"`
 * @throws RangeError if the numbers of images, rows and labels differ
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 *
 * const probabilities = tf.tensor2d([[0.9, 0.1], [0.4, 0.6]]);
 * keras.charts.predictions(tf.zeros([2, 28, 28]), probabilities, { yTrue: [0, 0], classes: ["티셔츠", "바지"] })
 * ```
 */
export function predictions(images: Images, probabilities: tf.Tensor, options: PredictionsOptions = {}): ImageFigure {
  checkChartOptions("predictions()", options, predictionsKinds);
  if (!(probabilities instanceof tf.Tensor) || probabilities.rank !== 2) {
    throw new TypeError(
      `predictions() expected probabilities of shape [n, classes] but found ${describe(probabilities)}.`,
    );
  }
  const { yTrue, classes, ...how } = options;
  const guesses = classesOf("predictions()", "probabilities", probabilities);
  const best = Array.from(tf.tidy(() => tf.max(probabilities, -1).dataSync()));
  if (!best.every(Number.isFinite)) {
    throw new RangeError(
      "predictions() found NaN among the probabilities: the model's weights are not numbers anymore.",
    );
  }
  const truth = yTrue === undefined ? undefined : classesOf("predictions()", "yTrue", yTrue);
  if (truth && truth.length !== guesses.length) {
    throw new RangeError(
      `predictions() expected as many yTrue as rows but found ${truth.length} and ${guesses.length}.`,
    );
  }
  const name = (label: number | undefined) => (label === undefined ? "" : (classes?.[label] ?? String(label)));
  const labels = guesses.map((guess, index) => {
    const sure = `${name(guess)} ${Math.round(100 * best[index]!)}%`;
    return truth && truth[index] !== guess ? `${sure} (${name(truth[index])})` : sure;
  });
  const labelColors = guesses.map((guess, index) =>
    !truth ? "black" : truth[index] === guess ? "green" : "firebrick",
  );
  return drawGrid("predictions()", images, { ncols: 5, scale: 4, cmap: "gray_r", ...how, labels, labelColors });
}
