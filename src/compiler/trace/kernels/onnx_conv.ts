import type { Builder } from "../../graph/builder";
import type { Value } from "../../graph/value";
import { type ImageGeometry, spatialAxes } from "./window";

// Convolutions by ONNX Runtime's own Conv and ConvTranspose, which never keep the columns of a whole batch in memory: slower
// than products of gathered columns while those fit, and the only way for large images.

/** [batch, height, width, channels] ↔ [batch, channels, height, width]. */
const channelsFirst = (graph: Builder, x: Value) => graph.transpose(x, [0, 3, 1, 2]);
const channelsLast = (graph: Builder, x: Value) => graph.transpose(x, [0, 2, 3, 1]);

function attributesOf(info: ImageGeometry) {
  const { top, left, bottom, right } = info.padInfo;
  return {
    pads: [top, left, bottom, right],
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
  };
}

/** The convolution of images [batch, height, width, channels] with a filter [height, width, channels, filters]. */
export function convolveImages(graph: Builder, x: Value, filter: Value, info: ImageGeometry): Value {
  const weights = graph.transpose(filter, [3, 2, 0, 1]);
  const type = { dtype: x.dtype, shape: [info.batchSize, info.outChannels, info.outHeight, info.outWidth] };
  return channelsLast(graph, graph.op("Conv", [channelsFirst(graph, x), weights], type, attributesOf(info)));
}

/** The gradient of the filter: a convolution of the images with `dy`, with channels and batch swapped. */
export function imagesFilterGradient(graph: Builder, x: Value, dy: Value, info: ImageGeometry): Value {
  const { pads, strides, dilations } = attributesOf(info);
  const { inChannels, outChannels, filterHeight, filterWidth } = info;
  const size = spatialAxes(info).map(
    ({ inputs, outputs, stride, dilation, before, after }) =>
      Math.floor((inputs + before + after - (outputs - 1) * stride - 1) / dilation) + 1,
  );
  const type = { dtype: x.dtype, shape: [inChannels, outChannels, ...size] };
  const operands = [graph.transpose(x, [3, 0, 1, 2]), graph.transpose(dy, [3, 0, 1, 2])];
  const all = graph.op("Conv", operands, type, { pads, strides: dilations, dilations: strides });
  // Pixels that the last window does not reach look like further taps.
  const gradient = graph.slice(all, [0, 0, 0, 0], [inChannels, outChannels, filterHeight, filterWidth]);
  return graph.transpose(gradient, [2, 3, 0, 1]);
}

/** The gradient of the images. */
export function imagesInputGradient(graph: Builder, dy: Value, filter: Value, info: ImageGeometry): Value {
  // What the last window does not reach.
  const missed = spatialAxes(info).map(
    ({ inputs, outputs, taps, stride, dilation, before, after }) =>
      inputs - ((outputs - 1) * stride + (taps - 1) * dilation + 1 - before - after),
  );
  const weights = graph.transpose(filter, [3, 2, 0, 1]);
  const type = { dtype: dy.dtype, shape: [info.batchSize, info.inChannels, info.inHeight, info.inWidth] };
  const attributes = { ...attributesOf(info), output_padding: missed };
  return channelsLast(graph, graph.op("ConvTranspose", [channelsFirst(graph, dy), weights], type, attributes));
}
