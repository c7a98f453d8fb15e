import { backend_util } from "@tensorflow/tfjs-core";
import type { Builder } from "../../graph/builder";
import type { Value } from "../../graph/value";
import { sameChannelSums, zeroUnlessPositive } from "./facts";
import { halve, halvingGradient, isHalving } from "./halving";
import type { Call, Kernel, Kernels } from "./kernel";
import { type Geometry, gatherWindows, places, sightOf, spatialAxes, sumOverWindows } from "./window";

function geometry(attrs: Call["attrs"], { shape }: Value): Geometry {
  const { filterSize, strides, pad, dimRoundingMode } = attrs;
  return shape.length === 4
    ? backend_util.computePool2DInfo(
        shape as [number, number, number, number],
        filterSize,
        strides,
        1,
        pad,
        dimRoundingMode,
      )
    : backend_util.computePool3DInfo(
        shape as [number, number, number, number, number],
        filterSize,
        strides,
        1,
        pad,
        dimRoundingMode,
      );
}

/** What is under a relu: the greatest of a window can be found first, and then far fewer numbers need the relu. */
const underRelu = (x: Value) => (x.node.op === "Relu" && x.shape.length === 4 ? x.node.inputs[0] : undefined);

/** The greatest of each window. */
function greatest(graph: Builder, x: Value, info: Geometry): Value {
  if (isHalving(info)) return graph.reshape(halve(graph, x), info.outShape);
  const seen = gatherWindows(graph, x, info, Number.NEGATIVE_INFINITY);
  return graph.reshape(graph.reduce("ReduceMax", seen, [2]), info.outShape);
}

const maxPool: Kernel = ({ graph, input, attrs }) => {
  const x = input("x");
  const info = geometry(attrs, x);
  const before = underRelu(x);
  return before ? graph.unary("Relu", greatest(graph, before, info)) : greatest(graph, x, info);
};

const maxPoolGradient: Kernel = ({ graph, input, attrs }) => {
  const [dy, x] = [input("dy"), input("input")];
  const info = geometry(attrs, x);
  const before = underRelu(x);
  if (!before) return sendBack(graph, dy, x, info);
  const positive = graph.binary("Greater", greatest(graph, before, info), graph.scalar(0));
  const masked = graph.mul(dy, graph.cast(positive, "float32"));
  const dx = sendBack(graph, masked, before, info);
  zeroUnlessPositive.set(dx, before);
  sameChannelSums.set(dx, masked);
  return dx;
};

/** Gives each window's gradient to its greatest element, the first of equals. */
function sendBack(graph: Builder, dy: Value, x: Value, info: Geometry): Value {
  if (isHalving(info)) return halvingGradient(graph, dy, x);
  const seen = gatherWindows(graph, x, info, Number.NEGATIVE_INFINITY);
  const [batch = 1, outputs = 1, taps = 1, channels = 1] = seen.shape;
  const equal = graph.cast(graph.binary("Equal", seen, graph.reduce("ReduceMax", seen, [2], true)), "float32");
  // The first of equals: earlier taps weigh more.
  const weights = Array.from({ length: taps }, (_, i) => taps - i);
  const weighed = graph.mul(equal, graph.numbers(weights, "float32", [taps, 1]));
  const first = graph.binary("Equal", weighed, graph.reduce("ReduceMax", weighed, [2], true));
  const parts = graph.mul(graph.cast(first, "float32"), graph.reshape(dy, [batch, outputs, 1, channels]));
  return sumOverWindows(graph, parts, info);
}

/** One over the number of elements that each window sees, [outputs, 1]: the padding does not count. */
function shares(graph: Builder, info: Geometry): Value {
  const { seen, inputs, outputs, taps } = sightOf(spatialAxes(info));
  const values = Array.from({ length: outputs }, (_, output) => {
    const window = seen.subarray(output * taps, (output + 1) * taps);
    return 1 / window.filter((place) => place < inputs).length;
  });
  return graph.numbers(values, "float32", [outputs, 1]);
}

const averagePool: Kernel = ({ graph, input, attrs }) => {
  const x = input("x");
  const info = geometry(attrs, x);
  const sums = graph.reduce("ReduceSum", gatherWindows(graph, x, info), [2]);
  return graph.reshape(graph.mul(sums, shares(graph, info)), info.outShape);
};

const averagePoolGradient: Kernel = ({ graph, input, attrs }) => {
  const [dy, x] = [input("dy"), input("input")];
  const info = geometry(attrs, x);
  const { outputs, taps } = sightOf(spatialAxes(info));
  const share = graph.mul(places(graph, dy), shares(graph, info));
  const [batch, channels] = [info.batchSize, info.inChannels];
  const each = graph.expand(graph.reshape(share, [batch, outputs, 1, channels]), [batch, outputs, taps, channels]);
  return sumOverWindows(graph, each, info);
};

/** Pooling of images and volumes, and its gradients. */
export const pooling: Kernels = {
  MaxPool: maxPool,
  MaxPoolGrad: maxPoolGradient,
  AvgPool: averagePool,
  AvgPoolGrad: averagePoolGradient,
  MaxPool3D: maxPool,
  MaxPool3DGrad: maxPoolGradient,
  AvgPool3D: averagePool,
  AvgPool3DGrad: averagePoolGradient,
};
