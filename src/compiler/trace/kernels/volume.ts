import { backend_util } from "@tensorflow/tfjs-core";
import { sizeFromShape } from "../../../backend/shapes";
import type { Builder } from "../../graph/builder";
import type { Value } from "../../graph/value";
import type { Call, Kernel, Kernels } from "./kernel";
import { addUp, lookUp } from "./window";

type Shape5 = [number, number, number, number, number];
type Geometry = ReturnType<typeof backend_util.computeConv3DInfo>;

function convolutionOf(
  { strides, pad, dilations = 1 }: Call["attrs"],
  x: readonly number[],
  filter: readonly number[],
) {
  return backend_util.computeConv3DInfo(x as Shape5, filter as Shape5, strides, dilations, pad);
}

function poolingOf({ filterSize, strides, pad, dimRoundingMode }: Call["attrs"], x: readonly number[]) {
  return backend_util.computePool3DInfo(x as Shape5, filterSize, strides, 1, pad, dimRoundingMode);
}

/** What windows see: for each output and tap the number of the input place, -1 for the padding. */
interface Sight {
  readonly inputs: number;
  readonly outputs: number;
  readonly taps: number;
  readonly at: readonly number[];
}

function along(inputs: number, outputs: number, taps: number, stride: number, dilation: number, pad: number): Sight {
  const at = Array.from({ length: outputs * taps }, (_, i) => {
    const place = Math.floor(i / taps) * stride - pad + (i % taps) * dilation;
    return place < inputs ? Math.max(place, -1) : -1;
  });
  return { inputs, outputs, taps, at };
}

/** The product of two axes, of which `b` is the inner one. */
function across(a: Sight, b: Sight): Sight {
  const [outputs, taps] = [a.outputs * b.outputs, a.taps * b.taps];
  const at = Array.from({ length: outputs * taps }, (_, i) => {
    const [output, tap] = [Math.floor(i / taps), i % taps];
    const outer = a.at[Math.floor(output / b.outputs) * a.taps + Math.floor(tap / b.taps)]!;
    const inner = b.at[(output % b.outputs) * b.taps + (tap % b.taps)]!;
    return outer < 0 || inner < 0 ? -1 : outer * b.inputs + inner;
  });
  return { inputs: a.inputs * b.inputs, outputs, taps, at };
}

/** What each window sees of a volume; the padding is one past the last voxel. */
function sightOf(w: Geometry) {
  const depth = along(w.inDepth, w.outDepth, w.filterDepth, w.strideDepth, w.dilationDepth, w.padInfo.front);
  const height = along(w.inHeight, w.outHeight, w.filterHeight, w.strideHeight, w.dilationHeight, w.padInfo.top);
  const width = along(w.inWidth, w.outWidth, w.filterWidth, w.strideWidth, w.dilationWidth, w.padInfo.left);
  const { at, ...sizes } = across(across(depth, height), width);
  return { ...sizes, seen: Int32Array.from(at, (voxel) => (voxel < 0 ? sizes.inputs : voxel)) };
}

/** [batch, depth, height, width, channels] → [batch, voxels, channels]. */
function voxels(graph: Builder, x: Value): Value {
  const [batch = 1, depth = 1, height = 1, width = 1, channels = 1] = x.shape;
  return graph.reshape(x, [batch, depth * height * width, channels]);
}

/** [batch, outputs, taps, channels]. */
function windows(graph: Builder, x: Value, info: Geometry, padding = 0): Value {
  const { seen, taps } = sightOf(info);
  return lookUp(graph, voxels(graph, x), seen, taps, padding);
}

/** One row for each output voxel: [batch · outputs, taps · channels]. */
function columns(graph: Builder, x: Value, info: Geometry): Value {
  const seen = windows(graph, x, info);
  const [batch = 1, outputs = 1, taps = 1, channels = 1] = seen.shape;
  return graph.reshape(seen, [batch * outputs, taps * channels]);
}

/** Rows of the last axis. */
const rows = (graph: Builder, x: Value) => {
  const width = x.shape.at(-1)!;
  return graph.reshape(x, [sizeFromShape(x.shape) / width, width]);
};

