import type { backend_util } from "@tensorflow/tfjs-core";
import { sizeFromShape } from "../../../backend/shapes";
import type { Builder } from "../../graph/builder";
import type { Value } from "../../graph/value";

/** Where the windows of a convolution or a pooling lie on images. */
export type ImageGeometry = backend_util.Conv2DInfo;

/** Where windows lie on images or volumes. */
export type Geometry = ImageGeometry | backend_util.Conv3DInfo;

/** How windows lie along one axis. */
export interface Axis {
  readonly inputs: number;
  readonly outputs: number;
  readonly taps: number;
  readonly stride: number;
  readonly dilation: number;
  /** Padding before the first and after the last input. */
  readonly before: number;
  readonly after: number;
}

/** The spatial axes: height and width of an image, depth, height and width of a volume. */
export function spatialAxes(info: Geometry): Axis[] {
  const { top, bottom, left, right } = info.padInfo;
  const axis = (name: "Height" | "Width", before: number, after: number): Axis => ({
    inputs: info[`in${name}`],
    outputs: info[`out${name}`],
    taps: info[`filter${name}`],
    stride: info[`stride${name}`],
    dilation: info[`dilation${name}`],
    before,
    after,
  });
  const image = [axis("Height", top, bottom), axis("Width", left, right)];
  if (!("inDepth" in info)) return image;
  const { inDepth: inputs, outDepth: outputs, filterDepth: taps, strideDepth: stride, dilationDepth: dilation } = info;
  const { front: before, back: after } = info.padInfo;
  return [{ inputs, outputs, taps, stride, dilation, before, after }, ...image];
}

/** What windows see: the number of the input place for each output and tap; one past the last place for the padding. */
interface Sight {
  readonly inputs: number;
  readonly outputs: number;
  readonly taps: number;
  /** [outputs, taps] */
  readonly seen: Int32Array;
}

function along({ inputs, outputs, taps, stride, dilation, before }: Axis): Sight {
  const seen = new Int32Array(outputs * taps).map((_, i) => {
    const place = Math.floor(i / taps) * stride - before + (i % taps) * dilation;
    return place >= 0 && place < inputs ? place : inputs;
  });
  return { inputs, outputs, taps, seen };
}

/** The product of two axes, of which `b` is the inner one. */
function across(a: Sight, b: Sight): Sight {
  const [inputs, outputs, taps] = [a.inputs * b.inputs, a.outputs * b.outputs, a.taps * b.taps];
  const seen = new Int32Array(outputs * taps).map((_, i) => {
    const [output, tap] = [Math.floor(i / taps), i % taps];
    const outer = a.seen[Math.floor(output / b.outputs) * a.taps + Math.floor(tap / b.taps)]!;
    const inner = b.seen[(output % b.outputs) * b.taps + (tap % b.taps)]!;
    return outer === a.inputs || inner === b.inputs ? inputs : outer * b.inputs + inner;
  });
  return { inputs, outputs, taps, seen };
}

/** What windows along these axes see together. */
export const sightOf = (axes: readonly Axis[]): Sight => axes.map(along).reduce(across);

/** Taps of a window. */
export const taps = (info: Geometry) => spatialAxes(info).reduce((product, axis) => product * axis.taps, 1);

/** For each input and tap, the output that sees it through that tap, [inputs, taps]; one past the last if none. */
function outputsSeeing({ inputs, outputs, taps, seen }: Sight): Int32Array {
  const seeing = new Int32Array(inputs * taps).fill(outputs);
  seen.forEach((place, i) => {
    if (place < inputs) seeing[place * taps + (i % taps)] = Math.floor(i / taps);
  });
  return seeing;
}

/** For each input, every position in `seen` where it is, [inputs, most]; filled up with one past the last position. */
function positionsOf({ inputs, seen }: Sight): Int32Array {
  const positions: number[][] = Array.from({ length: inputs }, () => []);
  seen.forEach((place, i) => {
    positions[place]?.push(i);
  });
  const most = positions.reduce((length, list) => Math.max(length, list.length), 1);
  return Int32Array.from(
    positions.flatMap((list) => [...list, ...Array<number>(most - list.length).fill(seen.length)]),
  );
}

/**
 * Looks up rows of `x` [batch, rows, width] by a constant matrix of row numbers [n, k] → [batch, n, k, width]. The row one
 * past the last is `padding`.
 */
function lookUp(graph: Builder, x: Value, numbers: Int32Array, columns: number, padding = 0): Value {
  const [batch = 1, rows = 0, width = 1] = x.shape;
  const n = numbers.length / columns;
  if (numbers.length === rows && numbers.every((row, i) => row === i))
    return graph.reshape(x, [batch, n, columns, width]);
  const none = [0, 0] as const;
  const source = numbers.includes(rows) ? graph.pad(x, [none, [0, 1], none], padding) : x;
  return graph.gather(source, graph.constant(numbers, "int32", [n, columns]), 1);
}

/** [batch, …axes, channels] → [batch, places, channels]. */
export function places(graph: Builder, x: Value): Value {
  return graph.reshape(x, [x.shape[0]!, sizeFromShape(x.shape.slice(1, -1)), x.shape.at(-1)!]);
}

/** What each window sees: [batch, …axes, channels] → [batch, outputs, taps, channels]. */
export function gatherWindows(graph: Builder, x: Value, info: Geometry, padding = 0): Value {
  const { seen, taps } = sightOf(spatialAxes(info));
  return lookUp(graph, places(graph, x), seen, taps, padding);
}

/** What sees each input, tap by tap: [batch, …axes, channels] → [batch, inputs, taps, channels]. */
export function gatherOutputs(graph: Builder, y: Value, info: Geometry): Value {
  const sight = sightOf(spatialAxes(info));
  return lookUp(graph, places(graph, y), outputsSeeing(sight), sight.taps);
}

/** Adds up what each input received through each window: [batch, outputs, taps, channels], in any shape, → `inShape`. */
export function sumOverWindows(graph: Builder, parts: Value, info: Geometry): Value {
  const sight = sightOf(spatialAxes(info));
  const rows = graph.reshape(parts, [info.batchSize, sight.seen.length, info.inChannels]);
  const positions = positionsOf(sight);
  const received = lookUp(graph, rows, positions, positions.length / sight.inputs);
  return graph.reshape(graph.reduce("ReduceSum", received, [2]), info.inShape);
}
