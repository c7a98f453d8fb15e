import { describe } from "../options/options";
import { Axes } from "./axes";
import { checkChartOptions } from "./chart_options";
import { VegaLiteFigure } from "./figure";
import type { VegaLiteSpec } from "./vega_lite";

/**
 * Puts charts side by side. Those that were given no size are as wide as a notebook has room for in a row.
 *
 * @param charts what `plot`, `hist`, `heatmap`, `history.plot()` and their like returned
 * @param options `ncols`, charts in a row, default 2; `title` above all
 * @returns one figure
 * @throws TypeError for something that is no Vega-Lite chart of ours; RangeError for no charts
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
  checkChartOptions("subplots()", options, ["ncols", "title"]);
  const { ncols = 2, title } = options;
  if (!Array.isArray(charts) || charts.length === 0) throw new RangeError("subplots() expects a list of charts.");
  if (!Number.isInteger(ncols) || ncols < 1) throw new RangeError(`subplots() expects ncols ≥ 1 but found ${ncols}.`);
  const size = sizeBeside(Math.min(ncols, charts.length));
  const specs = charts.map((chart): VegaLiteSpec => {
    if (!(chart instanceof Axes) && !(chart instanceof VegaLiteFigure)) {
      throw new TypeError(`subplots() expects charts such as plot(y) returns but found ${describe(chart)}.`);
    }
    const { $schema: _schema, config: _config, ...spec } = chart instanceof Axes ? chart.specOf(...size) : chart.spec;
    return spec;
  });
  const rows: VegaLiteSpec[] = [];
  // Charts share no scale and no legend: each is the figure it was.
  const resolve = { scale: { color: "independent" } };
  for (let at = 0; at < specs.length; at += ncols) rows.push({ hconcat: specs.slice(at, at + ncols), resolve });
  const spec = { vconcat: rows, resolve };
  return new VegaLiteFigure(title === undefined ? spec : { title: { text: title, anchor: "middle" }, ...spec });
}

/** Width and height of a chart of ours of so many in a row, in 720 pixels with what stands beside each. */
function sizeBeside(ncols: number): [width: number, height: number] {
  const width = Math.max(100, Math.min(440, Math.floor(720 / ncols) - 60));
  return [width, Math.round(Math.max(0.64 * width, Math.min(200, width)))];
}
