import * as tf from "@tensorflow/tfjs-core";
import { sizeFromShape } from "../../../backend/shapes";
import type { Builder } from "../../graph/builder";
import type { Value } from "../../graph/value";
import { NotCompilable } from "../not_compilable";
import { axesOf, axisOf, type Kernel, type Kernels, toDType } from "./kernel";

const { backend_util: backendUtil, slice_util: sliceUtil } = tf;

/** Reflects by looking up, axis by axis, which element each one mirrors. */
const mirrorPad: Kernel = ({ graph, input, attrs }) => {
  const offset = attrs["mode"] === "reflect" ? 0 : 1;
  return (attrs["paddings"] as [number, number][]).reduce((x, [before, after], axis) => {
    if (before === 0 && after === 0) return x;
    const length = x.shape[axis]!;
    const sources = Array.from({ length: before + length + after }, (_, i) => {
      const at = i - before;
      if (at < 0) return -at - offset;
      return at < length ? at : 2 * (length - 1) - at + offset;
    });
    return graph.gather(x, graph.numbers(sources, "int32"), axis);
  }, input("x"));
};

/** Moves blocks from the spatial axes to the batch, or back: reshapes and a transpose. */
function moveBlocks(graph: Builder, x: Value, blockShape: number[], toSpace: boolean): Value {
  const [shape, size] = [[...x.shape], sizeFromShape(blockShape)];
  const apart = graph.reshape(x, backendUtil.getReshaped(shape, blockShape, size, toSpace));
  const permuted = backendUtil.getPermuted(apart.shape.length, blockShape.length, toSpace);
  const result = backendUtil.getReshapedPermuted(shape, blockShape, size, toSpace);
  return graph.reshape(graph.transpose(apart, permuted), result);
}

const spaceToBatch: Kernel = ({ graph, input, attrs }) => {
  const x = input("x");
  const spatial = [[0, 0], ...attrs["paddings"]] as [number, number][];
  const paddings = x.shape.map((_, axis) => spatial[axis] ?? ([0, 0] as const));
  return moveBlocks(graph, graph.pad(x, paddings), attrs["blockShape"], false);
};

const batchToSpace: Kernel = ({ graph, input, attrs }) => {
  const whole = moveBlocks(graph, input("x"), attrs["blockShape"], true);
  const crops = [[0, 0], ...attrs["crops"]] as [number, number][];
  return graph.slice(
    whole,
    whole.shape.map((_, axis) => crops[axis]?.[0] ?? 0),
    whole.shape.map((length, axis) => length - (crops[axis]?.[1] ?? 0)),
  );
};

/** One piece at a time: ONNX has no cumulative product. */
const cumulativeProduct: Kernel = ({ graph, input, attrs }) => {
  const x = input("x");
  const axis = axisOf(attrs["axis"], x.shape.length);
  const length = x.shape[axis]!;
  if (length > 256) throw new NotCompilable("Cumprod", `the cumulative product of ${length} elements is too long`);
  const { exclusive, reverse } = attrs as { exclusive: boolean; reverse: boolean };
  const pieces = [...graph.split(x, Array(length).fill(1), axis)];
  if (reverse) pieces.reverse();
  const first = pieces[0]!;
  let product = exclusive ? graph.fill(1, x.dtype, first.shape) : first;
  const products = [product];
  for (let i = 1; i < length; i++) {
    product = graph.mul(product, pieces[exclusive ? i - 1 : i]!);
    products.push(product);
  }
  return graph.concat(reverse ? products.reverse() : products, axis);
};

