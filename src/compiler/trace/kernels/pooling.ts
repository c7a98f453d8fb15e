import { backend_util } from "@tensorflow/tfjs-core";
import type { Builder } from "../../graph/builder";
import type { Value } from "../../graph/value";
import { cornersOf, fromCorners } from "./corners";
import { sameChannelSums, zeroUnlessPositive } from "./facts";
import type { Call, Kernel, Kernels } from "./kernel";
import { gatherWindows, sumOverWindows, taps, type Window } from "./window";

type Shape4 = [number, number, number, number];
type Geometry = ReturnType<typeof geometry>;

function geometry({ filterSize, strides, pad, dimRoundingMode }: Call["attrs"], shape: readonly number[]) {
  return backend_util.computePool2DInfo(shape as Shape4, filterSize, strides, 1, pad, dimRoundingMode);
}

/** True for windows of 2 × 2 that lie side by side and cover the image: the usual case, with a faster way. */
function isHalving(w: Window): boolean {
  const sides = [w.filterHeight, w.filterWidth, w.strideHeight, w.strideWidth];
  return sides.every((side) => side === 2) && w.inHeight === 2 * w.outHeight && w.inWidth === 2 * w.outWidth;
}

const pixels = (graph: Builder, x: Value) => {
  const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
  return graph.reshape(x, [batch, height * width, channels]);
};

/** The two neighbors of each pair: [rows, 2 · width] cut in the middle. */
function pairs(graph: Builder, x: Value, width: number): readonly [Value, Value] {
  const rows = x.shape.reduce((a, b) => a * b, 1) / (2 * width);
  const type = { dtype: x.dtype, shape: [rows, width] };
  const halves = graph.reshape(x, [rows, 2 * width]);
  return graph.node("Split", [halves, graph.integers([width, width])], [type, type], { axis: 1 }) as [Value, Value];
}

/** The pairs of a 2 × 2 pooling: neighbors in a row, then the greater ones of two rows. */
function halvingPairs(graph: Builder, x: Value, info: Geometry) {
  const across = pairs(graph, x, info.inChannels);
  const down = pairs(graph, graph.binary("Max", ...across), info.outWidth * info.inChannels);
  return { across, down };
}

/** The same pairs of an image that was put together from its corners. */
function cornerPairs(graph: Builder, corners: Value) {
  const [, squares = 0, channels = 1] = corners.shape;
  const type = { dtype: corners.dtype, shape: [squares, channels] };
  const flat = graph.reshape(corners, [4 * squares, channels]);
  const [a, b, c, d] = graph.node("Split", [flat, graph.integers(Array(4).fill(squares))], Array(4).fill(type), {
    axis: 0,
  }) as [Value, Value, Value, Value];
  return { top: [a, b], bottom: [c, d], down: [graph.binary("Max", a, b), graph.binary("Max", c, d)] } as const;
}

/** Sends a gradient to the greater of each pair, the first of equals: what TensorFlow does. */
function route(graph: Builder, gradient: Value, [first, second]: readonly [Value, Value]): [Value, Value] {
  const chosen = graph.cast(graph.binary("GreaterOrEqual", first, second), "float32");
  const dy = graph.reshape(gradient, first.shape);
  const toFirst = graph.mul(dy, chosen);
  return [toFirst, graph.sub(dy, toFirst)];
}

/** What is under a relu: the greatest of a window can be found first, and then only a quarter needs the relu. */
const underRelu = (x: Value) => (x.node.op === "Relu" ? x.node.inputs[0] : undefined);

/** The greatest of each window, [batch, outputs, channels] or any shape of as many. */
function greatest(graph: Builder, x: Value, info: Geometry): Value {
  if (isHalving(info)) {
    const corners = cornersOf(graph, x);
    const { down } = corners ? cornerPairs(graph, corners) : halvingPairs(graph, x, info);
    return graph.reshape(graph.binary("Max", ...down), info.outShape);
  }
  const seen = gatherWindows(graph, pixels(graph, x), info, Number.NEGATIVE_INFINITY);
  return graph.reshape(graph.reduce("ReduceMax", seen, [2]), info.outShape);
}

const maxPool: Kernel = ({ graph, input, attrs }) => {
  const x = input("x");
  const info = geometry(attrs, x.shape);
  const before = underRelu(x);
  return before ? graph.unary("Relu", greatest(graph, before, info)) : greatest(graph, x, info);
};

