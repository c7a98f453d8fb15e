import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Builder } from "../../src/compiler/graph/builder";
import { nodesOf } from "../../src/compiler/graph/order";
import type { Value } from "../../src/compiler/graph/value";
import { arithmetic } from "../../src/compiler/passes/arithmetic";
import { bias } from "../../src/compiler/passes/bias";
import { columnSums } from "../../src/compiler/passes/column_sums";
import { foldCasts } from "../../src/compiler/passes/fold_casts";
import { foldConstants } from "../../src/compiler/passes/fold_constants";
import { foldReshapes } from "../../src/compiler/passes/fold_reshapes";
import { optimize } from "../../src/compiler/passes/optimize";
import { apply, type Pass } from "../../src/compiler/passes/pass";
import { reductions } from "../../src/compiler/passes/reductions";
import { scaledProducts } from "../../src/compiler/passes/scaled_products";
import { softmax } from "../../src/compiler/passes/softmax";
import { turnProducts } from "../../src/compiler/passes/turn_products";
import { untile } from "../../src/compiler/passes/untile";

type Case = readonly [what: string, pass: Pass, build: (g: Builder, x: Value) => Value, after: string];

/** The operations behind a value, in order. */
function operations(value: Value): string {
  return nodesOf([value])
    .filter(({ op }) => op !== "Input" && op !== "Constant")
    .map(({ op }) => op)
    .join(" ");
}

const cases: Case[] = [
  ["two reshapes", foldReshapes, (g, x) => g.reshape(g.reshape(x, [6]), [3, 2]), "Reshape"],
  ["there and back", foldReshapes, (g, x) => g.unary("Neg", g.reshape(g.reshape(x, [6]), [2, 3])), "Neg"],
  ["two transposes", foldReshapes, (g, x) => g.unary("Neg", g.transpose(g.transpose(x, [1, 0]), [1, 0])), "Neg"],
  ["transpose of a row", foldReshapes, (g, x) => g.transpose(g.reshape(x, [1, 6]), [1, 0]), "Reshape Reshape"],
  ["a real transpose stays", foldReshapes, (g, x) => g.transpose(x, [1, 0]), "Transpose"],
  ["bool by way of int32", foldCasts, (g, x) => g.cast(g.cast(g.cast(x, "bool"), "int32"), "float32"), "Cast Cast"],
  ["a conversion that loses stays", foldCasts, (g, x) => g.cast(g.cast(x, "int32"), "float32"), "Cast Cast"],
  ["a sum's gradient", untile, (g, x) => g.mul(x, g.fill(2, "float32", [2, 3])), "Mul"],
  ["a tile of ones", untile, (g, x) => g.mul(x, g.op("Tile", [g.fill(1, "float32", [1, 3])], x)), "Mul"],
  [
    "an Expand that is needed stays",
    untile,
    (g, x) => g.mul(g.reduce("ReduceSum", x, [0]), g.fill(1, "float32", [2, 3])),
    "ReduceSum Fill Mul",
  ],
  ["x · 1", arithmetic, (g, x) => g.unary("Abs", g.mul(x, g.scalar(1))), "Abs"],
  ["x + 0", arithmetic, (g, x) => g.unary("Abs", g.add(g.scalar(0), x)), "Abs"],
  ["x / 1", arithmetic, (g, x) => g.unary("Abs", g.div(x, g.scalar(1))), "Abs"],
  ["x²", arithmetic, (g, x) => g.binary("Pow", x, g.scalar(2)), "Mul"],
  ["x · -1", arithmetic, (g, x) => g.mul(x, g.scalar(-1)), "Neg"],
  ["a + (-b)", arithmetic, (g, x) => g.add(x, g.unary("Neg", g.reduce("ReduceSum", x, [0], true))), "ReduceSum Sub"],
  ["0 / x stays", arithmetic, (g, x) => g.div(g.scalar(0), x), "Div"],
  [
    "a row with a bias",
    bias,
    (g, x) => g.add(g.gemm(x, x, false, true), g.reduce("ReduceSum", g.gemm(x, x, false, true), [0])),
    "Gemm ReduceSum Gemm",
  ],
  [
    "a sum of two products stays",
    bias,
    (g, x) => g.add(g.gemm(x, x, false, true), g.gemm(x, g.unary("Neg", x), false, true)),
    "Gemm Neg Gemm Add",
  ],
  [
    "the gradient of many inputs and few units",
    turnProducts,
    (g) => g.gemm(g.input("many", "float32", [8, 4096]), g.input("few", "float32", [8, 16]), true),
    "Gemm Reshape Transpose Reshape",
  ],
  [
    "the gradient of many inputs and many units stays",
    turnProducts,
    (g) => g.gemm(g.input("many", "float32", [8, 4096]), g.input("few", "float32", [8, 64]), true),
    "Gemm",
  ],
  ["1 - 3", foldConstants, (g) => g.sub(g.scalar(1), g.fill(3, "float32", [2, 3])), "Fill"],
  ["ones over a count", foldConstants, (g) => g.div(g.constant(ones(6), "float32", [2, 3]), g.scalar(6)), "Fill"],
  [
    "different constants stay",
    foldConstants,
    (g) => g.div(g.constant(Float32Array.of(1, 2), "float32", [2]), g.scalar(6)),
    "Div",
  ],
  ["x · (-y)", arithmetic, (g, x) => g.mul(x, g.unary("Neg", g.unary("Abs", x))), "Abs Mul Neg"],
  [
    "step by step",
    softmax,
    (g, x) => {
      const [z, sums] = shifted(g, x);
      return g.div(g.unary("Exp", z), sums);
    },
    "Softmax",
  ],
  [
    "its logarithm",
    softmax,
    (g, x) => {
      const [z, sums] = shifted(g, x);
      return g.sub(g.unary("Log", sums), z);
    },
    "LogSoftmax Neg",
  ],
  [
    "over another axis stays",
    softmax,
    (g, x) => {
      const exps = g.unary("Exp", g.sub(x, g.reduce("ReduceMax", x, [0], true)));
      return g.div(exps, g.reduce("ReduceSum", exps, [0], true));
    },
    "ReduceMax Sub Exp ReduceSum Div",
  ],
  ["mean · n", reductions, (g, x) => g.mul(g.reduce("ReduceMean", x, [0, 1]), g.scalar(6)), "ReduceSum"],
  ["mean · n by rows", reductions, (g, x) => g.mul(g.reduce("ReduceMean", x, [1]), g.scalar(3)), "ReduceSum"],
  ["mean · m stays", reductions, (g, x) => g.mul(g.reduce("ReduceMean", x, [1]), g.scalar(2)), "ReduceMean Mul"],
  ["a sum of sums", reductions, (g, x) => g.reduce("ReduceSum", g.reduce("ReduceSum", x, [1]), [0]), "ReduceSum"],
  ["a sum of -x", reductions, (g, x) => g.reduce("ReduceSum", g.unary("Neg", x), [1]), "ReduceSum Neg"],
  ["of a matrix", columnSums, (g, x) => g.reduce("ReduceSum", x, [0]), "Gemm Reshape"],
  [
    "of an image",
    columnSums,
    (g, x) => g.reduce("ReduceSum", g.reshape(x, [1, 2, 3]), [0, 1]),
    "Reshape Reshape Gemm Reshape",
  ],
  ["sums of rows stay", columnSums, (g, x) => g.reduce("ReduceSum", x, [1]), "ReduceSum"],
  ["whole numbers stay", columnSums, (g, x) => g.reduce("ReduceSum", g.cast(x, "int32"), [0]), "Cast ReduceSum"],
  ["a gradient and its factor", scaledProducts, (g, x) => g.mul(square(g, x), g.scalar(0.5)), "Gemm"],
  [
    "one that is used twice stays",
    scaledProducts,
    (g, x) => g.add(g.mul(square(g, x), g.scalar(2)), square(g, x)),
    "Gemm Mul Add",
  ],
];

