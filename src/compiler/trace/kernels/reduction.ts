import { sizeFromShape } from "../../../backend/shapes";
import type { Value } from "../../graph/value";
import { sameChannelSums } from "./facts";
import { axesOf, axisOf, type Call, type Kernel, type Kernels } from "./kernel";

const reduction =
  (op: string, convert: (call: Call, x: Value) => Value = (_, x) => x): Kernel =>
  (call) => {
    const x = convert(call, call.input("x"));
    const { axis, reductionIndices, keepDims } = call.attrs;
    return call.graph.reduce(op, x, axesOf(axis ?? reductionIndices, x.shape.length), keepDims);
  };

const asInt32 = ({ graph }: Call, x: Value) => (x.dtype === "bool" ? graph.cast(x, "int32") : x);
const asFloat = ({ graph }: Call, x: Value) => graph.cast(x, "float32");

/** `All` and `Any`, by the least and the greatest of 0 and 1. */
const logical =
  (op: string): Kernel =>
  (call) =>
    call.graph.cast(reduction(op, asInt32)(call) as Value, "bool");

const argument =
  (op: string): Kernel =>
  ({ graph, input, attrs }) => {
    const x = input("x");
    const axis = axisOf(attrs["axis"], x.shape.length);
    const type = { dtype: "int64", shape: x.shape.toSpliced(axis, 1) } as const;
    return graph.cast(graph.op(op, [x], type, { axis, keepdims: 0 }), "int32");
  };

const softmax =
  (op: string, axisName: string): Kernel =>
  ({ graph, input, attrs }) => {
    const x = input("logits");
    const axis = axisOf(attrs[axisName], x.shape.length);
    return graph.unary(op, x, { axis });
  };

/** Reductions, and kernels like them. */
export const reductions: Kernels = {
  Sum: (call) => {
    const { graph, input, attrs } = call;
    const x = input("x");
    const smaller = sameChannelSums.get(x);
    const axes = axesOf(attrs["axis"], x.shape.length);
    if (smaller && axes.join() === "0,1,2") return graph.reduce("ReduceSum", smaller, axes, attrs["keepDims"]);
    return reduction("ReduceSum", asInt32)(call);
  },
  Mean: reduction("ReduceMean", asFloat),
  Max: reduction("ReduceMax", asInt32),
  Min: reduction("ReduceMin", asInt32),
  Prod: reduction("ReduceProd", asInt32),
  All: logical("ReduceMin"),
  Any: logical("ReduceMax"),
  ArgMax: argument("ArgMax"),
  ArgMin: argument("ArgMin"),
  Softmax: softmax("Softmax", "dim"),
  LogSoftmax: softmax("LogSoftmax", "axis"),
  Cumsum: ({ graph, input, attrs }) => {
    const x = input("x");
    const axis = axisOf(attrs["axis"], x.shape.length);
    return graph.op("CumSum", [x, graph.scalar(axis, "int64")], x, {
      exclusive: attrs["exclusive"] ? 1 : 0,
      reverse: attrs["reverse"] ? 1 : 0,
    });
  },
  TopK: ({ graph, input, attrs }) => {
    const x = input("x");
    const shape = x.shape.with(-1, attrs["k"]);
    const found = { dtype: x.dtype, shape };
    const places = { dtype: "int64", shape } as const;
    const [values, indices] = graph.node("TopK", [x, graph.integers([attrs["k"]])], [found, places], { sorted: 1 });
    return [values!, graph.cast(indices!, "int32")];
  },
  FusedBatchNorm: ({ graph, input, optional, attrs }) => {
    const [x, mean, variance] = [input("x"), input("mean"), input("variance")];
    const deviation = graph.unary("Sqrt", graph.add(variance, graph.scalar(attrs["varianceEpsilon"])));
    const scale = optional("scale");
    const factor = scale ? graph.div(scale, deviation) : graph.unary("Reciprocal", deviation);
    const scaled = graph.mul(graph.sub(x, mean), factor);
    const offset = optional("offset");
    return offset ? graph.add(scaled, offset) : scaled;
  },
  Bincount: ({ graph, input, attrs }) => {
    const [x, weights] = [input("x"), input("weights")];
    const size = attrs["size"]!;
    const classes = graph.numbers([...Array(size).keys()], "int32", [size, 1]);
    const hits = graph.cast(graph.binary("Equal", graph.reshape(x, [1, sizeFromShape(x.shape)]), classes), "float32");
    const counts = sizeFromShape(weights.shape) === 0 ? hits : graph.mul(hits, graph.cast(weights, "float32"));
    return graph.cast(graph.reduce("ReduceSum", counts, [1]), weights.dtype);
  },
};
