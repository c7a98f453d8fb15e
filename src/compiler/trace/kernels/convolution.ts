import { backend_util } from "@tensorflow/tfjs-core";
import { sizeFromShape } from "../../../backend/shapes";
import type { Builder } from "../../graph/builder";
import type { Value } from "../../graph/value";
import type { Call, Kernel, Kernels } from "./kernel";
import { fused } from "./matrix";
import { convolveImages, imagesFilterGradient, imagesInputGradient } from "./onnx_conv";
import {
  type Geometry,
  gatherOutputs,
  gatherWindows,
  type ImageGeometry,
  spatialAxes,
  sumOverWindows,
  taps,
} from "./window";
import { isWinograd, winograd, winogradFilterGradient, winogradInputGradient } from "./winograd";

// Convolutions as matrix products. The columns that a window sees are gathered by a constant matrix of pixel numbers; the
// same columns serve the gradient of the filter. With filters that change at every step this takes half the time of
// ONNX Runtime's own Conv and ConvTranspose.

type Shape4 = [number, number, number, number];
type Shape5 = [...Shape4, number];

function geometry(
  attrs: Call["attrs"],
  inputShape: readonly number[],
  filterShape: readonly number[],
  depthwise = false,
): ImageGeometry {
  const { strides, pad, dilations = 1, dimRoundingMode, dataFormat = "NHWC" } = attrs;
  if (dataFormat !== "NHWC") throw new Error("Convolutions with channels first have no compiled form.");
  const shapes = [inputShape as Shape4, filterShape as Shape4] as const;
  return backend_util.computeConv2DInfo(...shapes, strides, dilations, pad, dimRoundingMode, depthwise);
}

function volumeGeometry(attrs: Call["attrs"], inputShape: readonly number[], filterShape: readonly number[]): Geometry {
  const { strides, pad, dilations = 1 } = attrs;
  return backend_util.computeConv3DInfo(inputShape as Shape5, filterShape as Shape5, strides, dilations, pad);
}

/** Gathered columns of more bytes than this are not kept in memory. */
const LARGEST_COLUMNS = 100e6;

/** Whether ONNX Runtime's own convolution is the better one. */
function byImages(graph: Builder, info: ImageGeometry): boolean {
  // In an exported model filters are constants, and there it is fast.
  return graph.anyBatch || tooLarge(info, info.outHeight * info.outWidth, info.inChannels);
}

/** Whether the columns of one window for each of `positions` pixels, `channels` wide, are too large. */
function tooLarge(info: ImageGeometry, positions: number, channels: number): boolean {
  return info.batchSize * positions * taps(info) * channels * Float32Array.BYTES_PER_ELEMENT > LARGEST_COLUMNS;
}

/** Up to this many channels a gather copies next to nothing at a time, and cutting out whole images is faster. */
const FEW_CHANNELS = 4;

/** [batch · outputs, taps · channels]: one row for each output. */
function columnsOf(graph: Builder, x: Value, info: Geometry): Value {
  const slices = !("inDepth" in info) && info.inChannels <= FEW_CHANNELS;
  const seen = slices ? sliceWindows(graph, x, info) : gatherWindows(graph, x, info);
  const columns = taps(info) * info.inChannels;
  return graph.reshape(seen, [sizeFromShape(seen.shape) / columns, columns]);
}

/** What each window sees, [pixels, taps, channels], from one shifted image for each tap. */
function sliceWindows(graph: Builder, x: Value, info: ImageGeometry): Value {
  const { batchSize: batch, inChannels: channels, outHeight, outWidth } = info;
  const axes = spatialAxes(info);
  const spans = axes.map(({ outputs, stride }) => (outputs - 1) * stride + 1);
  const pads = axes.map(({ inputs, taps, dilation, before }, axis) => {
    return [before, Math.max(0, spans[axis]! + (taps - 1) * dilation - inputs - before)] as const;
  });
  const padded = graph.pad(graph.transpose(x, [3, 0, 1, 2]), [[0, 0], [0, 0], ...pads]);
  const slices = Array.from({ length: taps(info) }, (_, tap) => {
    const top = Math.floor(tap / info.filterWidth) * info.dilationHeight;
    const left = (tap % info.filterWidth) * info.dilationWidth;
    const end = [channels, batch, top + spans[0]!, left + spans[1]!];
    const slice = graph.slice(padded, [0, 0, top, left], end, [1, 1, info.strideHeight, info.strideWidth]);
    return graph.reshape(slice, [1, channels, batch * outHeight * outWidth]);
  });
  return graph.transpose(graph.concat(slices, 0), [2, 0, 1]);
}

/** The last axis as columns: [batch · outputs, channels] of outputs, [taps · channels, filters] of a filter. */
function matrixOf(graph: Builder, x: Value): Value {
  const columns = x.shape.at(-1)!;
  return graph.reshape(x, [sizeFromShape(x.shape) / columns, columns]);
}

function convolveColumns(graph: Builder, x: Value, filter: Value, info: Geometry): Value {
  return graph.reshape(graph.gemm(columnsOf(graph, x, info), matrixOf(graph, filter)), info.outShape);
}

const convolve = ({ graph, input, attrs }: Call): Value => {
  const [x, filter] = [input("x"), input("filter")];
  const info = geometry(attrs, x.shape, filter.shape);
  if (byImages(graph, info)) return convolveImages(graph, x, filter, info);
  return isWinograd(info) ? winograd(graph, x, filter, info) : convolveColumns(graph, x, filter, info);
};

