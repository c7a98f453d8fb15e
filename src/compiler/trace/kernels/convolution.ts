import { backend_util } from "@tensorflow/tfjs-core";
import type { Builder } from "../../graph/builder";
import type { Value } from "../../graph/value";
import type { Call, Kernel, Kernels } from "./kernel";
import { activate } from "./matrix";
import { convolveImages, type Geometry, imagesFilterGradient, imagesInputGradient } from "./onnx_conv";
import { gatherOutputs, gatherWindows, sumOverWindows, taps } from "./window";
import { isWinograd, winograd, winogradFilterGradient, winogradInputGradient } from "./winograd";

// Convolutions as matrix products. The columns that a window sees are gathered by a constant matrix of pixel numbers; the
// same columns serve the gradient of the filter. With filters that change at every step this takes half the time of
// ONNX Runtime's own Conv and ConvTranspose.

type Shape4 = [number, number, number, number];

function geometry(
  attrs: Call["attrs"],
  inputShape: readonly number[],
  filterShape: readonly number[],
  depthwise = false,
): Geometry {
  const { strides, pad, dilations = 1, dimRoundingMode, dataFormat = "NHWC" } = attrs;
  if (dataFormat !== "NHWC") throw new Error("Convolutions with channels first have no compiled form.");
  return backend_util.computeConv2DInfo(
    inputShape as Shape4,
    filterShape as Shape4,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    depthwise,
  );
}

/** Above this many bytes the gathered columns are not held. */
const LARGEST_COLUMNS = 100e6;

/** Whether ONNX Runtime's own convolution is the better one. */
function byImages(graph: Builder, info: Geometry): boolean {
  // In a model that is written, filters are constants, and there it is fast.
  return graph.anyBatch || tooLarge(info, info.outHeight * info.outWidth, info.inChannels);
}

/** Whether the columns of one window for each of `positions` pixels, `channels` wide, are too many to hold. */
function tooLarge(info: Geometry, positions: number, channels: number): boolean {
  return info.batchSize * positions * taps(info) * channels * Float32Array.BYTES_PER_ELEMENT > LARGEST_COLUMNS;
}

/** [batch, height, width, channels] → [batch, pixels, channels]. */
function pixels(graph: Builder, x: Value): Value {
  const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
  return graph.reshape(x, [batch, height * width, channels]);
}

/** [batch · outputs, taps · channels]: one row for each output pixel. */
function columnsOf(graph: Builder, x: Value, info: Geometry): Value {
  const rows = info.batchSize * info.outHeight * info.outWidth;
  const seen =
    info.inChannels <= FEW_CHANNELS ? sliceWindows(graph, x, info) : gatherWindows(graph, pixels(graph, x), info);
  return graph.reshape(seen, [rows, taps(info) * info.inChannels]);
}

/** Up to this many channels a gather copies next to nothing at a time, and cutting out whole images is faster. */
const FEW_CHANNELS = 4;

/** What each window sees, [pixels, taps, channels], from one shifted image for each tap. */
function sliceWindows(graph: Builder, x: Value, info: Geometry): Value {
  const { batchSize: batch, inChannels: channels, outHeight, outWidth, padInfo } = info;
  const axis = (out: number, stride: number, size: number, dilation: number, length: number, pad: number) => {
    const span = (out - 1) * stride + 1;
    const missing = span + (size - 1) * dilation - length - pad;
    const pads: [number, number] = [pad, Math.max(0, missing)];
    return { pads, stride, span, begin: (tap: number) => tap * dilation };
  };
  const vertical = axis(
    outHeight,
    info.strideHeight,
    info.filterHeight,
    info.dilationHeight,
    info.inHeight,
    padInfo.top,
  );
  const across = axis(outWidth, info.strideWidth, info.filterWidth, info.dilationWidth, info.inWidth, padInfo.left);
  const first = graph.transpose(x, [3, 0, 1, 2]);
  const padded = graph.pad(first, [[0, 0], [0, 0], vertical.pads, across.pads]);
  const slices = Array.from({ length: taps(info) }, (_, tap) => {
    const top = vertical.begin(Math.floor(tap / info.filterWidth));
    const left = across.begin(tap % info.filterWidth);
    const end = [channels, batch, top + vertical.span, left + across.span];
    const slice = graph.slice(padded, [0, 0, top, left], end, [1, 1, vertical.stride, across.stride]);
    return graph.reshape(slice, [1, channels, batch * outHeight * outWidth]);
  });
  return graph.transpose(graph.concat(slices, 0), [2, 0, 1]);
}

function convolve(graph: Builder, x: Value, filter: Value, attrs: Call["attrs"]): Value {
  const info = geometry(attrs, x.shape, filter.shape);
  if (byImages(graph, info)) return convolveImages(graph, x, filter, info);
  if (isWinograd(info)) return winograd(graph, x, filter, info);
  const weights = graph.reshape(filter, [taps(info) * info.inChannels, info.outChannels]);
  return graph.reshape(graph.gemm(columnsOf(graph, x, info), weights), info.outShape);
}

