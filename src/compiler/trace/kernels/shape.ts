import * as tf from "@tensorflow/tfjs-core";
import { sizeFromShape } from "../../../backend/shapes";
import type { Builder } from "../../graph/builder";
import { dataOf } from "../../graph/graph";
import type { Value } from "../../graph/value";
import { NotCompilable } from "../not_compilable";
import { axesOf, type Kernel, type Kernels, toDType } from "./kernel";

const { slice_util: sliceUtil } = tf;

/** Cuts `x` into pieces of the given lengths along `axis`. */
function split(graph: Builder, x: Value, lengths: readonly number[], axis: number): readonly Value[] {
  if (lengths.length === 1) return [x];
  const types = lengths.map((length) => ({ dtype: x.dtype, shape: x.shape.with(axis, length) }));
  return graph.node("Split", [x, graph.integers(lengths)], types, { axis });
}

const stridedSlice: Kernel = ({ graph, input, attrs }) => {
  const x = input("x");
  const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attrs;
  const info = sliceUtil.sliceInfo(
    [...x.shape],
    begin,
    end,
    strides,
    beginMask,
    endMask,
    ellipsisMask,
    newAxisMask,
    shrinkAxisMask,
  );
  return graph.reshape(graph.slice(x, info.begin, info.end, info.strides), info.finalShape);
};

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
    return graph.gather(x, graph.constant(dataOf("int32", sources), "int32", [sources.length]), axis);
  }, input("x"));
};

/** Moves blocks between the batch and the spatial axes; `SpaceToBatchND` and its inverse are reshapes and a transpose. */
const spaceToBatch: Kernel = ({ graph, input, attrs }) => {
  const { blockShape, paddings } = attrs as { blockShape: number[]; paddings: [number, number][] };
  const x = input("x");
  const rest = x.shape.length - 1 - blockShape.length;
  const padded = graph.pad(x, [[0, 0], ...paddings, ...Array.from({ length: rest }, () => [0, 0] as [number, number])]);
  const shape = [...padded.shape];
  const product = sizeFromShape(blockShape);
  const reshaped = tf.backend_util.getReshaped(shape, blockShape, product, false);
  const permuted = tf.backend_util.getPermuted(reshaped.length, blockShape.length, false);
  const result = tf.backend_util.getReshapedPermuted(shape, blockShape, product, false);
  return graph.reshape(graph.transpose(graph.reshape(padded, reshaped), permuted), result);
};

const batchToSpace: Kernel = ({ graph, input, attrs }) => {
  const { blockShape, crops } = attrs as { blockShape: number[]; crops: [number, number][] };
  const x = input("x");
  const shape = [...x.shape];
  const product = sizeFromShape(blockShape);
  const reshaped = tf.backend_util.getReshaped(shape, blockShape, product);
  const permuted = tf.backend_util.getPermuted(reshaped.length, blockShape.length);
  const joined = tf.backend_util.getReshapedPermuted(shape, blockShape, product);
  const whole = graph.reshape(graph.transpose(graph.reshape(x, reshaped), permuted), joined);
  const cropOf = (axis: number) => crops[axis - 1] ?? [0, 0];
  return graph.slice(
    whole,
    joined.map((_, axis) => cropOf(axis)[0]),
    joined.map((length, axis) => length - cropOf(axis)[1]),
  );
};

/** One piece at a time: ONNX has no cumulative product. */
const cumulativeProduct: Kernel = ({ graph, input, attrs }) => {
  const x = input("x");
  const [axis = 0] = axesOf(attrs["axis"], x.shape.length);
  const length = x.shape[axis]!;
  if (length > 256) throw new NotCompilable("Cumprod", `the cumulative product of ${length} elements is too long`);
  const { exclusive, reverse } = attrs as { exclusive: boolean; reverse: boolean };
  const pieces = [...split(graph, x, Array(length).fill(1), axis)];
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
    const [axis = 0] = axesOf(attrs["axis"], inputs[0]?.shape.length ?? 0);
    return graph.concat(inputs, axis);
  },
  Pack: ({ graph, inputs, attrs }) => {
    const rank = (inputs[0]?.shape.length ?? 0) + 1;
    const [axis = 0] = axesOf(attrs["axis"], rank);
    return graph.concat(
      inputs.map((x) => graph.reshape(x, x.shape.toSpliced(axis, 0, 1))),
      axis,
    );
  },
  Unpack: ({ graph, input, attrs }) => {
    const x = input("value");
    const [axis = 0] = axesOf(attrs["axis"], x.shape.length);
    const count = x.shape[axis]!;
    const pieces = split(graph, x, Array(count).fill(1), axis);
    return pieces.map((piece) => graph.reshape(piece, piece.shape.toSpliced(axis, 1)));
  },
  SplitV: ({ graph, input, attrs }) => {
    const x = input("x");
    const [axis = 0] = axesOf(attrs["axis"], x.shape.length);
    const lengths = tf.backend_util.prepareSplitSize(
      { shape: [...x.shape] } as tf.Tensor,
      attrs["numOrSizeSplits"],
      axis,
    );
    return split(graph, x, lengths, axis);
  },
  Slice: ({ graph, input, attrs }) => {
    const x = input("x");
    const info = { shape: [...x.shape], rank: x.shape.length } as tf.Tensor;
    const [begin, size] = sliceUtil.parseSliceParams(info, attrs["begin"], attrs["size"]) as [number[], number[]];
    return graph.slice(
      x,
      begin,
      size.map((length, axis) => length + begin[axis]!),
    );
  },
  StridedSlice: stridedSlice,
  Reverse: ({ graph, input, attrs }) => {
    const x = input("x");
    const turned = axesOf(attrs["dims"], x.shape.length);
    const pick = (yes: (length: number) => number, no: (length: number) => number) =>
      x.shape.map((length, axis) => (turned.includes(axis) ? yes(length) : no(length)));
    return graph.slice(
      x,
      pick(
        (length) => length - 1,
        () => 0,
      ),
      pick(
        () => -1,
        (length) => length,
      ),
      pick(
        () => -1,
        () => 1,
      ),
    );
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
  Range: ({ graph, attrs }) => {
    const { start, stop, step, dtype } = attrs as { start: number; stop: number; step: number; dtype: "float32" };
    const length = Math.max(0, Math.ceil((stop - start) / step));
    const values = Array.from({ length }, (_, i) => start + i * step);
    return graph.constant(dataOf(dtype, values), dtype, [length]);
  },
  LinSpace: ({ graph, attrs }) => {
    const { start, stop, num } = attrs as { start: number; stop: number; num: number };
    const values = Array.from({ length: num }, (_, i) => start + (i * (stop - start)) / Math.max(1, num - 1));
    return graph.constant(dataOf("float32", values), "float32", [num]);
  },
};