const filterGradient: Kernel = ({ graph, input, attrs }) => {
  const [x, dy] = [input("x"), input("dy")];
  const info = geometry(attrs, x.shape, attrs["filterShape"]);
  if (byImages(graph, info)) return imagesFilterGradient(graph, x, dy, info);
  if (isWinograd(info)) return winogradFilterGradient(graph, x, dy, info);
  const rows = matrixOf(graph, dy);
  const columns = columnsOf(graph, x, info);
  // Gemm copies what it transposes; the narrower of the two costs less, and the result is small.
  if (info.outChannels >= taps(info) * info.inChannels) {
    return graph.reshape(graph.gemm(columns, rows, true), attrs["filterShape"]);
  }
  // Transposed as three axes: ONNX Runtime would undo a plain transpose.
  const turned = graph.reshape(graph.gemm(rows, columns, true), [info.outChannels, taps(info), info.inChannels]);
  return graph.reshape(graph.transpose(turned, [1, 2, 0]), attrs["filterShape"]);
};

/** Multiplies first, then adds up what each input gets. */
function sendBack(graph: Builder, dy: Value, filter: Value, info: Geometry): Value {
  return sumOverWindows(graph, graph.gemm(matrixOf(graph, dy), matrixOf(graph, filter), false, true), info);
}

const inputGradient: Kernel = ({ graph, input, attrs }) => {
  const [dy, filter] = [input("dy"), input("filter")];
  const info = geometry(attrs, attrs["inputShape"], filter.shape);
  const { batchSize: batch, inHeight, inWidth, outHeight, outWidth, inChannels, outChannels } = info;
  const positions = Math.max(inHeight * inWidth, outHeight * outWidth);
  if (graph.anyBatch || tooLarge(info, positions, Math.max(inChannels, outChannels))) {
    return imagesInputGradient(graph, dy, filter, info);
  }
  if (isWinograd(info)) return winogradInputGradient(graph, dy, filter, info);
  // With strides most taps see nothing.
  if (info.strideHeight > 1 || info.strideWidth > 1) return sendBack(graph, dy, filter, info);
  const seen = gatherOutputs(graph, dy, info);
  const rows = graph.reshape(seen, [batch * inHeight * inWidth, taps(info) * outChannels]);
  const turned = graph.transpose(graph.reshape(filter, [taps(info), inChannels, outChannels]), [0, 2, 1]);
  const weights = graph.reshape(turned, [taps(info) * outChannels, inChannels]);
  return graph.reshape(graph.gemm(rows, weights), info.inShape);
};

const depthwise = ({ graph, input, attrs }: Call): Value => {
  const [x, filter] = [input("x"), input("filter")];
  const info = geometry(attrs, x.shape, filter.shape, true);
  const seen = gatherWindows(graph, x, info);
  const weights = graph.reshape(filter, [taps(info), info.inChannels, filter.shape[3]!]);
  const products = graph.mul(graph.reshape(seen, [...seen.shape, 1]), weights);
  return graph.reshape(graph.reduce("ReduceSum", products, [2]), info.outShape);
};

const depthwiseFilterGradient: Kernel = ({ graph, input, attrs }) => {
  const [x, dy] = [input("x"), input("dy")];
  const filterShape = attrs["filterShape"] as number[];
  const info = geometry(attrs, x.shape, filterShape, true);
  const rows = info.batchSize * info.outHeight * info.outWidth;
  const [, , channels = 1, multiplier = 1] = filterShape;
  const seen = graph.reshape(gatherWindows(graph, x, info), [rows, taps(info), channels, 1]);
  const product = graph.mul(seen, graph.reshape(dy, [rows, 1, channels, multiplier]));
  return graph.reshape(graph.reduce("ReduceSum", product, [0]), filterShape);
};

const depthwiseInputGradient: Kernel = ({ graph, input, attrs }) => {
  const [dy, filter] = [input("dy"), input("filter")];
  const info = geometry(attrs, attrs["inputShape"], filter.shape, true);
  const [, , channels = 1, multiplier = 1] = filter.shape;
  const seen = gatherOutputs(graph, dy, info);
  const spread = graph.reshape(seen, [info.batchSize, info.inHeight * info.inWidth, taps(info), channels, multiplier]);
  const weights = graph.reshape(filter, [taps(info), channels, multiplier]);
  return graph.reshape(graph.reduce("ReduceSum", graph.mul(spread, weights), [2, 4]), info.inShape);
};

/** Convolutions of images and volumes, and their gradients. */
export const convolution: Kernels = {
  Conv2D: convolve,
  Conv2DBackpropFilter: filterGradient,
  Conv2DBackpropInput: inputGradient,
  FusedConv2D: fused(convolve),
  DepthwiseConv2dNative: depthwise,
  DepthwiseConv2dNativeBackpropFilter: depthwiseFilterGradient,
  DepthwiseConv2dNativeBackpropInput: depthwiseInputGradient,
  FusedDepthwiseConv2D: fused(depthwise),
  Conv3D: ({ graph, input, attrs }) => {
    const [x, filter] = [input("x"), input("filter")];
    return convolveColumns(graph, x, filter, volumeGeometry(attrs, x.shape, filter.shape));
  },
  Conv3DBackpropFilterV2: ({ graph, input, attrs }) => {
    const x = input("x");
    const columns = columnsOf(graph, x, volumeGeometry(attrs, x.shape, attrs["filterShape"]));
    return graph.reshape(graph.gemm(columns, matrixOf(graph, input("dy")), true), attrs["filterShape"]);
  },
  Conv3DBackpropInputV2: ({ graph, input, attrs }) => {
    const filter = input("filter");
    return sendBack(graph, input("dy"), filter, volumeGeometry(attrs, attrs["inputShape"], filter.shape));
  },
};
