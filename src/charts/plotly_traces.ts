import * as tf from "@tensorflow/tfjs-core";
import { describe, didYouMean } from "../options/options";
import { fromTypedArray, isTypedArray, short } from "./values";

/**
 * A Plotly trace.
 *
 * @see https://plotly.com/javascript/reference/
 */
export interface PlotlyTrace {
  type?: string;
  [property: string]: unknown;
}

const traceTypes: readonly string[] = (
  "bar barpolar box candlestick carpet choropleth choroplethmap choroplethmapbox cone contour contourcarpet densitymap " +
  "densitymapbox funnel funnelarea heatmap histogram histogram2d histogram2dcontour icicle image indicator isosurface " +
  "mesh3d ohlc parcats parcoords pie sankey scatter scatter3d scattercarpet scattergeo scattergl scattermap " +
  "scattermapbox scatterpolar scatterpolargl scattersmith scatterternary splom streamtube sunburst surface table " +
  "treemap violin volume waterfall"
).split(" ");

/** Lists of one length within a trace. */
const together: readonly (readonly string[])[] = [
  ["x", "y", "z", "value", "u", "v", "w", "open", "high", "low", "close"],
  ["r", "theta"],
  ["lat", "lon"],
  ["locations", "z"],
  ["a", "b", "c"],
  ["real", "imag"],
  ["labels", "parents", "values"],
];
/** Properties that hold data. */
const drawn = new Set([
  ...together.flat(),
  ...["q1", "median", "q3", "dimensions", "header", "cells", "node", "link", "source", "ids", "delta", "gauge"],
]);

/**
 * Checks traces of a caller's own: for wrong ones Plotly silently draws nothing, or a part.
 *
 * @throws TypeError for anything but a list of traces; RangeError for a trace of an unknown type, without data, without a
 *   finite number, or with lists of different lengths
 */
export function checkTraces(data: unknown): asserts data is readonly PlotlyTrace[] {
  if (!Array.isArray(data) || data.some((trace) => typeof trace !== "object" || trace === null)) {
    throw new TypeError(
      `plotly() expected an array of traces like [{ type: "scatter", x, y }] but found ${describe(data)}.`,
    );
  }
  if (data.length === 0) throw new RangeError("plotly() found no trace: the array is empty.");
  for (const [index, trace] of (data as PlotlyTrace[]).entries()) {
    const { type = "scatter" } = trace;
    if (!traceTypes.includes(type)) {
      throw new RangeError(
        `plotly() knows no trace of type ${describe(type)}. ${didYouMean(String(type), traceTypes)}`,
      );
    }
    checkData(trace, `data[${index}] (${type})`);
  }
}

function checkData(trace: PlotlyTrace, where: string): void {
  const given = Object.entries(trace).filter(([name, value]) => drawn.has(name) && value !== undefined);
  if (given.length === 0) {
    throw new RangeError(`plotly() found nothing to draw in ${where}. Give it data, such as x and y.`);
  }
  const lists = new Map(given.flatMap(([name, value]) => (isList(value) ? [[name, toList(value)] as const] : [])));
  if (lists.size > 0 && lists.size === given.length && [...lists.values()].every((list) => list.length === 0)) {
    throw new RangeError(`plotly() found no data in ${where}: ${[...lists.keys()].join(" and ")} is empty.`);
  }
  for (const [name, list] of lists) {
    const numbers = list.flat();
    // Plotly's users make an entry of the legend alone with a list of null.
    if (!numbers.some((value) => typeof value === "number")) continue;
    if (numbers.every((value) => value === null || (typeof value === "number" && !Number.isFinite(value)))) {
      throw new RangeError(`plotly() found no finite number among ${numbers.length} values of ${name} in ${where}.`);
    }
  }
  if (!/carpet/.test(trace.type ?? "")) checkLengths(lists, where);
}

function checkLengths(lists: ReadonlyMap<string, readonly unknown[]>, where: string): void {
  const differ = (words: string) => {
    throw new RangeError(`plotly() expected as many values in each list of ${where} but found ${words}.`);
  };
  const flat = (name: string) => {
    const list = lists.get(name);
    return list?.some(isList) ? undefined : list;
  };
  const rows = lists.get("z");
  const [first] = rows ?? [];
  const matrix = isList(first);
  for (const names of matrix ? together.filter((one) => !one.includes("z")) : together) {
    const same = names.flatMap((name) => flat(name)?.length ?? []);
    if (new Set(same).size > 1) {
      differ(names.flatMap((name) => (flat(name) ? `${flat(name)?.length} of ${name}` : [])).join(" and "));
    }
  }
  if (!rows || !matrix) return;
  // x and y of a heat map are the middles of its cells, or the lines between them.
  for (const [name, size, what] of [
    ["x", toList(first).length, "columns"],
    ["y", rows.length, "rows"],
  ] as const) {
    const count = flat(name)?.length;
    if (count !== undefined && count !== size && count !== size + 1) {
      differ(`${count} of ${name} and a z of ${size} ${what}`);
    }
  }
}

const isList = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) || value instanceof tf.Tensor || isTypedArray(value);

const toList = (value: unknown): readonly unknown[] => plainData("", value) as readonly unknown[];

/** A replacer for `JSON.stringify`, which would make objects of typed arrays and tensors. */
export function plainData(_key: string, value: unknown): unknown {
  if (value instanceof tf.Tensor) return value.dtype === "float32" ? rounded(value.arraySync()) : value.arraySync();
  return isTypedArray(value) ? fromTypedArray(value) : value;
}

function rounded(values: unknown): unknown {
  return Array.isArray(values) ? values.map(rounded) : short(values as number);
}
