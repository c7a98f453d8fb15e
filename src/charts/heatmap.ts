import { rgb } from "d3-color";
import * as kinds from "../options/kinds";
import { checkChartOptions, colorKinds, pixels, titleKinds } from "./chart_options";
import { cssColors } from "./colormap";
import { VegaLiteFigure } from "./figure";
import { extent, type Grid, orGap, toRows } from "./values";

export interface HeatmapOptions {
  /** Names of the columns, one for each. Default 0, 1, 2 … */
  readonly xticklabels?: readonly unknown[];
  /** Names of the rows, one for each. Default 0, 1, 2 … */
  readonly yticklabels?: readonly unknown[];
  /** Above the chart. Default none. */
  readonly title?: string;
  /** Under the x axis. Default none. */
  readonly xlabel?: string;
  /** Beside the y axis. Default none. */
  readonly ylabel?: string;
  /** matplotlib's name of a color map. Default `"viridis"`. */
  readonly cmap?: string;
  /** The value of the first color, which lesser values have as well. Default: the least. */
  readonly vmin?: number;
  /** The value of the last color, which greater values have as well; not less than `vmin`. Default: the greatest. */
  readonly vmax?: number;
  /** Whether each cell shows its value; the chart then has no legend of colors. Default false. */
  readonly annot?: boolean;
  /** Of a cell, in pixels. Default: what fits in 400, from 4 (34 with `annot`) to 40. */
  readonly size?: number;
}

const heatmapKinds: kinds.KindsOf<HeatmapOptions> = {
  ...titleKinds,
  ...colorKinds,
  xticklabels: kinds.list,
  yticklabels: kinds.list,
  annot: kinds.boolean,
  size: pixels,
};
const mostCells = 10_000;

/**
 * Draws a matrix as colored cells, in seaborn's words.
 *
 * @param matrix rows of equal length, or a tensor of shape `[rows, columns]`; at most 10,000 cells
 * @param options see {@link HeatmapOptions}
 * @returns a figure; cells that are not finite stay empty
 * @throws RangeError for an unknown color map, too many cells, or labels that are too many or too few
 * @see https://seaborn.pydata.org/generated/seaborn.heatmap.html
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * keras.charts.heatmap([[1, 2], [3, 4]], { annot: true, yticklabels: ["가", "나"] })
 * ```
 */
export function heatmap(matrix: Grid, options: HeatmapOptions = {}): VegaLiteFigure {
  checkChartOptions("heatmap()", options, heatmapKinds);
  const rows = toRows("heatmap()", matrix);
  const width = rows[0]?.length ?? 0;
  const cells = rows.length * width;
  if (cells === 0) throw new RangeError("heatmap() found no cells: the matrix is empty.");
  if (cells > mostCells) {
    throw new RangeError(
      `heatmap() draws at most ${mostCells} cells but found ${cells}. imshow() draws any matrix as an image.`,
    );
  }
  const { cmap = "viridis", annot = false, vmin, vmax } = options;
  const across = labels("xticklabels", options.xticklabels, width);
  const down = labels("yticklabels", options.yticklabels, rows.length);
  const values = rows.flatMap((row, r) => row.map((value, c) => ({ row: r, column: c, value: orGap(value) })));
  const finite = values.flatMap(({ value }) => value ?? []);
  if (finite.length === 0) throw new RangeError("heatmap() found no finite value.");
  const [least, greatest] = extent(finite);
  const [low, high] = [vmin ?? least, vmax ?? greatest];
  const size = options.size ?? Math.max(annot ? 34 : 4, Math.min(40, Math.floor(400 / Math.max(width, rows.length))));
  const axis = (title: string | undefined, texts: readonly string[]) => ({
    type: "ordinal",
    title: title ?? null,
    axis: { labelExpr: `${JSON.stringify(texts)}[datum.value]`, labelOverlap: true, labelAngle: 0 },
  });
  const x = { field: "column", ...axis(options.xlabel, across) };
  const y = { field: "row", ...axis(options.ylabel, down) };
  const scale = { domain: [low, high], range: cssColors(cmap), clamp: true };
  const color = { field: "value", type: "quantitative", scale, legend: annot ? null : { title: null } };
  const colored = { mark: { type: "rect", tooltip: { content: "data" } }, encoding: { color } };
  const { r, g, b } = rgb(cssColors(cmap)[0]!);
  const light = 0.3 * r + 0.59 * g + 0.11 * b > 128;
  const middle = (low + high) / 2;
  const written = {
    mark: { type: "text", fontSize: 11 },
    encoding: {
      text: { field: "value", type: "quantitative", format: finite.every(Number.isInteger) ? "d" : ".3~g" },
      color: { condition: { test: `datum.value ${light ? ">" : "<"} ${middle}`, value: "white" }, value: "black" },
    },
  };
  return new VegaLiteFigure({
    ...(options.title !== undefined && { title: options.title }),
    width: width * size,
    height: rows.length * size,
    data: { values },
    encoding: { x, y },
    layer: annot ? [colored, written] : [colored],
  });
}

function labels(option: string, given: readonly unknown[] | undefined, count: number): string[] {
  if (given && given.length !== count) {
    throw new RangeError(`heatmap() expected ${count} ${option} but found ${given.length}.`);
  }
  return Array.from({ length: count }, (_, index) => String(given?.[index] ?? index));
}