const filterGradient: Kernel = ({ graph, input, attrs }) => {
  const [x, dy] = [input("x"), input("dy")];
  const info = geometry(attrs, x.shape, attrs["filterShape"]);
  if (byImages(graph, info)) return imagesFilterGradient(graph, x, dy, info);
  if (isWinograd(info)) return winogradFilterGradient(graph, x, dy, info);
  const rows = graph.reshape(dy, [info.batchSize * info.outHeight * info.outWidth, info.outChannels]);
  const columns = columnsOf(graph, x, info);
  // Gemm copies what it transposes; the narrower of the two costs less, and the result is small.
  if (info.outChannels >= taps(info) * info.inChannels) {
    return graph.reshape(graph.gemm(columns, rows, true), attrs["filterShape"]);
  }
  // Turned round as three axes: ONNX Runtime would undo a plain transpose.
  const turned = graph.reshape(graph.gemm(rows, columns, true), [info.outChannels, taps(info), info.inChannels]);
  const gradient = graph.transpose(turned, [1, 2, 0]);
  return graph.reshape(gradient, attrs["filterShape"]);
};

const inputGradient: Kernel = ({ graph, input, attrs }) => {
  const [dy, filter] = [input("dy"), input("filter")];
  const info = geometry(attrs, attrs["inputShape"], filter.shape);
  const { batchSize: batch, inHeight, inWidth, outHeight, outWidth, inChannels, outChannels } = info;
  if (
    graph.anyBatch ||
    tooLarge(info, Math.max(inHeight * inWidth, outHeight * outWidth), Math.max(inChannels, outChannels))
  ) {
    return imagesInputGradient(graph, dy, filter, info);
  }
  if (isWinograd(info)) return winogradInputGradient(graph, dy, filter, info);
  if (info.strideHeight === 1 && info.strideWidth === 1) {
    const seen = gatherOutputs(graph, pixels(graph, dy), info);
    const rows = graph.reshape(seen, [batch * inHeight * inWidth, taps(info) * outChannels]);
    const turned = graph.transpose(graph.reshape(filter, [taps(info), inChannels, outChannels]), [0, 2, 1]);
    const weights = graph.reshape(turned, [taps(info) * outChannels, inChannels]);
    return graph.reshape(graph.gemm(rows, weights), info.inShape);
  }
  // With strides most taps see nothing: multiply first, then add up what each pixel gets.
  const rows = graph.reshape(dy, [batch * outHeight * outWidth, outChannels]);
  const weights = graph.reshape(filter, [taps(info) * inChannels, outChannels]);
  const parts = graph.reshape(graph.gemm(rows, weights, false, true), [
    batch,
    outHeight * outWidth * taps(info),
    inChannels,
  ]);
  return graph.reshape(sumOverWindows(graph, parts, info), info.inShape);
};

function depthwise(graph: Builder, x: Value, filter: Value, attrs: Call["attrs"]): Value {
  const info = geometry(attrs, x.shape, filter.shape, true);
  const { batchSize: batch, outHeight, outWidth, inChannels } = info;
  const seen = gatherWindows(graph, pixels(graph, x), info);
  const spread = graph.reshape(seen, [batch, outHeight * outWidth, taps(info), inChannels, 1]);
  const weights = graph.reshape(filter, [taps(info), inChannels, filter.shape[3]!]);
  return graph.reshape(graph.reduce("ReduceSum", graph.mul(spread, weights), [2]), info.outShape);
}

const depthwiseFilterGradient: Kernel = ({ graph, input, attrs }) => {
  const [x, dy] = [input("x"), input("dy")];
  const filterShape = attrs["filterShape"] as number[];
  const info = geometry(attrs, x.shape, filterShape, true);
  const rows = info.batchSize * info.outHeight * info.outWidth;
  const [, , channels = 1, multiplier = 1] = filterShape;
  const seen = graph.reshape(gatherWindows(graph, pixels(graph, x), info), [rows, taps(info), channels, 1]);
  const product = graph.mul(seen, graph.reshape(dy, [rows, 1, channels, multiplier]));
  return graph.reshape(graph.reduce("ReduceSum", product, [0]), filterShape);
};

const depthwiseInputGradient: Kernel = ({ graph, input, attrs }) => {
  const [dy, filter] = [input("dy"), input("filter")];
  const info = geometry(attrs, attrs["inputShape"], filter.shape, true);
  const [, , channels = 1, multiplier = 1] = filter.shape;
  const seen = gatherOutputs(graph, pixels(graph, dy), info);
  const spread = graph.reshape(seen, [info.batchSize, info.inHeight * info.inWidth, taps(info), channels, multiplier]);
  const weights = graph.reshape(filter, [taps(info), channels, multiplier]);
  return graph.reshape(graph.reduce("ReduceSum", graph.mul(spread, weights), [2, 4]), info.inShape);
};

const fused =
  (plain: typeof convolve): Kernel =>
  ({ graph, input, optional, attrs }) => {
    const product = plain(graph, input("x"), input("filter"), attrs);
    const bias = optional("bias");
    const sum = bias ? graph.add(product, bias) : product;
    return activate(graph, sum, attrs["activation"], optional("preluActivationWeights"), attrs["leakyreluAlpha"]);
  };

const plain =
  (build: typeof convolve): Kernel =>
  ({ graph, input, attrs }) =>
    build(graph, input("x"), input("filter"), attrs);

/** Convolutions and their gradients. */
export const convolution: Kernels = {
  Conv2D: plain(convolve),
  Conv2DBackpropFilter: filterGradient,
  Conv2DBackpropInput: inputGradient,
  FusedConv2D: fused(convolve),
  DepthwiseConv2dNative: plain(depthwise),
  DepthwiseConv2dNativeBackpropFilter: depthwiseFilterGradient,
  DepthwiseConv2dNativeBackpropInput: depthwiseInputGradient,
  FusedDepthwiseConv2D: fused(depthwise),
};
