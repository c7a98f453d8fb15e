import type { Builder } from "../../graph/builder";
import type { Value } from "../../graph/value";
import type { Call, Kernel, Kernels } from "./kernel";

/** The pixels of an axis that make a new one: their numbers and their shares. */
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

/** Images resized; with `back` the gradient: what a new pixel took from others goes back to them. */
const resized =
  (sources: Sources, back = false): Kernel =>
  ({ graph, input, attrs }) => {
    const x = input("images");
    const from = x.shape.slice(1, 3);
    const to = back ? input("dy").shape.slice(1, 3) : (attrs["size"] as number[]);
    const [vertical, across] = from.map((length, axis) =>
      shareMatrix(graph, sources(length, to[axis]!, attrs), length, back),
    );
    return resize(graph, back ? input("dy") : x, vertical!, across!);
  };

/** Gathers rows and columns, for any element type. */
const resizedToNearest: Kernel = ({ graph, input, attrs }) =>
  ([1, 2] as const).reduce((x, axis) => {
    const to = (attrs["size"] as number[])[axis - 1] as number;
    const pixels = nearest(x.shape[axis]!, to, attrs).map(([source]) => source?.[0] ?? 0);
    return graph.gather(x, graph.numbers(pixels, "int32"), axis);
  }, input("images"));

/** Kernels for images. */
export const images: Kernels = {
  ResizeBilinear: resized(bilinear),
  ResizeBilinearGrad: resized(bilinear, true),
  ResizeNearestNeighbor: resizedToNearest,
  ResizeNearestNeighborGrad: resized(nearest, true),
  FlipLeftRight: ({ graph, input }) => {
    const x = input("image");
    return graph.gather(x, graph.numbers([...Array(x.shape[2]).keys()].reverse(), "int32"), 2);
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