/** `x - max(x)` over the last axis, and the sum of its exponentials. */
function shifted(g: Builder, x: Value): [Value, Value] {
  const z = g.sub(x, g.reduce("ReduceMax", x, [1], true));
  return [z, g.reduce("ReduceSum", g.unary("Exp", z), [1], true)];
}

const ones = (length: number) => new Float32Array(length).fill(1);
const square = (g: Builder, x: Value) => g.gemm(x, x, false, true);

describe("each pass rewrites what it is for and leaves the rest", () => {
  for (const [what, pass, build, after] of cases) {
    test(`${pass.name}: ${what}`, () => {
      const graph = new Builder();
      const value = build(graph, graph.input("x", "float32", [2, 3]));
      const [rewritten] = apply(pass, graph, [value]);
      assert.equal(operations(rewritten as Value), after);
      assert.deepEqual([rewritten?.dtype, rewritten?.shape], [value.dtype, value.shape]);
    });
  }

  test("scaled products: factors multiply", () => {
    const graph = new Builder();
    const x = graph.input("x", "float32", [2, 3]);
    const twice = graph.mul(graph.mul(graph.gemm(x, x, false, true), graph.scalar(0.5)), graph.scalar(3));
    const [value] = apply(scaledProducts, graph, apply(scaledProducts, graph, [twice]));
    assert.deepEqual([value?.node.op, value?.node.attributes["alpha"]], ["Gemm", { f: 1.5 }]);
  });

  test("an observer hears of each pass, until none changes anything", () => {
    const graph = new Builder();
    const x = graph.input("x", "float32", [2, 3]);
    const heard: string[] = [];
    const twice = graph.reshape(graph.reshape(graph.mul(x, graph.scalar(1)), [6]), [3, 2]);
    optimize(graph, [twice], [arithmetic, foldReshapes], (pass, [value]) => {
      heard.push(`${pass}: ${operations(value as Value)}`);
    });
    assert.deepEqual(heard, [
      "arithmetic: Reshape Reshape",
      "fold reshapes: Reshape",
      "arithmetic: Reshape",
      "fold reshapes: Reshape",
    ]);
  });

  test("equal operations are one from the start", () => {
    const graph = new Builder();
    const x = graph.input("x", "float32", [3]);
    assert.equal(graph.unary("Exp", x), graph.unary("Exp", x));
    assert.notEqual(graph.unary("Exp", x), graph.unary("Log", x));
    assert.equal(
      graph.constant(Float32Array.of(1, 2), "float32", [2]),
      graph.constant(Float32Array.of(1, 2), "float32", [2]),
    );
    assert.notEqual(
      graph.constant(Float32Array.of(1, 2), "float32", [2]),
      graph.constant(Float32Array.of(1, 2), "float32", [1, 2]),
    );
  });
});
