import type { Builder } from "../../graph/builder";
import type { Value } from "../../graph/value";
import { zeroUnlessPositive } from "./facts";
import { type Call, type Kernel, type Kernels, toDType } from "./kernel";

const unary =
  (op: string): Kernel =>
  ({ graph, input }) =>
    graph.unary(op, input("x"));

const binary =
  (op: string): Kernel =>
  ({ graph, input }) =>
    graph.binary(op, input("a"), input("b"));

/** A formula in one operand; `k` makes a constant of its element type. */
const formula =
  (build: (graph: Builder, x: Value, k: (value: number) => Value, attrs: Call["attrs"]) => Value): Kernel =>
  ({ graph, input, attrs }) => {
    const x = input("x");
    return build(graph, x, (value) => graph.scalar(value, x.dtype), attrs);
  };

/** `floor(a / b)` in double precision, where every int32 quotient is exact. */
const floorDiv: Kernel = ({ graph, input }) => {
  const [a, b] = [input("a"), input("b")];
  const quotient = graph.div(graph.cast(a, "float64"), graph.cast(b, "float64"));
  return graph.cast(graph.unary("Floor", quotient), a.dtype);
};

/** The remainder with the sign of the divisor. */
const mod: Kernel = ({ graph, input }) => {
  const [a, b] = [input("a"), input("b")];
  const shape = graph.sub(a, b).shape;
  const remainder = (x: Value) => graph.op("Mod", [x, b], { dtype: a.dtype, shape }, { fmod: 1 });
  return remainder(graph.add(remainder(a), b));
};

/** Element-wise kernels that are one ONNX operation. */
const single: Kernels = {
  ...Object.fromEntries(
    [
      ...[
        "Abs",
        "Acos",
        "Acosh",
        "Asin",
        "Asinh",
        "Atan",
        "Atanh",
        "Ceil",
        "Cos",
        "Cosh",
        "Erf",
        "Exp",
        "Floor",
        "Log",
      ],
      ...["Neg", "Reciprocal", "Relu", "Round", "Sigmoid", "Sign", "Sin", "Sinh", "Softplus", "Sqrt", "Tan", "Tanh"],
    ].map((op) => [op, unary(op)]),
  ),
  Add: binary("Add"),
  Sub: binary("Sub"),
  RealDiv: binary("Div"),
  Maximum: binary("Max"),
  Minimum: binary("Min"),
  Pow: binary("Pow"),
  Equal: binary("Equal"),
  Greater: binary("Greater"),
  GreaterEqual: binary("GreaterOrEqual"),
  Less: binary("Less"),
  LessEqual: binary("LessOrEqual"),
  LogicalAnd: binary("And"),
  LogicalOr: binary("Or"),
  LogicalXor: binary("Xor"),
  BitwiseAnd: binary("BitwiseAnd"),
};

/** Element-wise kernels: arithmetic, comparisons, activations and their gradients, conversions. */
export const elementwise: Kernels = {
  ...single,
  Multiply: ({ graph, input }) => {
    const [a, b] = [input("a"), input("b")];
    const z = zeroUnlessPositive.get(a);
    if (z && b === graph.cast(graph.binary("Greater", z, graph.scalar(0)), "float32")) return a;
    return graph.mul(a, b);
  },
  AddN: ({ graph, inputs }) => inputs.reduce((sum, x) => graph.add(sum, x)),
  SquaredDifference: ({ graph, input }) => {
    const difference = graph.sub(input("a"), input("b"));
    return graph.mul(difference, difference);
  },
  FloorDiv: floorDiv,
  Mod: mod,
  // One formula for all quadrants: the angle of a/b, turned by half a circle where b is negative.
  Atan2: ({ graph, input }) => {
    const [y, x] = [input("a"), input("b")];
    const zero = graph.scalar(0);
    const turn = graph.where(graph.binary("Less", y, zero), graph.scalar(-Math.PI), graph.scalar(Math.PI));
    const angle = graph.unary("Atan", graph.div(y, x));
    const turned = graph.where(graph.binary("Less", x, zero), graph.add(angle, turn), angle);
    const still = graph.binary("And", graph.binary("Equal", x, zero), graph.binary("Equal", y, zero));
    return graph.where(still, zero, turned);
  },
  NotEqual: ({ graph, input }) => graph.not(graph.binary("Equal", input("a"), input("b"))),
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
  Relu6: formula((g, x, k) => g.op("Clip", [x, k(0), k(6)], x)),
  Elu: formula((g, x) => g.unary("Elu", x, { alpha: { f: 1 } })),
  EluGrad: ({ graph, input }) => {
    const [dy, y] = [input("dy"), input("y")];
    const positive = graph.binary("GreaterOrEqual", y, graph.scalar(0));
    return graph.where(positive, dy, graph.mul(dy, graph.add(y, graph.scalar(1))));
  },
  Selu: formula((g, x) => g.unary("Selu", x)),
  LeakyRelu: formula((g, x, _k, { alpha }) => g.unary("LeakyRelu", x, { alpha: { f: alpha } })),
  Prelu: ({ graph, input }) => graph.op("PRelu", [input("x"), input("alpha")], input("x")),
  Step: formula((g, x, k, { alpha }) => {
    const positive = g.binary("Greater", x, k(0));
    return alpha ? g.where(positive, k(1), k(alpha)) : g.cast(positive, x.dtype);
  }),
  ClipByValue: formula((g, x, k, { clipValueMin, clipValueMax }) =>
    g.op("Clip", [x, k(clipValueMin), k(clipValueMax)], x),
  ),
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