const maxPoolGradient: Kernel = ({ graph, input, attrs }) => {
  const [dy, x] = [input("dy"), input("input")];
  const info = geometry(attrs, x.shape);
  const before = underRelu(x);
  if (!before) return sendBack(graph, dy, x, info);
  const positive = graph.binary("Greater", greatest(graph, before, info), graph.scalar(0));
  const masked = graph.mul(dy, graph.cast(positive, "float32"));
  const dx = sendBack(graph, masked, before, info);
  zeroUnlessPositive.set(dx, before);
  sameChannelSums.set(dx, masked);
  return dx;
};

/** Gives each window's gradient to its greatest pixel, the first of equals. */
function sendBack(graph: Builder, dy: Value, x: Value, info: Geometry): Value {
  if (isHalving(info)) {
    const corners = cornersOf(graph, x);
    if (corners) {
      const { top, bottom, down } = cornerPairs(graph, corners);
      const [toTop, toBottom] = route(graph, dy, down);
      const parts = [...route(graph, toTop, top), ...route(graph, toBottom, bottom)];
      return fromCorners(graph, graph.concat(parts, 0), x.shape);
    }
    const { across, down } = halvingPairs(graph, x, info);
    const toRows = graph.concat(route(graph, dy, down), 1);
    return graph.reshape(graph.concat(route(graph, toRows, across), 1), x.shape);
  }
  const { batchSize: batch, outHeight, outWidth, inChannels: channels } = info;
  const count = taps(info);
  const seen = gatherWindows(graph, pixels(graph, x), info, Number.NEGATIVE_INFINITY);
  const equal = graph.cast(graph.binary("Equal", seen, graph.reduce("ReduceMax", seen, [2], true)), "float32");
  // The first of equals: earlier taps weigh more.
  const weights = graph.constant(
    Float32Array.from({ length: count }, (_, i) => count - i),
    "float32",
    [count, 1],
  );
  const weighed = graph.mul(equal, weights);
  const first = graph.binary("Equal", weighed, graph.reduce("ReduceMax", weighed, [2], true));
  const parts = graph.mul(graph.cast(first, "float32"), graph.reshape(dy, [batch, outHeight * outWidth, 1, channels]));
  const flat = graph.reshape(parts, [batch, outHeight * outWidth * count, channels]);
  return graph.reshape(sumOverWindows(graph, flat, info), x.shape);
}

/** One over the number of pixels that each window sees, [outputs, 1]: the padding does not count. */
function shares(graph: Builder, w: Window): Value {
  const covered = (out: number, stride: number, pad: number, size: number, length: number) => {
    const from = out * stride - pad;
    return Math.min(from + size, length) - Math.max(from, 0);
  };
  const values = Float32Array.from({ length: w.outHeight * w.outWidth }, (_, i) => {
    const [y, x] = [Math.floor(i / w.outWidth), i % w.outWidth];
    const rows = covered(y, w.strideHeight, w.padInfo.top, w.filterHeight, w.inHeight);
    return 1 / (rows * covered(x, w.strideWidth, w.padInfo.left, w.filterWidth, w.inWidth));
  });
  return graph.constant(values, "float32", [values.length, 1]);
}

const averagePool: Kernel = ({ graph, input, attrs }) => {
  const x = input("x");
  const info = geometry(attrs, x.shape);
  const sums = graph.reduce("ReduceSum", gatherWindows(graph, pixels(graph, x), info), [2]);
  return graph.reshape(graph.mul(sums, shares(graph, info)), info.outShape);
};

const averagePoolGradient: Kernel = ({ graph, input, attrs }) => {
  const [dy, x] = [input("dy"), input("input")];
  const info = geometry(attrs, x.shape);
  const share = graph.mul(pixels(graph, dy), shares(graph, info));
  const { batchSize: batch, outHeight, outWidth, inChannels: channels } = info;
  const count = taps(info);
  const each = graph.expand(graph.reshape(share, [batch, outHeight * outWidth, 1, channels]), [
    batch,
    outHeight * outWidth,
    count,
    channels,
  ]);
  const flat = graph.reshape(each, [batch, outHeight * outWidth * count, channels]);
  return graph.reshape(sumOverWindows(graph, flat, info), x.shape);
};

/** Pooling over two axes and its gradients. */
export const pooling: Kernels = {
  MaxPool: maxPool,
  MaxPoolGrad: maxPoolGradient,
  AvgPool: averagePool,
  AvgPoolGrad: averagePoolGradient,
};