/** Kernels that move elements and make them. */
export const shapes: Kernels = {
  Reshape: ({ graph, input, attrs }) => {
    const x = input("x");
    return graph.reshape(x, tf.util.inferFromImplicitShape(attrs["shape"], sizeFromShape(x.shape)));
  },
  ExpandDims: ({ graph, input, attrs }) => {
    const x = input("input");
    const at = attrs["dim"] < 0 ? attrs["dim"] + x.shape.length + 1 : attrs["dim"];
    return graph.reshape(x, x.shape.toSpliced(at, 0, 1));
  },
  Transpose: ({ graph, input, attrs }) => graph.transpose(input("x"), attrs["perm"]),
  BroadcastTo: ({ graph, input, attrs }) => graph.expand(input("x"), attrs["shape"]),
  Concat: ({ graph, inputs, attrs }) => {
    const axis = axisOf(attrs["axis"], inputs[0]!.shape.length);
    return graph.concat(inputs, axis);
  },
  Pack: ({ graph, inputs, attrs }) => {
    const axis = axisOf(attrs["axis"], inputs[0]!.shape.length + 1);
    const rows = inputs.map((x) => graph.reshape(x, x.shape.toSpliced(axis, 0, 1)));
    return graph.concat(rows, axis);
  },
  Unpack: ({ graph, input, attrs }) => {
    const x = input("value");
    const axis = axisOf(attrs["axis"], x.shape.length);
    const pieces = graph.split(x, Array(x.shape[axis]).fill(1), axis);
    return pieces.map((piece) => graph.reshape(piece, piece.shape.toSpliced(axis, 1)));
  },
  SplitV: ({ graph, input, attrs }) => {
    const x = input("x");
    const axis = axisOf(attrs["axis"], x.shape.length);
    const info = { shape: [...x.shape] } as tf.Tensor;
    return graph.split(x, backendUtil.prepareSplitSize(info, attrs["numOrSizeSplits"], axis), axis);
  },
  Slice: ({ graph, input, attrs }) => {
    const x = input("x");
    const info = { shape: [...x.shape], rank: x.shape.length } as tf.Tensor;
    const [begin, size] = sliceUtil.parseSliceParams(info, attrs["begin"], attrs["size"]) as [number[], number[]];
    const end = size.map((length, axis) => length + begin[axis]!);
    return graph.slice(x, begin, end);
  },
  StridedSlice: ({ graph, input, attrs }) => {
    const x = input("x");
    const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attrs;
    const masks = [beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask] as const;
    const info = sliceUtil.sliceInfo([...x.shape], begin, end, strides, ...masks);
    return graph.reshape(graph.slice(x, info.begin, info.end, info.strides), info.finalShape);
  },
  Reverse: ({ graph, input, attrs }) => {
    const x = input("x");
    const turned = axesOf(attrs["dims"], x.shape.length);
    const isTurned = (axis: number) => turned.includes(axis);
    const begin = x.shape.map((length, axis) => (isTurned(axis) ? length - 1 : 0));
    const end = x.shape.map((length, axis) => (isTurned(axis) ? -1 : length));
    const steps = x.shape.map((_, axis) => (isTurned(axis) ? -1 : 1));
    return graph.slice(x, begin, end, steps);
  },
  Tile: ({ graph, input, attrs }) => {
    const x = input("x");
    const reps = attrs["reps"] as number[];
    if (reps.every((times) => times === 1)) return x;
    const shape = x.shape.map((length, axis) => length * reps[axis]!);
    return graph.op("Tile", [x, graph.integers(reps)], { dtype: x.dtype, shape });
  },
  PadV2: ({ graph, input, attrs }) => graph.pad(input("x"), attrs["paddings"], attrs["constantValue"]),
  MirrorPad: mirrorPad,
  Cumprod: cumulativeProduct,
  SpaceToBatchND: spaceToBatch,
  BatchToSpaceND: batchToSpace,
  Fill: ({ graph, attrs }) => graph.fill(attrs["value"], toDType(attrs["dtype"] ?? "float32"), attrs["shape"]),
  Range: ({ graph, attrs: { start, stop, step, dtype } }) => {
    const length = Math.max(0, Math.ceil((stop - start) / step));
    return graph.numbers(
      Array.from({ length }, (_, i) => start + i * step),
      dtype,
    );
  },
  LinSpace: ({ graph, attrs: { start, stop, num } }) => {
    const step = (i: number) => (i * (stop - start)) / Math.max(1, num - 1);
    return graph.numbers(
      Array.from({ length: num }, (_, i) => start + step(i)),
      "float32",
    );
  },
};
