import type { Builder } from "../../graph/builder";
import { dataOf } from "../../graph/graph";
import type { Value } from "../../graph/value";
import type { Call, Kernel, Kernels } from "./kernel";

/** Which pixels of an axis make each new one: their numbers and their shares. */
type Source = readonly (readonly [pixel: number, share: number])[];
type Sources = (from: number, to: number, attrs: Call["attrs"]) => readonly Source[];

const places = (from: number, to: number, alignCorners: boolean, place: (at: number) => Source) => {
  const ends = alignCorners && to > 1 ? 1 : 0;
  return Array.from({ length: to }, (_, i) => place(i * ((from - ends) / (to - ends))));
};

const bilinear: Sources = (from, to, { alignCorners, halfPixelCenters }) =>
  places(from, to, alignCorners, (start) => {
    const at = Math.max(0, halfPixelCenters ? start + (from / to - 1) / 2 : start);
    const below = Math.min(Math.floor(at), from - 1);
    return [
      [below, 1 - (at - below)],
      [Math.min(below + 1, from - 1), at - below],
    ];
  });

const nearest: Sources = (from, to, { alignCorners, halfPixelCenters }) =>
  places(from, to, alignCorners, (start) => {
    const at = halfPixelCenters ? start + from / to / 2 : start;
    return [[Math.min(from - 1, alignCorners ? Math.round(at) : Math.floor(at)), 1]];
  });

/** The shares as a matrix [to, from], or [from, to] for the way back. */
function shareMatrix(graph: Builder, sources: readonly Source[], from: number, back: boolean): Value {
  const to = sources.length;
  const matrix = new Float32Array(to * from);
  sources.forEach((source, row) => {
    for (const [pixel, share] of source) {
      const at = back ? pixel * to + row : row * from + pixel;
      matrix[at] = matrix[at]! + share;
    }
  });
  return graph.constant(matrix, "float32", back ? [from, to] : [to, from]);
}

/** `matrix` times each column of pixels, then of each row: [batch, height, width, channels] resized. */
function resize(graph: Builder, x: Value, vertical: Value, across: Value): Value {
  const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
  const [rows, columns] = [vertical.shape[0]!, across.shape[0]!];
  const floats = graph.reshape(graph.cast(x, "float32"), [batch, height, width * channels]);
  const tall = graph.reshape(graph.matMul(vertical, floats), [batch * rows, width, channels]);
  return graph.reshape(graph.matMul(across, tall), [batch, rows, columns, channels]);
}

const resized =
  (sources: Sources): Kernel =>
  ({ graph, input, attrs }) => {
    const x = input("images");
    const [height = 1, width = 1] = attrs["size"] as number[];
    const matrix = (axis: 1 | 2, to: number) => {
      const from = x.shape[axis]!;
      return shareMatrix(graph, sources(from, to, attrs), from, false);
    };
    return resize(graph, x, matrix(1, height), matrix(2, width));
  };

/** What a new pixel took from others goes back to them. */
const gradient =
  (sources: Sources): Kernel =>
  ({ graph, input, attrs }) => {
    const [x, dy] = [input("images"), input("dy")];
    const matrix = (axis: 1 | 2) => {
      const from = x.shape[axis]!;
      return shareMatrix(graph, sources(from, dy.shape[axis]!, attrs), from, true);
    };
    return resize(graph, dy, matrix(1), matrix(2));
  };

/** Takes rows and columns as they are, whatever their element type. */
const resizedToNearest: Kernel = ({ graph, input, attrs }) =>
  ([1, 2] as const).reduce((x, axis) => {
    const to = (attrs["size"] as number[])[axis - 1] as number;
    const pixels = nearest(x.shape[axis]!, to, attrs).map(([source]) => source?.[0] ?? 0);
    return graph.gather(x, graph.constant(dataOf("int32", pixels), "int32", [to]), axis);
  }, input("images"));

/** Kernels for images. */
export const images: Kernels = {
  ResizeBilinear: resized(bilinear),
  ResizeBilinearGrad: gradient(bilinear),
  ResizeNearestNeighbor: resizedToNearest,
  ResizeNearestNeighborGrad: gradient(nearest),
  FlipLeftRight: ({ graph, input }) => {
    const x = input("image");
    const last = x.shape[2]! - 1;
    const turned = Int32Array.from({ length: last + 1 }, (_, i) => last - i);
    return graph.gather(x, graph.constant(turned, "int32", [last + 1]), 2);
  },
  DepthToSpace: ({ graph, input, attrs }) => {
    const x = input("x");
    const block = attrs["blockSize"]!;
    const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
    const depth = channels / (block * block);
    const blocks = graph.reshape(x, [batch, height, width, block, block, depth]);
    return graph.reshape(graph.transpose(blocks, [0, 1, 3, 2, 4, 5]), [batch, height * block, width * block, depth]);
  },
};
