import type { backend_util } from "@tensorflow/tfjs-core";
import type { Builder } from "../../graph/builder";
import type { Value } from "../../graph/value";

// Convolutions by ONNX Runtime's own Conv and ConvTranspose, which never hold the columns of a whole batch: slower than
// products of gathered columns while those fit, and the only way for large images.

/** Where a convolution's windows lie. */
export type Geometry = backend_util.Conv2DInfo;

/** [batch, height, width, channels] ↔ [batch, channels, height, width]. */
const channelsFirst = (graph: Builder, x: Value) => graph.transpose(x, [0, 3, 1, 2]);
const channelsLast = (graph: Builder, x: Value) => graph.transpose(x, [0, 2, 3, 1]);

function attributesOf(info: Geometry) {
  const { top, left, bottom, right } = info.padInfo;
  return {
    pads: [top, left, bottom, right],
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
  };
}

/** The convolution of images [batch, height, width, channels] with a filter [height, width, channels, filters]. */
export function convolveImages(graph: Builder, x: Value, filter: Value, info: Geometry): Value {
  const weights = graph.transpose(filter, [3, 2, 0, 1]);
  const type = { dtype: x.dtype, shape: [info.batchSize, info.outChannels, info.outHeight, info.outWidth] };
  return channelsLast(graph, graph.op("Conv", [channelsFirst(graph, x), weights], type, attributesOf(info)));
}

/** The gradient of the filter: a convolution of the images with `dy`, channels and batch having changed places. */
export function imagesFilterGradient(graph: Builder, x: Value, dy: Value, info: Geometry): Value {
  const { pads, strides, dilations } = attributesOf(info);
  const { inChannels, outChannels, filterHeight, filterWidth, padInfo } = info;
  const taps = (length: number, out: number, stride: number, dilation: number) =>
    Math.floor((length - (out - 1) * stride - 1) / dilation) + 1;
  const height = taps(
    info.inHeight + padInfo.top + padInfo.bottom,
    info.outHeight,
    info.strideHeight,
    info.dilationHeight,
  );
  const width = taps(info.inWidth + padInfo.left + padInfo.right, info.outWidth, info.strideWidth, info.dilationWidth);
  const type = { dtype: x.dtype, shape: [inChannels, outChannels, height, width] };
  const operands = [graph.transpose(x, [3, 0, 1, 2]), graph.transpose(dy, [3, 0, 1, 2])];
  const all = graph.op("Conv", operands, type, { pads, strides: dilations, dilations: strides });
  // Pixels that the last window does not reach look like further taps.
  const gradient = graph.slice(all, [0, 0, 0, 0], [inChannels, outChannels, filterHeight, filterWidth]);
  return graph.transpose(gradient, [2, 3, 0, 1]);
}

/** The gradient of the images. */
export function imagesInputGradient(graph: Builder, dy: Value, filter: Value, info: Geometry): Value {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = info;
  const missed = (length: number, out: number, stride: number, size: number, dilation: number, pad: number) =>
    length - ((out - 1) * stride + (size - 1) * dilation + 1 - pad);
  const attributes = {
    ...attributesOf(info),
    output_padding: [
      missed(
        inHeight,
        outHeight,
        info.strideHeight,
        info.filterHeight,
        info.dilationHeight,
        padInfo.top + padInfo.bottom,
      ),
      missed(inWidth, outWidth, info.strideWidth, info.filterWidth, info.dilationWidth, padInfo.left + padInfo.right),
    ],
  };
  const weights = graph.transpose(filter, [3, 2, 0, 1]);
  const type = { dtype: dy.dtype, shape: [info.batchSize, inChannels, inHeight, inWidth] };
  return channelsLast(graph, graph.op("ConvTranspose", [channelsFirst(graph, dy), weights], type, attributes));
}