/** [batch · outputs, taps · channels], or any shape of as many, added up at the voxels that were seen. */
function sendBack(graph: Builder, parts: Value, info: Geometry): Value {
  const { seen, inputs, outputs, taps } = sightOf(info);
  const flat = graph.reshape(parts, [info.batchSize, outputs * taps, info.inChannels]);
  return graph.reshape(addUp(graph, flat, seen, inputs), info.inShape);
}

/** The kernel [taps · channels, filters] of a filter. */
const matrix = (graph: Builder, filter: Value) =>
  graph.reshape(filter, [sizeFromShape(filter.shape.slice(0, 4)), filter.shape[4]!]);

const maxPoolGradient: Kernel = ({ graph, input, attrs }) => {
  const [dy, x] = [input("dy"), input("input")];
  const info = poolingOf(attrs, x.shape);
  const seen = windows(graph, x, info, Number.NEGATIVE_INFINITY);
  const [batch = 1, outputs = 1, taps = 1, channels = 1] = seen.shape;
  const equal = graph.cast(graph.binary("Equal", seen, graph.reduce("ReduceMax", seen, [2], true)), "float32");
  // The first of equals: earlier taps weigh more.
  const order = Float32Array.from({ length: taps }, (_, i) => taps - i);
  const weighed = graph.mul(equal, graph.constant(order, "float32", [taps, 1]));
  const first = graph.binary("Equal", weighed, graph.reduce("ReduceMax", weighed, [2], true));
  const chosen = graph.mul(graph.cast(first, "float32"), graph.reshape(dy, [batch, outputs, 1, channels]));
  return sendBack(graph, chosen, info);
};

/** One over the number of voxels that each window sees, [outputs, 1]: the padding does not count. */
function shares(graph: Builder, info: Geometry): Value {
  const { seen, inputs, outputs, taps } = sightOf(info);
  const counts = new Float32Array(outputs);
  seen.forEach((voxel, i) => {
    const output = Math.floor(i / taps);
    if (voxel < inputs) counts[output] = counts[output]! + 1;
  });
  return graph.constant(
    counts.map((count) => 1 / count),
    "float32",
    [outputs, 1],
  );
}

const averagePoolGradient: Kernel = ({ graph, input, attrs }) => {
  const [dy, x] = [input("dy"), input("input")];
  const info = poolingOf(attrs, x.shape);
  const { outputs, taps } = sightOf(info);
  const share = graph.mul(voxels(graph, dy), shares(graph, info));
  const [batch, channels] = [info.batchSize, info.inChannels];
  const each = graph.expand(graph.reshape(share, [batch, outputs, 1, channels]), [batch, outputs, taps, channels]);
  return sendBack(graph, each, info);
};

/** Convolution and pooling of volumes, and their gradients. */
export const volumes: Kernels = {
  Conv3D: ({ graph, input, attrs }) => {
    const [x, filter] = [input("x"), input("filter")];
    const info = convolutionOf(attrs, x.shape, filter.shape);
    return graph.reshape(graph.gemm(columns(graph, x, info), matrix(graph, filter)), info.outShape);
  },
  Conv3DBackpropFilterV2: ({ graph, input, attrs }) => {
    const x = input("x");
    const info = convolutionOf(attrs, x.shape, attrs["filterShape"]);
    return graph.reshape(graph.gemm(columns(graph, x, info), rows(graph, input("dy")), true), attrs["filterShape"]);
  },
  Conv3DBackpropInputV2: ({ graph, input, attrs }) => {
    const filter = input("filter");
    const info = convolutionOf(attrs, attrs["inputShape"], filter.shape);
    return sendBack(graph, graph.gemm(rows(graph, input("dy")), matrix(graph, filter), false, true), info);
  },
  MaxPool3D: ({ graph, input, attrs }) => {
    const x = input("x");
    const info = poolingOf(attrs, x.shape);
    const seen = windows(graph, x, info, Number.NEGATIVE_INFINITY);
    return graph.reshape(graph.reduce("ReduceMax", seen, [2]), info.outShape);
  },
  MaxPool3DGrad: maxPoolGradient,
  AvgPool3D: ({ graph, input, attrs }) => {
    const x = input("x");
    const info = poolingOf(attrs, x.shape);
    const sums = graph.reduce("ReduceSum", windows(graph, x, info), [2]);
    return graph.reshape(graph.mul(sums, shares(graph, info)), info.outShape);
  },
  AvgPool3DGrad: averagePoolGradient,
};
