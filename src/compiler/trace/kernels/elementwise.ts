import type { Builder } from "../../graph/builder";
import { broadcastShapes, type Value } from "../../graph/value";
import { zeroUnlessPositive } from "./facts";
import { type Call, type Kernel, type Kernels, toDType } from "./kernel";

/** A formula in one operand; `k` makes a constant of its element type. */
const formula =
  (build: (graph: Builder, x: Value, k: (value: number) => Value, attrs: Call["attrs"]) => Value): Kernel =>
  ({ graph, input, attrs }) => {
    const x = input("x");
    return build(graph, x, (value) => graph.scalar(value, x.dtype), attrs);
  };

/** A formula in two operands. */
const pair =
  (build: (graph: Builder, a: Value, b: Value) => Value): Kernel =>
  ({ graph, input }) =>
    build(graph, input("a"), input("b"));

const sameName =
  "Abs Acos Acosh Asin Asinh Atan Atanh Ceil Cos Cosh Erf Exp Floor Log Neg Reciprocal Relu Round Selu Sigmoid Sign Sin " +
  "Sinh Softplus Sqrt Tan Tanh";

/** Kernels of two operands that are one ONNX operation. */
const binaries = {
  Add: "Add",
  Sub: "Sub",
  RealDiv: "Div",
  Maximum: "Max",
  Minimum: "Min",
  Pow: "Pow",
  Equal: "Equal",
  Greater: "Greater",
  GreaterEqual: "GreaterOrEqual",
  Less: "Less",
  LessEqual: "LessOrEqual",
  LogicalAnd: "And",
  LogicalOr: "Or",
  LogicalXor: "Xor",
  BitwiseAnd: "BitwiseAnd",
};

/** Element-wise kernels: arithmetic, comparisons, activations and their gradients, conversions. */
export const elementwise: Kernels = {
  ...Object.fromEntries(sameName.split(" ").map((op) => [op, formula((g, x) => g.unary(op, x))])),
  ...Object.fromEntries(Object.entries(binaries).map(([name, op]) => [name, pair((g, a, b) => g.binary(op, a, b))])),
  Multiply: pair((g, a, b) => {
    const z = zeroUnlessPositive.get(a);
    return z && b === g.cast(g.binary("Greater", z, g.scalar(0)), "float32") ? a : g.mul(a, b);
  }),
  AddN: ({ graph, inputs }) => inputs.reduce((sum, x) => graph.add(sum, x)),
  SquaredDifference: pair((g, a, b) => {
    const difference = g.sub(a, b);
    return g.mul(difference, difference);
  }),
  // In double precision every int32 quotient is exact.
  FloorDiv: pair((g, a, b) => g.cast(g.unary("Floor", g.div(g.cast(a, "float64"), g.cast(b, "float64"))), a.dtype)),
  // The remainder with the sign of the divisor.
  Mod: pair((g, a, b) => {
    const shape = broadcastShapes(a.shape, b.shape);
    const remainder = (x: Value) => g.op("Mod", [x, b], { dtype: a.dtype, shape }, { fmod: 1 });
    return remainder(g.add(remainder(a), b));
  }),
  // One formula for all quadrants: the angle of y/x, turned by half a circle where x is negative.
  Atan2: pair((g, y, x) => {
    const zero = g.scalar(0);
    const turn = g.where(g.binary("Less", y, zero), g.scalar(-Math.PI), g.scalar(Math.PI));
    const angle = g.unary("Atan", g.div(y, x));
    const turned = g.where(g.binary("Less", x, zero), g.add(angle, turn), angle);
    return g.where(g.binary("And", g.binary("Equal", x, zero), g.binary("Equal", y, zero)), zero, turned);
  }),
  NotEqual: pair((g, a, b) => g.not(g.binary("Equal", a, b))),
  LogicalNot: formula((g, x) => g.not(x)),
  Square: formula((g, x) => g.mul(x, x)),
  Rsqrt: formula((g, x) => g.unary("Reciprocal", g.unary("Sqrt", x))),
  // exp(x) - 1 loses every digit near zero; tanh(x/2) does not.
  Expm1: formula((g, x, k) => {
    const t = g.unary("Tanh", g.mul(x, k(0.5)));
    const near = g.div(g.mul(k(2), t), g.sub(k(1), t));
    return g.where(g.binary("Less", g.unary("Abs", x), k(1)), near, g.sub(g.unary("Exp", x), k(1)));
  }),
  Log1p: formula((g, x, k) => {
    const near = g.mul(k(2), g.unary("Atanh", g.div(x, g.add(x, k(2)))));
    return g.where(g.binary("Less", g.unary("Abs", x), k(0.5)), near, g.unary("Log", g.add(x, k(1))));
  }),
  Relu6: formula((g, x) => g.clip(x, 0, 6)),
  Elu: formula((g, x) => g.unary("Elu", x, { alpha: { f: 1 } })),
  EluGrad: ({ graph, input }) => {
    const [dy, y] = [input("dy"), input("y")];
    const positive = graph.binary("GreaterOrEqual", y, graph.scalar(0));
    return graph.where(positive, dy, graph.mul(dy, graph.add(y, graph.scalar(1))));
  },
  LeakyRelu: formula((g, x, _k, { alpha }) => g.unary("LeakyRelu", x, { alpha: { f: alpha } })),
  Prelu: ({ graph, input }) => graph.op("PRelu", [input("x"), input("alpha")], input("x")),
  Step: formula((g, x, k, { alpha }) => {
    const positive = g.binary("Greater", x, k(0));
    return alpha ? g.where(positive, k(1), k(alpha)) : g.cast(positive, x.dtype);
  }),
  ClipByValue: formula((g, x, _k, { clipValueMin, clipValueMax }) => g.clip(x, clipValueMin, clipValueMax)),
  IsNan: formula((g, x) => g.op("IsNaN", [x], { dtype: "bool", shape: x.shape })),
  IsInf: formula((g, x) => g.op("IsInf", [x], { dtype: "bool", shape: x.shape })),
  // x - x is 0 for a finite number, else not a number.
  IsFinite: formula((g, x) => g.not(g.op("IsNaN", [g.sub(x, x)], { dtype: "bool", shape: x.shape }))),
  Identity: ({ input }) => input("x"),
  Cast: formula((g, x, _k, { dtype }) => g.cast(x, toDType(dtype))),
  ZerosLike: formula((g, x) => g.fill(0, x.dtype, x.shape)),
  OnesLike: formula((g, x) => g.fill(1, x.dtype, x.shape)),
  Select: ({ graph, input }) => {
    const [condition, yes, no] = [input("condition"), input("t"), input("e")];
    // A vector of conditions selects whole rows.
    const rows = condition.shape.length === 1 && yes.shape.length > 1;
    const shape = rows ? [...condition.shape, ...yes.shape.slice(1).map(() => 1)] : condition.shape;
    return graph.where(graph.reshape(graph.cast(condition, "bool"), shape), yes, no);
  },
};
