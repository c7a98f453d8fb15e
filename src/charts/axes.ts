import * as kinds from "../options/kinds";
import { describe } from "../options/options";
import { categoryAxis } from "./category_axis";
import { checkChartOptions, figureKinds, limits, titleKinds } from "./chart_options";
import { SpecFigure } from "./figure";
import { parseFormat } from "./format_string";
import { legendSymbols } from "./legend_symbols";
import {
  checkPoints,
  type Fields,
  type HistOptions,
  histKinds,
  histogram,
  type PlotArguments,
  type Point,
  plotArguments,
  type Series,
  type SeriesOptions,
  seriesKinds,
  thinLine,
} from "./series";
import { orGap, toNumbers, type Values } from "./values";
import { nthColor, palette, type VegaLiteSpec, withDefaults } from "./vega_lite";

/** Options of a whole chart. */
export interface ChartOptions {
  /** Above the chart; a second line counts the values that are not finite. Default none. */
  readonly title?: string;
  /** Under the x axis. Default none. */
  readonly xlabel?: string;
  /** Beside the y axis. Default none. */
  readonly ylabel?: string;
  /** `[least, greatest]` of the x axis, which cuts off what lies outside. Default: what the data need. */
  readonly xlim?: readonly [number, number];
  /** `[least, greatest]` of the y axis, which cuts off what lies outside. Default: what the data need; bars begin at 0. */
  readonly ylim?: readonly [number, number];
  /** Ignored for bars with names. With `"log"` an x of 0 or less is an error; `"symlog"` takes any. Default `"linear"`. */
  readonly xscale?: Scale;
  /** With `"log"` a y of 0 or less is an error; `"symlog"` takes any. Default `"linear"`. */
  readonly yscale?: Scale;
  /** Whether series with a `label` are listed. Default true. */
  readonly legend?: boolean;
  /** Of the plotting area, in pixels. Default 440; less beside other charts in `subplots`. */
  readonly width?: number;
  /** Of the plotting area, in pixels. Default 280; less beside other charts in `subplots`. */
  readonly height?: number;
}

export type Scale = "linear" | "log" | "symlog";

const scaleKind = kinds.oneOf("linear", "log", "symlog");
const chartKinds: kinds.KindsOf<ChartOptions> = {
  ...figureKinds,
  ...titleKinds,
  xlim: limits,
  ylim: limits,
  xscale: scaleKind,
  yscale: scaleKind,
  legend: kinds.boolean,
};

/**
 * One pair of axes and what is drawn on them, in pyplot's words. Each method adds to the chart and returns it; nothing
 * is global. A cell shows it as its value.
 */
export class Axes extends SpecFigure {
  readonly #series: Series[] = [];
  #options: ChartOptions;
  #xType: "quantitative" | "nominal" = "quantitative";
  #wholeX = true;
  #gaps = 0;

  constructor(options: ChartOptions = {}) {
    super();
    checkChartOptions("figure()", options, chartKinds);
    this.#options = { ...options };
  }

  /** A line, or what the format string says: `plot(y)`, `plot(x, y)`, `plot(x, y, "bo", { label })`. */
  plot(...args: PlotArguments): this {
    const { x, y, format, options } = plotArguments("plot()", args);
    const style = parseFormat(format, palette);
    const points = this.#points("plot()", x, y);
    const series = { ...options, color: options.color ?? style.color ?? this.#nextColor() };
    if (style.dash)
      this.#add({ type: "line", ...(style.dash.length > 0 && { strokeDash: style.dash }) }, points, series);
    if (style.marker !== undefined) {
      const mark = { type: "point", shape: style.marker, filled: !style.marker.startsWith("M") };
      this.#add(mark, points, style.dash ? { ...series, label: undefined } : series);
    }
    return this;
  }

  /** Points: `scatter(x, y, { label })`. */
  scatter(x: Values, y: Values, options: SeriesOptions = {}): this {
    checkChartOptions("scatter()", options, seriesKinds);
    const points = this.#points("scatter()", toNumbers("scatter()", "x", x), toNumbers("scatter()", "y", y));
    return this.#add({ type: "point", filled: true }, points, options);
  }

  /** Bars from zero: `bar(["SGD", "Adam"], [0.85, 0.87])`. */
  bar(x: readonly string[] | Values, height: Values, options: SeriesOptions = {}): this {
    checkChartOptions("bar()", options, seriesKinds);
    const y = toNumbers("bar()", "height", height);
    if (!Array.isArray(x) || typeof x[0] !== "string")
      return this.#add({ type: "bar" }, this.#points("bar()", toNumbers("bar()", "x", x), y), options);
    checkPoints("bar()", x, y);
    this.#xType = "nominal";
    const bars = y.map((value, i) => ({ x: String(x[i]), y: orGap(value) }));
    return this.#add({ type: "bar" }, bars, options);
  }

  /** How often values fall into equal bins, as `numpy.histogram` counts: `hist(values, { bins: 10 })`. */
  hist(values: Values, options: HistOptions = {}): this {
    checkChartOptions("hist()", options, histKinds);
    const numbers = toNumbers("hist()", "values", values).filter(Number.isFinite);
    const encoding = { x2: { field: "x2" }, y2: { datum: 0 } };
    return this.#add({ type: "bar", binSpacing: 0.5 }, histogram(numbers, options.bins ?? 10), options, encoding);
  }

  /** A dashed horizontal line through the whole chart. */
  axhline(y: number, options: SeriesOptions = {}): this {
    checkChartOptions("axhline()", options, seriesKinds);
    if (!Number.isFinite(y)) throw new TypeError(`axhline() expected a finite number but found ${describe(y)}.`);
    return this.#add(
      { type: "rule", strokeDash: [4, 4] },
      [{ y }],
      { ...options, color: options.color ?? "gray" },
      { x: undefined },
    );
  }

