import * as kinds from "../options/kinds";
import { checkChartOptions, text } from "./chart_options";
import { extent, toNumbers, type Values } from "./values";

/** Options of one series. */
export interface SeriesOptions {
  /** Its name in the legend. Default: not listed. */
  readonly label?: string;
  /** Any CSS color; overrides that of a format string. Default: the next of matplotlib's ten, gray for `axhline`. */
  readonly color?: string;
  /** Opacity, from 0 (invisible) to 1. Default 1; 0.7 for points. */
  readonly alpha?: number;
}

export interface HistOptions extends SeriesOptions {
  /** How many bins of equal width between the least and the greatest value. Default 10. */
  readonly bins?: number;
}

export const seriesKinds: kinds.KindsOf<SeriesOptions> = { label: text, color: text, alpha: kinds.share };
export const histKinds: kinds.KindsOf<HistOptions> = {
  ...seriesKinds,
  bins: { ...kinds.count, expected: "the number of bins as a whole number of 1 or more" },
};

export type Fields = { readonly [name: string]: unknown };

/** A point of a series, as Vega-Lite takes it. */
export type Point = { readonly x: number | string | null; readonly y: number | null };

/** What one call draws on axes. */
export interface Series {
  readonly label: string | undefined;
  readonly color: string;
  readonly mark: Fields;
  readonly values: readonly Fields[];
  readonly encoding: Fields;
}

/** `(y)`, `(x, y)`, each followed by a format string, options, or both. */
export type PlotArguments =
  | [y: Values, format?: string | SeriesOptions, options?: SeriesOptions]
  | [x: Values, y: Values, format?: string | SeriesOptions, options?: SeriesOptions];

/** Tells x, y, format and options apart, and checks them. */
export function plotArguments(where: string, args: PlotArguments) {
  const isSeries = (value: unknown) =>
    typeof value === "object" && value !== null && ("length" in value || "dataSync" in value);
  const [first, second, ...others] = args as readonly unknown[];
  const both = isSeries(second);
  const words = both ? others : [second, ...others];
  const format = words.find((word) => typeof word === "string") ?? "";
  const options = words.find((word) => typeof word === "object") ?? {};
  checkChartOptions<SeriesOptions>(where, options, seriesKinds);
  return {
    x: both ? toNumbers(where, "x", first) : undefined,
    y: toNumbers(where, "y", both ? second : first),
    format: format as string,
    options: options as SeriesOptions,
  };
}

/** Throws a RangeError for lists of different lengths, or without a finite point. */
export function checkPoints(where: string, x: readonly (number | string)[], y: readonly number[]): void {
  const { length } = y;
  if (x.length !== length)
    throw new RangeError(`${where} expected as many x as y but found ${x.length} and ${length}.`);
  if (length === 0) throw new RangeError(`${where} found no data: the arrays are empty.`);
  const finite = (value: unknown) => typeof value === "string" || Number.isFinite(value);
  if (y.some((value, index) => finite(value) && finite(x[index]))) return;
  throw new RangeError(`${where} found no finite number among ${length} values.`);
}

/** `numpy.histogram`: equal bins between the least and the greatest value; the last bin includes its right edge. */
export function histogram(values: readonly number[], bins: number) {
  if (values.length === 0) throw new RangeError("hist() found no finite number.");
  let [least, greatest] = extent(values);
  if (least === greatest) [least, greatest] = [least - 0.5, greatest + 0.5];
  const width = (greatest - least) / bins;
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = Math.min(Math.floor((value - least) / width), bins - 1);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map((y, bin) => ({ x: least + bin * width, x2: least + (bin + 1) * width, y }));
}

/**
 * Fewer points through which a line paints the same pixels: the first, last, least and greatest of each column of pixels.
 * Points that are few, or not in the order of x, are returned as they are.
 *
 * @param columns how many pixels the points are spread over
 * @see Jugel et al., "M4: A Visualization-Oriented Time Series Data Aggregation", VLDB 2014
 */
export function thinLine(points: readonly Point[], columns: number): readonly Point[] {
  if (points.length <= 4 * columns) return points;
  const first = points[0]?.x;
  const last = points.at(-1)?.x;
  if (typeof first !== "number" || typeof last !== "number" || last <= first) return points;
  const kept = new Set<number>();
  const columnEnds = new Map<number, { last: number; least: number; greatest: number }>();
  let before = first;
  for (const [index, { x, y }] of points.entries()) {
    if (typeof x !== "number" || x < before) return points;
    before = x;
    const column = Math.floor(((x - first) / (last - first)) * columns);
    const ends = columnEnds.get(column);
    if (y === null)
      kept.add(index); // a gap stays a gap
    else if (!ends) {
      kept.add(index);
      columnEnds.set(column, { last: index, least: index, greatest: index });
    } else {
      ends.last = index;
      if (y < points[ends.least]!.y!) ends.least = index;
      if (y > points[ends.greatest]!.y!) ends.greatest = index;
    }
  }
  for (const ends of columnEnds.values()) for (const index of Object.values(ends)) kept.add(index);
  return points.filter((_, index) => kept.has(index));
}
