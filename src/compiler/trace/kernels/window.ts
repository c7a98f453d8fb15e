import type { Builder } from "../../graph/builder";
import type { Value } from "../../graph/value";

/** How windows lie on an image: the parts of TensorFlow.js's Conv2DInfo that say which pixel each tap sees. */
export interface Window {
  readonly inHeight: number;
  readonly inWidth: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly filterHeight: number;
  readonly filterWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly dilationHeight: number;
  readonly dilationWidth: number;
  readonly padInfo: { readonly top: number; readonly left: number };
}

const inputs = (w: Window) => w.inHeight * w.inWidth;
const outputs = (w: Window) => w.outHeight * w.outWidth;
/** Taps of a window. */
export const taps = (w: Window) => w.filterHeight * w.filterWidth;

/** The input pixel that each tap of each output pixel sees, [outputs, taps]; one past the last pixel for the padding. */
function pixelsSeen(w: Window): Int32Array {
  const seen = new Int32Array(outputs(w) * taps(w));
  let next = 0;
  for (let outY = 0; outY < w.outHeight; outY++) {
    for (let outX = 0; outX < w.outWidth; outX++) {
      for (let tapY = 0; tapY < w.filterHeight; tapY++) {
        const y = outY * w.strideHeight - w.padInfo.top + tapY * w.dilationHeight;
        for (let tapX = 0; tapX < w.filterWidth; tapX++) {
          const x = outX * w.strideWidth - w.padInfo.left + tapX * w.dilationWidth;
          const inside = y >= 0 && y < w.inHeight && x >= 0 && x < w.inWidth;
          seen[next++] = inside ? y * w.inWidth + x : inputs(w);
        }
      }
    }
  }
  return seen;
}

/** For each input pixel and tap, the output pixel that sees it through that tap, [inputs, taps]; one past the last if none. */
function outputsSeeing(w: Window): Int32Array {
  const count = taps(w);
  const seeing = new Int32Array(inputs(w) * count).fill(outputs(w));
  pixelsSeen(w).forEach((pixel, i) => {
    if (pixel < inputs(w)) seeing[pixel * count + (i % count)] = Math.floor(i / count);
  });
  return seeing;
}

/** For each pixel, every place in `seen` where it is, [pixels, most]; filled up with one past the last place. */
function placesOf(seen: Int32Array, pixels: number): Int32Array {
  const places: number[][] = Array.from({ length: pixels }, () => []);
  seen.forEach((pixel, i) => {
    places[pixel]?.push(i);
  });
  const most = places.reduce((length, list) => Math.max(length, list.length), 1);
  return Int32Array.from(places.flatMap((list) => [...list, ...Array<number>(most - list.length).fill(seen.length)]));
}

/**
 * Looks up rows of `x` [batch, rows, width] by a constant matrix of row numbers [n, k] → [batch, n, k, width]. The row one
 * past the last is `padding`.
 */
export function lookUp(graph: Builder, x: Value, numbers: Int32Array, columns: number, padding: number): Value {
  const [batch = 1, rows = 0, width = 1] = x.shape;
  const n = numbers.length / columns;
  const straight = numbers.length === rows && numbers.every((row, i) => row === i);
  if (straight) return graph.reshape(x, [batch, n, columns, width]);
  const padded = numbers.some((row) => row === rows);
  const source = padded
    ? graph.pad(
        x,
        [
          [0, 0],
          [0, 1],
          [0, 0],
        ],
        padding,
      )
    : x;
  return graph.gather(source, graph.constant(numbers, "int32", [n, columns]), 1);
}

/** What each window sees: [batch, pixels, width] → [batch, outputs, taps, width]. */
export function gatherWindows(graph: Builder, x: Value, w: Window, padding = 0): Value {
  return lookUp(graph, x, pixelsSeen(w), taps(w), padding);
}

/** What sees each pixel, tap by tap: [batch, outputs, width] → [batch, inputs, taps, width]. */
export function gatherOutputs(graph: Builder, y: Value, w: Window): Value {
  return lookUp(graph, y, outputsSeeing(w), taps(w), 0);
}

/** Adds up what each pixel received through each window: [batch, outputs · taps, width] → [batch, inputs, width]. */
export function sumOverWindows(graph: Builder, parts: Value, w: Window): Value {
  return addUp(graph, parts, pixelsSeen(w), inputs(w));
}

/** Adds up the rows of `parts` [batch, places, width] that came from the same pixel: → [batch, pixels, width]. */
export function addUp(graph: Builder, parts: Value, seen: Int32Array, pixels: number): Value {
  const places = placesOf(seen, pixels);
  return graph.reduce("ReduceSum", lookUp(graph, parts, places, places.length / pixels, 0), [2]);
}
