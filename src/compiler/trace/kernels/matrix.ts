import { sizeFromShape } from "../../../backend/shapes";
import type { Builder } from "../../graph/builder";
import type { Value } from "../../graph/value";
import type { Kernels } from "./kernel";

/** `a · b` over the last two axes; plain matrices go to Gemm, which multiplies by a transpose without making it. */
export function matMul(graph: Builder, a: Value, b: Value, transposeA: boolean, transposeB: boolean): Value {
  const batch = Math.max(sizeFromShape(a.shape.slice(0, -2)), sizeFromShape(b.shape.slice(0, -2)));
  if (batch === 1) {
    const rank = Math.max(a.shape.length, b.shape.length);
    const product = graph.gemm(matrix(graph, a), matrix(graph, b), transposeA, transposeB);
    return graph.reshape(product, [...Array(rank - 2).fill(1), ...product.shape]);
  }
  if (sizeFromShape(b.shape.slice(0, -2)) === 1 && !transposeA) {
    const rows = sizeFromShape(a.shape.slice(0, -1));
    const flat = graph.reshape(a, [rows, a.shape.at(-1) as number]);
    const product = graph.gemm(flat, matrix(graph, b), false, transposeB);
    return graph.reshape(product, [...a.shape.slice(0, -1), product.shape[1] as number]);
  }
  return graph.matMul(transposeA ? swap(graph, a) : a, transposeB ? swap(graph, b) : b);
}

/** The activation of a fused kernel. */
export function activate(
  graph: Builder,
  x: Value,
  name: string | undefined,
  prelu: Value | undefined,
  leak: number | undefined,
): Value {
  switch (name ?? "linear") {
    case "linear":
      return x;
    case "relu":
      return graph.unary("Relu", x);
    case "relu6":
      return graph.op("Clip", [x, graph.scalar(0), graph.scalar(6)], x);
    case "elu":
      return graph.unary("Elu", x);
    case "sigmoid":
      return graph.unary("Sigmoid", x);
    case "leakyrelu":
      return graph.unary("LeakyRelu", x, { alpha: { f: leak ?? 0.2 } });
    case "prelu":
      return graph.op("PRelu", [x, prelu], x);
    default:
      throw new Error(`The activation ${name} has no compiled form in a fused operation.`);
  }
}

/** Matrix products. */
export const matrices: Kernels = {
  BatchMatMul: ({ graph, input, attrs }) =>
    matMul(graph, input("a"), input("b"), Boolean(attrs["transposeA"]), Boolean(attrs["transposeB"])),
  _FusedMatMul: ({ graph, input, optional, attrs }) => {
    const product = matMul(graph, input("a"), input("b"), Boolean(attrs["transposeA"]), Boolean(attrs["transposeB"]));
    const bias = optional("bias");
    const sum = bias ? graph.add(product, bias) : product;
    return activate(graph, sum, attrs["activation"], optional("preluActivationWeights"), attrs["leakyreluAlpha"]);
  },
  Einsum: ({ graph, inputs, attrs }) => {
    const equation = (attrs["equation"] as string).replaceAll(" ", "");
    const [terms = "", result = ""] = equation.split("->");
    const lengths = new Map<string, number>();
    terms.split(",").forEach((term, i) => {
      [...term].forEach((letter, axis) => {
        lengths.set(letter, inputs[i]?.shape[axis] as number);
      });
    });
    const shape = [...result].map((letter) => lengths.get(letter) as number);
    return graph.op("Einsum", inputs, { dtype: (inputs[0] as Value).dtype, shape }, { equation });
  },
};

function matrix(graph: Builder, x: Value): Value {
  return graph.reshape(x, x.shape.slice(-2));
}

function swap(graph: Builder, x: Value): Value {
  const rank = x.shape.length;
  return graph.transpose(x, [...Array.from({ length: rank - 2 }, (_, i) => i), rank - 1, rank - 2]);
}