  title(title: string): this {
    return this.#set({ title });
  }

  xlabel(xlabel: string): this {
    return this.#set({ xlabel });
  }

  ylabel(ylabel: string): this {
    return this.#set({ ylabel });
  }

  xlim(least: number, greatest: number): this {
    return this.#set({ xlim: [least, greatest] });
  }

  ylim(least: number, greatest: number): this {
    return this.#set({ ylim: [least, greatest] });
  }

  /** Lists the series that have a label (the default), or hides the list. */
  legend(shown = true): this {
    return this.#set({ legend: shown });
  }

  #set(options: ChartOptions): this {
    this.#options = { ...this.#options, ...options };
    return this;
  }

  /** The chart as a Vega-Lite specification, a new one at each call. */
  override get spec(): VegaLiteSpec {
    return this.specOf(440, 280);
  }

  /** The same, of this size unless the options give one. */
  specOf(usualWidth: number, usualHeight: number): VegaLiteSpec {
    const { title, width = usualWidth, height = usualHeight } = this.#options;
    checkChartOptions("figure()", this.#options, chartKinds);
    if (this.#series.length === 0) throw new Error("This chart is empty. Draw on it first: figure.plot(x, y).");
    return withDefaults({
      ...(title !== undefined && { title: this.#title(title) }),
      width,
      height,
      layer: this.#series.map((series) => this.#layer(series, width)),
    });
  }

  #layer(series: Series, width: number): VegaLiteSpec {
    this.#checkLogarithms(series.values);
    const clip = this.#options.xlim !== undefined || this.#options.ylim !== undefined;
    const thinned = series.mark["type"] === "line" && (this.#options.xscale ?? "linear") === "linear";
    return {
      data: { values: thinned ? thinLine(series.values as readonly Point[], width) : series.values },
      mark: { ...series.mark, clip, ...(series.label === undefined && { color: series.color }) },
      encoding: this.#encoding(series, width),
    };
  }

  override describe(): string {
    const names = this.#series.flatMap(({ label }) => label ?? []);
    return `Figure: ${this.#options.title ?? `chart of ${this.#series.length} series`}${names.length ? ` (${names.join(", ")})` : ""}`;
  }

  #checkLogarithms(values: readonly Fields[]): void {
    for (const axis of ["x", "y"] as const) {
      if (this.#options[`${axis}scale`] !== "log") continue;
      const odd = values.find((point) => Number(point[axis] ?? 1) <= 0)?.[axis];
      if (odd === undefined) continue;
      throw new RangeError(
        `A logarithmic ${axis} axis has no place for ${odd}. Use ${axis}scale: "symlog", or leave out values of 0 or less.`,
      );
    }
  }

  #title(text: string) {
    const gaps = this.#gaps === 1 ? "1 value is" : `${this.#gaps} values are`;
    return this.#gaps > 0 ? { text, subtitle: `${gaps} not finite` } : text;
  }

  #nextColor(): string {
    return nthColor(new Set(this.#series.map(({ color }) => color)).size);
  }

  #points(where: string, x: readonly number[] | undefined, y: readonly number[]) {
    const along = x ?? [...y.keys()];
    checkPoints(where, along, y);
    this.#gaps += y.filter((value) => !Number.isFinite(value)).length;
    this.#wholeX &&= along.every(Number.isInteger);
    return y.map((value, index) => ({ x: orGap(along[index]), y: orGap(value) }));
  }

  #add(
    mark: Fields,
    values: readonly Fields[],
    { label, alpha, color = this.#nextColor() }: { -readonly [K in keyof SeriesOptions]: SeriesOptions[K] | undefined },
    encoding: Fields = {},
  ): this {
    this.#series.push({
      label,
      color,
      mark: { ...mark, ...(alpha !== undefined && { opacity: alpha }) },
      values,
      encoding,
    });
    return this;
  }

  #encoding(series: Series, width: number) {
    const { xlabel, ylabel, xlim, ylim, xscale = "linear", yscale = "linear" } = this.#options;
    const zero = this.#series.some(({ mark }) => mark["type"] === "bar");
    const names = () => new Set(this.#series.flatMap(({ values }) => values.map((value) => String(value["x"]))));
    const xAxis =
      this.#xType === "nominal"
        ? { sort: null, axis: categoryAxis([...names()], width) }
        : { scale: scale(xscale, xlim, false), ...(this.#wholeX && { axis: { tickMinStep: 1 } }) };
    const x = { field: "x", type: this.#xType, title: xlabel ?? null, ...xAxis };
    const y = { field: "y", type: "quantitative", title: ylabel ?? null, scale: scale(yscale, ylim, zero) };
    return { x, y, ...series.encoding, ...(series.label !== undefined && { color: this.#legendColor(series.label) }) };
  }

  /** All labeled series share one scale, so that the legend lists them once, in the order they were drawn. */
  #legendColor(label: string) {
    const named = new Map(this.#series.flatMap((one) => (one.label === undefined ? [] : [[one.label, one.color]])));
    const legend = this.#options.legend === false ? null : { title: null, ...legendSymbols(this.#series) };
    return { datum: label, type: "nominal", scale: { domain: [...named.keys()], range: [...named.values()] }, legend };
  }
}

function scale(type: Scale, domain: readonly [number, number] | undefined, zero: boolean) {
  return { type, ...(domain ? { domain } : type === "linear" && { zero }) };
}
