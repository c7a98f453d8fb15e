import { sizeFromShape } from "../../../backend/shapes";
import type { Builder } from "../../graph/builder";
import type { Value } from "../../graph/value";
import { cornersOf, fromCorners } from "./corners";
import { type Geometry, spatialAxes } from "./window";

// Max pooling of images by windows of 2 × 2 that lie side by side: the usual case, for which comparing neighbors is faster
// than gathering windows.

type Pair = readonly [Value, Value];

/** True for windows of 2 × 2 that lie side by side and cover the image. */
export function isHalving(info: Geometry): boolean {
  const axes = spatialAxes(info);
  const half = axes.every(({ taps, stride, inputs, outputs }) => taps === 2 && stride === 2 && inputs === 2 * outputs);
  return axes.length === 2 && half;
}

/** The neighbors of each pair: [rows, 2 · width] cut in the middle. */
function pairs(graph: Builder, x: Value, width: number): Pair {
  const halves = graph.reshape(x, [sizeFromShape(x.shape) / (2 * width), 2 * width]);
  return graph.split(halves, [width, width], 1) as [Value, Value];
}

/** The pairs of a 2 × 2 pooling: neighbors in a row, then the greater ones of two rows. */
function pairsOf(graph: Builder, x: Value): { readonly inRow: Pair; readonly ofRows: Pair } {
  const [width = 0, channels = 0] = x.shape.slice(2);
  const inRow = pairs(graph, x, channels);
  return { inRow, ofRows: pairs(graph, graph.binary("Max", ...inRow), (width / 2) * channels) };
}

/** The same pairs of an image that was made from its corners. */
function pairsOfCorners(graph: Builder, corners: Value) {
  const [, squares = 0, channels = 1] = corners.shape;
  const flat = graph.reshape(corners, [4 * squares, channels]);
  const [a, b, c, d] = graph.split(flat, Array<number>(4).fill(squares), 0) as [Value, Value, Value, Value];
  const ofRows: Pair = [graph.binary("Max", a, b), graph.binary("Max", c, d)];
  return { top: [a, b], bottom: [c, d], ofRows } as const;
}

/** The greatest of each window, in any shape. */
export function halve(graph: Builder, x: Value): Value {
  const corners = cornersOf(graph, x);
  return graph.binary("Max", ...(corners ? pairsOfCorners(graph, corners) : pairsOf(graph, x)).ofRows);
}

/** Sends a gradient to the greater of each pair, the first of equals, as TensorFlow does. */
function route(graph: Builder, gradient: Value, [first, second]: Pair): [Value, Value] {
  const chosen = graph.cast(graph.binary("GreaterOrEqual", first, second), "float32");
  const dy = graph.reshape(gradient, first.shape);
  const toFirst = graph.mul(dy, chosen);
  return [toFirst, graph.sub(dy, toFirst)];
}

/** The gradient of `halve`. */
export function halvingGradient(graph: Builder, dy: Value, x: Value): Value {
  const corners = cornersOf(graph, x);
  if (corners) {
    const { top, bottom, ofRows } = pairsOfCorners(graph, corners);
    const [toTop, toBottom] = route(graph, dy, ofRows);
    const parts = [...route(graph, toTop, top), ...route(graph, toBottom, bottom)];
    return fromCorners(graph, graph.concat(parts, 0), x.shape);
  }
  const { inRow, ofRows } = pairsOf(graph, x);
  const toRows = graph.concat(route(graph, dy, ofRows), 1);
  return graph.reshape(graph.concat(route(graph, toRows, inRow), 1), x.shape);
}
