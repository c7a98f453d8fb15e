import { sizeFromShape } from "../../../backend/shapes";
import type { Builder } from "../../graph/builder";
import type { Value } from "../../graph/value";
import type { Call, Kernel, Kernels } from "./kernel";

/** `a · b` over the last two axes; plain matrices go to Gemm, which multiplies by a transpose without making it. */
const matMul = ({ graph, input, attrs }: Call): Value => {
  const [a, b] = [input("a"), input("b")];
  const [transposeA, transposeB] = [Boolean(attrs["transposeA"]), Boolean(attrs["transposeB"])];
  const [countA, countB] = [a, b].map(({ shape }) => sizeFromShape(shape.slice(0, -2)));
  if (countA === 1 && countB === 1) {
    const rank = Math.max(a.shape.length, b.shape.length);
    const product = graph.gemm(matrix(graph, a), matrix(graph, b), transposeA, transposeB);
    return graph.reshape(product, [...Array<number>(rank - 2).fill(1), ...product.shape]);
  }
  if (countB === 1 && !transposeA) {
    const flat = graph.reshape(a, [sizeFromShape(a.shape.slice(0, -1)), a.shape.at(-1)!]);
    const product = graph.gemm(flat, matrix(graph, b), false, transposeB);
    return graph.reshape(product, [...a.shape.slice(0, -1), product.shape[1]!]);
  }
  return graph.matMul(transposeA ? swap(graph, a) : a, transposeB ? swap(graph, b) : b);
};

const matrix = (graph: Builder, x: Value) => graph.reshape(x, x.shape.slice(-2));

function swap(graph: Builder, x: Value): Value {
  const axes = [...x.shape.keys()];
  return graph.transpose(x, [...axes.slice(0, -2), axes.at(-1)!, axes.at(-2)!]);
}

/** The activations of fused kernels. */
const activations: Readonly<Record<string, (call: Call, x: Value) => Value>> = {
  linear: (_, x) => x,
  relu: ({ graph }, x) => graph.unary("Relu", x),
  relu6: ({ graph }, x) => graph.clip(x, 0, 6),
  elu: ({ graph }, x) => graph.unary("Elu", x),
  sigmoid: ({ graph }, x) => graph.unary("Sigmoid", x),
  leakyrelu: ({ graph, attrs }, x) => graph.unary("LeakyRelu", x, { alpha: { f: attrs["leakyreluAlpha"] ?? 0.2 } }),
  prelu: ({ graph, optional }, x) => graph.op("PRelu", [x, optional("preluActivationWeights")], x),
};

/** A product followed by a bias and an activation. */
export const fused =
  (product: (call: Call) => Value): Kernel =>
  (call) => {
    const { graph, optional, attrs } = call;
    const name: string = attrs["activation"] ?? "linear";
    const activate = activations[name];
    if (!activate) throw new Error(`The activation ${name} has no compiled form in a fused operation.`);
    const x = product(call);
    const bias = optional("bias");
    return activate(call, bias ? graph.add(x, bias) : x);
  };

/** Matrix products. */
export const matrices: Kernels = {
  BatchMatMul: matMul,
  _FusedMatMul: fused(matMul),
  Einsum: ({ graph, inputs, attrs }) => {
    const equation = (attrs["equation"] as string).replaceAll(" ", "");
    const [terms = "", result = ""] = equation.split("->");
    const lengths = new Map(
      terms
        .split(",")
        .flatMap((term, i) => [...term].map((letter, axis) => [letter, inputs[i]!.shape[axis]!] as const)),
    );
    const shape = [...result].map((letter) => lengths.get(letter)!);
    return graph.op("Einsum", inputs, { dtype: inputs[0]!.dtype, shape }, { equation });
  },
};
