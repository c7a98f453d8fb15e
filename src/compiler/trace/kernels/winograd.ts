import { sizeFromShape } from "../../../backend/shapes";
import type { Builder } from "../../graph/builder";
import type { Value } from "../../graph/value";
import { fromCorners, toCorners } from "./corners";
import { type ImageGeometry, sightOf, spatialAxes } from "./window";

// Convolutions with 3 × 3 filters by Winograd's F(2 × 2, 3 × 3) (Lavin and Gray, "Fast Algorithms for Convolutional Neural
// Networks", 2015): an output of 2 × 2 takes 16 products for each pair of channels instead of 36. Images are cut into tiles
// of 4 × 4 that overlap by two; tiles, filters and outputs are transformed by constant matrices, and in between lie 16
// matrix products. Gradients go back the same way, by the transposed matrices.

/** Fewer channels than this are not worth the transformations. */
const ENOUGH_CHANNELS = 16;

/** Whether a convolution can go this way, and gains by it. */
export function isWinograd(info: ImageGeometry): boolean {
  const fits = spatialAxes(info).every(
    ({ taps, stride, dilation, outputs }) =>
      taps === 3 && stride === 1 && dilation === 1 && outputs > 0 && outputs % 2 === 0,
  );
  return fits && Math.min(info.inChannels, info.outChannels) >= ENOUGH_CHANNELS;
}

/** The transformation of an axis of a tile, of a filter, and of an output (transposed). */
const ofTile = [
  [1, 0, -1, 0],
  [0, 1, 1, 0],
  [0, -1, 1, 0],
  [0, 1, 0, -1],
];
const ofFilter = [
  [1, 0, 0],
  [0.5, 0.5, 0.5],
  [0.5, -0.5, 0.5],
  [0, 0, 1],
];
const ofOutput = [
  [1, 1, 1, 0],
  [0, 1, -1, -1],
];

/** Transforms both axes of `x` [rows · columns, …], which may be several axes, by a matrix or by its transpose. */
function transform(graph: Builder, matrix: readonly (readonly number[])[], x: Value, transpose = false): Value {
  const product = matrix.flatMap((a) => matrix.map((b) => a.flatMap((first) => b.map((second) => first * second))));
  const both = graph.numbers(product.flat(), "float32", [product.length, product[0]!.length]);
  const [count = 1, ...rest] = x.shape;
  const result = graph.gemm(both, graph.reshape(x, [count, sizeFromShape(rest)]), transpose);
  return graph.reshape(result, [result.shape[0]!, ...rest]);
}

const tiles = (info: ImageGeometry) => info.batchSize * (info.outHeight / 2) * (info.outWidth / 2);

/** For each position in a tile and each tile, the number of its pixel in the batch, or -1 for the padding: [16, tiles]. */
function pixelNumbers(info: ImageGeometry): Int32Array {
  const axes = spatialAxes(info).map((axis) => ({ ...axis, outputs: axis.outputs / 2, taps: 4, stride: 2 }));
  const { seen, inputs, outputs } = sightOf(axes);
  const count = tiles(info);
  return new Int32Array(16 * count).map((_, i) => {
    const tile = i % count;
    const pixel = seen[(tile % outputs) * 16 + Math.floor(i / count)]!;
    return pixel === inputs ? -1 : Math.floor(tile / outputs) * inputs + pixel;
  });
}

/** Rows of `x` [rows, channels] by number, zeros for -1. */
function lookUp(graph: Builder, x: Value, numbers: Int32Array, shape: readonly number[]): Value {
  const [rows = 0] = x.shape;
  const zero = [0, 1] as const;
  const source = numbers.includes(-1) ? graph.pad(x, [zero, [0, 0]]) : x;
  const found = numbers.map((row) => (row < 0 ? rows : row));
  return graph.gather(source, graph.constant(found, "int32", shape), 0);
}

/** The transformed tiles of images, [16, tiles, channels]. */
function transformedTiles(graph: Builder, x: Value, info: ImageGeometry): Value {
  const pixels = graph.reshape(x, [info.batchSize * info.inHeight * info.inWidth, info.inChannels]);
  return transform(graph, ofTile, lookUp(graph, pixels, pixelNumbers(info), [16, tiles(info)]));
}

/** The transformed filters, [16, channels, filters]. */
function transformedFilter(graph: Builder, filter: Value, { inChannels, outChannels }: ImageGeometry): Value {
  return transform(graph, ofFilter, graph.reshape(filter, [9, inChannels, outChannels]));
}

/** The gradient of what `transform` makes outputs of, [16, tiles, filters]. */
function transformedGradient(graph: Builder, dy: Value, info: ImageGeometry): Value {
  return transform(graph, ofOutput, toCorners(graph, graph.reshape(dy, info.outShape)), true);
}

/** The convolution of images [batch, height, width, channels] with a filter [3, 3, channels, filters]. */
export function winograd(graph: Builder, x: Value, filter: Value, info: ImageGeometry): Value {
  const products = graph.matMul(transformedTiles(graph, x, info), transformedFilter(graph, filter, info));
  return fromCorners(graph, transform(graph, ofOutput, products), info.outShape);
}

/** The gradient of the filter. */
export function winogradFilterGradient(graph: Builder, x: Value, dy: Value, info: ImageGeometry): Value {
  const turned = graph.transpose(transformedTiles(graph, x, info), [0, 2, 1]);
  const gradient = transform(graph, ofFilter, graph.matMul(turned, transformedGradient(graph, dy, info)), true);
  return graph.reshape(gradient, [3, 3, info.inChannels, info.outChannels]);
}

/** The gradient of the images. */
export function winogradInputGradient(graph: Builder, dy: Value, filter: Value, info: ImageGeometry): Value {
  const turned = graph.transpose(transformedFilter(graph, filter, info), [0, 2, 1]);
  const gradient = transform(graph, ofTile, graph.matMul(transformedGradient(graph, dy, info), turned), true);
  const rows = graph.reshape(gradient, [16 * tiles(info), info.inChannels]);
  const parts = placesOfPixels(info).map((places) => lookUp(graph, rows, places, [places.length]));
  return graph.reshape(
    parts.reduce((sum, part) => graph.add(sum, part)),
    info.inShape,
  );
}

/** The places of each pixel in the tiles, [16 · tiles]: up to four, -1 where there are fewer. */
function placesOfPixels(info: ImageGeometry): Int32Array[] {
  const pixels = info.batchSize * info.inHeight * info.inWidth;
  const places = Array.from({ length: 4 }, () => new Int32Array(pixels).fill(-1));
  pixelNumbers(info).forEach((pixel, place) => {
    const free = places.find((each) => each[pixel] === -1);
    if (free) free[pixel] = place;
  });
  return places;
}
