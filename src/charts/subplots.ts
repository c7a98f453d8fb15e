import * as kinds from "../options/kinds";
import { describe } from "../options/options";
import { Axes } from "./axes";
import { checkChartOptions, text } from "./chart_options";
import { VegaLiteFigure } from "./figure";
import type { VegaLiteSpec } from "./vega_lite";

/**
 * Puts charts side by side. Those without a size of their own share the width of a notebook.
 *
 * @param charts what `plot`, `hist`, `heatmap`, `history.plot()` and so on returned
 * @param options `ncols`, charts in a row, default 2; `title` above all, default none
 * @returns one figure
 * @throws TypeError for something that is not such a chart; RangeError for no charts
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * const { plot, hist, subplots } = keras.charts;
 * subplots([plot([1, 2, 3]).title("line"), hist([1, 1, 2]).title("counts")], { ncols: 2 })
 * ```
 */
export function subplots(
  charts: readonly (Axes | VegaLiteFigure)[],
  options: { readonly ncols?: number; readonly title?: string } = {},
): VegaLiteFigure {
  checkChartOptions("subplots()", options, { ncols: kinds.count, title: text });
  const { ncols = 2, title } = options;
  if (!Array.isArray(charts) || charts.length === 0) throw new RangeError("subplots() expected a list of charts.");
  const size = sizeBeside(Math.min(ncols, charts.length));
  const specs = charts.map((chart): VegaLiteSpec => {
    if (!(chart instanceof Axes) && !(chart instanceof VegaLiteFigure)) {
      throw new TypeError(`subplots() expected charts such as plot(y) returns but found ${describe(chart)}.`);
    }
    const { $schema: _schema, config: _config, ...spec } = chart instanceof Axes ? chart.specOf(...size) : chart.spec;
    return spec;
  });
  const rows: VegaLiteSpec[] = [];
  // Charts keep their own colors and legends.
  const resolve = { scale: { color: "independent" } };
  for (let at = 0; at < specs.length; at += ncols) rows.push({ hconcat: specs.slice(at, at + ncols), resolve });
  const spec = { vconcat: rows, resolve };
  return new VegaLiteFigure(title === undefined ? spec : { title: { text: title, anchor: "middle" }, ...spec });
}

/** Width and height of each of `ncols` charts in a row of 720 pixels, their labels included. */
function sizeBeside(ncols: number): [width: number, height: number] {
  const width = Math.max(100, Math.min(440, Math.floor(720 / ncols) - 60));
  return [width, Math.round(Math.max(0.64 * width, Math.min(200, width)))];
}
