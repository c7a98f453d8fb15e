import { Axes, type ChartOptions } from "./axes";
import type { HistOptions, PlotArguments, SeriesOptions } from "./series";
import type { Values } from "./values";

/**
 * An empty chart to draw on.
 *
 * @param options title, axis labels, limits, scales and size; see {@link ChartOptions}
 * @returns a chart whose methods `plot`, `scatter`, `bar`, `hist` and `axhline` add to it
 * @throws TypeError for an option that does not exist
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * keras.charts.figure({ title: "훈련 손실", xlabel: "epoch" })
 *   .plot([1, 2, 3], [0.9, 0.6, 0.5], "bo", { label: "training" })
 *   .plot([1, 2, 3], [0.8, 0.7, 0.6], "b-", { label: "validation" })
 * ```
 */
export function figure(options?: ChartOptions): Axes {
  return new Axes(options);
}

/**
 * Draws a line, or what a format string says: `plot(y)`, `plot(x, y)`, `plot(x, y, "r--", { label: "loss" })`.
 *
 * @param args numbers of x (default 0, 1, 2 …) and y, as arrays or tensors of one dimension; then pyplot's format string
 *   (color, marker, line: `"bo"`; default a line); then options
 * @returns the chart, to draw more on: `plot(…).plot(…).title("…")`; values that are not finite leave gaps
 * @throws RangeError if x and y differ in length, if there are no finite values, or for an unknown format
 * @see https://matplotlib.org/stable/api/_as_gen/matplotlib.pyplot.plot.html
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * keras.charts.plot([1, 4, 9, 16], "g^:").describe() // "Figure: chart of 2 series"
 * ```
 */
export function plot(...args: PlotArguments): Axes {
  return new Axes().plot(...args);
}

/**
 * Draws points.
 *
 * @param x as many numbers as `y`
 * @param y numbers; those that are not finite are left out
 * @param options `label`, default not listed; `color`, default the next of ten; `alpha`, default 0.7
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * keras.charts.scatter([1, 2, 3], [2, 4, 5], { color: "crimson" })
 * ```
 */
export function scatter(x: Values, y: Values, options?: SeriesOptions): Axes {
  return new Axes().scatter(x, y, options);
}

/**
 * Draws bars from zero.
 *
 * @param x names or numbers, one for each bar
 * @param height as many numbers
 * @param options `label`, default not listed; `color`, default the next of ten; `alpha`, default 1
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * keras.charts.bar(["SGD", "Adam"], [0.85, 0.87]).ylim(0.8, 0.9)
 * ```
 */
export function bar(x: readonly string[] | Values, height: Values, options?: SeriesOptions): Axes {
  return new Axes().bar(x, height, options);
}

/**
 * Draws how often values fall into bins of equal width, counted as `numpy.histogram` counts.
 *
 * @param values numbers; those that are not finite are left out
 * @param options `bins`, default 10; `label`, `color` and `alpha` as for {@link bar}
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 *
 * keras.charts.hist(tf.randomNormal([1000]), { bins: 20 })
 * ```
 */
export function hist(values: Values, options?: HistOptions): Axes {
  return new Axes().hist(values, options);
}
