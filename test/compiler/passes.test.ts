import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Builder } from "../../src/compiler/graph/builder";
import { print } from "../../src/compiler/graph/print";
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

/** A rule and the graph before and after it; without `after` it changes nothing. */
type Case = readonly [what: string, pass: Pass, build: (g: Builder, x: Value) => Value, before: string, after?: string];

/** The lines of a template string, without the indentation. */
const dedent = (text: string) => text.trim().replaceAll(/\n +/g, "\n");

const cases: Case[] = [
  [
    "two reshapes",
    foldReshapes,
    (g, x) => g.reshape(g.reshape(x, [6]), [3, 2]),
    `
      x f32[2,3]
      %1 f32[6] = Reshape(x, [6])
      %2 f32[3,2] = Reshape(%1, [3, 2])
      return %2`,
    `
      x f32[2,3]
      %1 f32[3,2] = Reshape(x, [3, 2])
      return %1`,
  ],
  [
    "there and back",
    foldReshapes,
    (g, x) => g.unary("Neg", g.reshape(g.reshape(x, [6]), [2, 3])),
    `
      x f32[2,3]
      %1 f32[6] = Reshape(x, [6])
      %2 f32[2,3] = Reshape(%1, [2, 3])
      %3 f32[2,3] = Neg(%2)
      return %3`,
    `
      x f32[2,3]
      %1 f32[2,3] = Neg(x)
      return %1`,
  ],
  [
    "two transposes",
    foldReshapes,
    (g, x) => g.unary("Neg", g.transpose(g.transpose(x, [1, 0]), [1, 0])),
    `
      x f32[2,3]
      %1 f32[3,2] = Transpose(x) perm=[1, 0]
      %2 f32[2,3] = Transpose(%1) perm=[1, 0]
      %3 f32[2,3] = Neg(%2)
      return %3`,
    `
      x f32[2,3]
      %1 f32[2,3] = Neg(x)
      return %1`,
  ],
  [
    "transpose of a row",
    foldReshapes,
    (g, x) => g.transpose(g.reshape(x, [1, 6]), [1, 0]),
    `
      x f32[2,3]
      %1 f32[1,6] = Reshape(x, [1, 6])
      %2 f32[6,1] = Transpose(%1) perm=[1, 0]
      return %2`,
    `
      x f32[2,3]
      %1 f32[1,6] = Reshape(x, [1, 6])
      %2 f32[6,1] = Reshape(%1, [6, 1])
      return %2`,
  ],
  [
    "a real transpose stays",
    foldReshapes,
    (g, x) => g.transpose(x, [1, 0]),
    `
      x f32[2,3]
      %1 f32[3,2] = Transpose(x) perm=[1, 0]
      return %1`,
  ],
  [
    "bool by way of int32",
    foldCasts,
    (g, x) => g.cast(g.cast(g.cast(x, "bool"), "int32"), "float32"),
    `
      x f32[2,3]
      %1 bool[2,3] = Cast(x)
      %2 i32[2,3] = Cast(%1)
      %3 f32[2,3] = Cast(%2)
      return %3`,
    `
      x f32[2,3]
      %1 bool[2,3] = Cast(x)
      %2 f32[2,3] = Cast(%1)
      return %2`,
  ],
  [
    "a conversion that loses stays",
    foldCasts,
    (g, x) => g.cast(g.cast(x, "int32"), "float32"),
    `
      x f32[2,3]
      %1 i32[2,3] = Cast(x)
      %2 f32[2,3] = Cast(%1)
      return %2`,
  ],
  [
    "a sum's gradient",
    untile,
    (g, x) => g.mul(x, g.fill(2, "float32", [2, 3])),
    `
      x f32[2,3]
      %1 f32[2,3] = Fill(2)
      %2 f32[2,3] = Mul(x, %1)
      return %2`,
    `
      x f32[2,3]
      %1 f32[2,3] = Mul(x, 2)
      return %1`,
  ],
  [
    "a tile of ones",
    untile,
    (g, x) => g.mul(x, g.op("Tile", [g.fill(1, "float32", [1, 3])], x)),
    `
      x f32[2,3]
      %1 f32[1,3] = Fill(1)
      %2 f32[2,3] = Tile(%1)
      %3 f32[2,3] = Mul(x, %2)
      return %3`,
    `
      x f32[2,3]
      %1 f32[2,3] = Mul(x, 1)
      return %1`,
  ],
  [
    "an Expand that is needed stays",
    untile,
    (g, x) => g.mul(g.reduce("ReduceSum", x, [0]), g.fill(1, "float32", [2, 3])),
    `
      x f32[2,3]
      %1 f32[3] = ReduceSum(x, [0])
      %2 f32[2,3] = Fill(1)
      %3 f32[2,3] = Mul(%1, %2)
      return %3`,
  ],
  [
    "x · 1",
    arithmetic,
    (g, x) => g.unary("Abs", g.mul(x, g.scalar(1))),
    `
      x f32[2,3]
      %1 f32[2,3] = Mul(x, 1)
      %2 f32[2,3] = Abs(%1)
      return %2`,
    `
      x f32[2,3]
      %1 f32[2,3] = Abs(x)
      return %1`,
  ],
  [
    "x + 0",
    arithmetic,
    (g, x) => g.unary("Abs", g.add(g.scalar(0), x)),
    `
      x f32[2,3]
      %1 f32[2,3] = Add(0, x)
      %2 f32[2,3] = Abs(%1)
      return %2`,
    `
      x f32[2,3]
      %1 f32[2,3] = Abs(x)
      return %1`,
  ],
  [
    "x / 1",
    arithmetic,
    (g, x) => g.unary("Abs", g.div(x, g.scalar(1))),
    `
      x f32[2,3]
      %1 f32[2,3] = Div(x, 1)
      %2 f32[2,3] = Abs(%1)
      return %2`,
    `
      x f32[2,3]
      %1 f32[2,3] = Abs(x)
      return %1`,
  ],
  [
    "x²",
    arithmetic,
    (g, x) => g.binary("Pow", x, g.scalar(2)),
    `
      x f32[2,3]
      %1 f32[2,3] = Pow(x, 2)
      return %1`,
    `
      x f32[2,3]
      %1 f32[2,3] = Mul(x, x)
      return %1`,
  ],
  [
    "x · -1",
    arithmetic,
    (g, x) => g.mul(x, g.scalar(-1)),
    `
      x f32[2,3]
      %1 f32[2,3] = Mul(x, -1)
      return %1`,
    `
      x f32[2,3]
      %1 f32[2,3] = Neg(x)
      return %1`,
  ],
  [
    "a + (-b)",
    arithmetic,
    (g, x) => g.add(x, g.unary("Neg", g.reduce("ReduceSum", x, [0], true))),
    `
      x f32[2,3]
      %1 f32[1,3] = ReduceSum(x, [0])
      %2 f32[1,3] = Neg(%1)
      %3 f32[2,3] = Add(x, %2)
      return %3`,
    `
      x f32[2,3]
      %1 f32[1,3] = ReduceSum(x, [0])
      %2 f32[2,3] = Sub(x, %1)
      return %2`,
  ],
  [
    "0 / x stays",
    arithmetic,
    (g, x) => g.div(g.scalar(0), x),
    `
      x f32[2,3]
      %1 f32[2,3] = Div(0, x)
      return %1`,
  ],
  [
    "a row with a bias",
    bias,
    (g, x) => g.add(g.gemm(x, x, false, true), g.reduce("ReduceSum", g.gemm(x, x, false, true), [0])),
    `
      x f32[2,3]
      %1 f32[2,2] = Gemm(x, x) transB=1
      %2 f32[2] = ReduceSum(%1, [0])
      %3 f32[2,2] = Add(%1, %2)
      return %3`,
    `
      x f32[2,3]
      %1 f32[2,2] = Gemm(x, x) transB=1
      %2 f32[2] = ReduceSum(%1, [0])
      %3 f32[2,2] = Gemm(x, x, %2) transB=1
      return %3`,
  ],
  [
    "a sum of two products stays",
    bias,
    (g, x) => g.add(g.gemm(x, x, false, true), g.gemm(x, g.unary("Neg", x), false, true)),
    `
      x f32[2,3]
      %1 f32[2,2] = Gemm(x, x) transB=1
      %2 f32[2,3] = Neg(x)
      %3 f32[2,2] = Gemm(x, %2) transB=1
      %4 f32[2,2] = Add(%1, %3)
      return %4`,
  ],
  [
    "the gradient of many inputs and few units",
    turnProducts,
    (g) => g.gemm(g.input("many", "float32", [8, 4096]), g.input("few", "float32", [8, 16]), true),
    `
      many f32[8,4096]
      few f32[8,16]
      %1 f32[4096,16] = Gemm(many, few) transA=1
      return %1`,
    `
      few f32[8,16]
      many f32[8,4096]
      %1 f32[16,4096] = Gemm(few, many) transA=1
      %2 f32[16,4096,1] = Reshape(%1, [16, 4096, 1])
      %3 f32[4096,1,16] = Transpose(%2) perm=[1, 2, 0]
      %4 f32[4096,16] = Reshape(%3, [4096, 16])
      return %4`,
  ],
  [
    "the gradient of many inputs and many units stays",
    turnProducts,
    (g) => g.gemm(g.input("many", "float32", [8, 4096]), g.input("few", "float32", [8, 64]), true),
    `
      many f32[8,4096]
      few f32[8,64]
      %1 f32[4096,64] = Gemm(many, few) transA=1
      return %1`,
  ],
  [
    "1 - 3",
    foldConstants,
    (g) => g.sub(g.scalar(1), g.fill(3, "float32", [2, 3])),
    `
      %1 f32[2,3] = Fill(3)
      %2 f32[2,3] = Sub(1, %1)
      return %2`,
    `
      %1 f32[2,3] = Fill(-2)
      return %1`,
  ],
  [
    "ones over a count",
    foldConstants,
    (g) => g.div(g.constant(ones(6), "float32", [2, 3]), g.scalar(6)),
    `
      %1 f32[2,3] = Div([1, 1, 1, 1, 1, 1], 6)
      return %1`,
    `
      %1 f32[2,3] = Fill(0.1666666716337204)
      return %1`,
  ],
  [
    "different constants stay",
    foldConstants,
    (g) => g.div(g.constant(Float32Array.of(1, 2), "float32", [2]), g.scalar(6)),
    `
      %1 f32[2] = Div([1, 2], 6)
      return %1`,
  ],
  [
    "x · (-y)",
    arithmetic,
    (g, x) => g.mul(x, g.unary("Neg", g.unary("Abs", x))),
    `
      x f32[2,3]
      %1 f32[2,3] = Abs(x)
      %2 f32[2,3] = Neg(%1)
      %3 f32[2,3] = Mul(x, %2)
      return %3`,
    `
      x f32[2,3]
      %1 f32[2,3] = Abs(x)
      %2 f32[2,3] = Mul(x, %1)
      %3 f32[2,3] = Neg(%2)
      return %3`,
  ],
  [
    "step by step",
    softmax,
    (g, x) => {
      const [z, sums] = shifted(g, x);
      return g.div(g.unary("Exp", z), sums);
    },
    `
      x f32[2,3]
      %1 f32[2,1] = ReduceMax(x, [1])
      %2 f32[2,3] = Sub(x, %1)
      %3 f32[2,3] = Exp(%2)
      %4 f32[2,1] = ReduceSum(%3, [1])
      %5 f32[2,3] = Div(%3, %4)
      return %5`,
    `
      x f32[2,3]
      %1 f32[2,3] = Softmax(x) axis=1
      return %1`,
  ],
  [
    "its logarithm",
    softmax,
    (g, x) => {
      const [z, sums] = shifted(g, x);
      return g.sub(g.unary("Log", sums), z);
    },
    `
      x f32[2,3]
      %1 f32[2,1] = ReduceMax(x, [1])
      %2 f32[2,3] = Sub(x, %1)
      %3 f32[2,3] = Exp(%2)
      %4 f32[2,1] = ReduceSum(%3, [1])
      %5 f32[2,1] = Log(%4)
      %6 f32[2,3] = Sub(%5, %2)
      return %6`,
    `
      x f32[2,3]
      %1 f32[2,3] = LogSoftmax(x) axis=1
      %2 f32[2,3] = Neg(%1)
      return %2`,
  ],
  [
    "over another axis stays",
    softmax,
    (g, x) => {
      const exps = g.unary("Exp", g.sub(x, g.reduce("ReduceMax", x, [0], true)));
      return g.div(exps, g.reduce("ReduceSum", exps, [0], true));
    },
    `
      x f32[2,3]
      %1 f32[1,3] = ReduceMax(x, [0])
      %2 f32[2,3] = Sub(x, %1)
      %3 f32[2,3] = Exp(%2)
      %4 f32[1,3] = ReduceSum(%3, [0])
      %5 f32[2,3] = Div(%3, %4)
      return %5`,
  ],
  [
    "mean · n",
    reductions,
    (g, x) => g.mul(g.reduce("ReduceMean", x, [0, 1]), g.scalar(6)),
    `
      x f32[2,3]
      %1 f32[] = ReduceMean(x, [0, 1])
      %2 f32[] = Mul(%1, 6)
      return %2`,
    `
      x f32[2,3]
      %1 f32[] = ReduceSum(x, [0, 1])
      return %1`,
  ],
  [
    "mean · n by rows",
    reductions,
    (g, x) => g.mul(g.reduce("ReduceMean", x, [1]), g.scalar(3)),
    `
      x f32[2,3]
      %1 f32[2] = ReduceMean(x, [1])
      %2 f32[2] = Mul(%1, 3)
      return %2`,
    `
      x f32[2,3]
      %1 f32[2] = ReduceSum(x, [1])
      return %1`,
  ],
  [
    "mean · m stays",
    reductions,
    (g, x) => g.mul(g.reduce("ReduceMean", x, [1]), g.scalar(2)),
    `
      x f32[2,3]
      %1 f32[2] = ReduceMean(x, [1])
      %2 f32[2] = Mul(%1, 2)
      return %2`,
  ],
  [
    "a sum of sums",
    reductions,
    (g, x) => g.reduce("ReduceSum", g.reduce("ReduceSum", x, [1]), [0]),
    `
      x f32[2,3]
      %1 f32[2] = ReduceSum(x, [1])
      %2 f32[] = ReduceSum(%1, [0])
      return %2`,
    `
      x f32[2,3]
      %1 f32[] = ReduceSum(x, [0, 1])
      return %1`,
  ],
  [
    "a sum of -x",
    reductions,
    (g, x) => g.reduce("ReduceSum", g.unary("Neg", x), [1]),
    `
      x f32[2,3]
      %1 f32[2,3] = Neg(x)
      %2 f32[2] = ReduceSum(%1, [1])
      return %2`,
    `
      x f32[2,3]
      %1 f32[2] = ReduceSum(x, [1])
      %2 f32[2] = Neg(%1)
      return %2`,
  ],
  [
    "of a matrix",
    columnSums,
    (g, x) => g.reduce("ReduceSum", x, [0]),
    `
      x f32[2,3]
      %1 f32[3] = ReduceSum(x, [0])
      return %1`,
    `
      x f32[2,3]
      %1 f32[1,3] = Gemm([1, 1], x)
      %2 f32[3] = Reshape(%1, [3])
      return %2`,
  ],
  [
    "of an image",
    columnSums,
    (g, x) => g.reduce("ReduceSum", g.reshape(x, [1, 2, 3]), [0, 1]),
    `
      x f32[2,3]
      %1 f32[1,2,3] = Reshape(x, [1, 2, 3])
      %2 f32[3] = ReduceSum(%1, [0, 1])
      return %2`,
    `
      x f32[2,3]
      %1 f32[1,2,3] = Reshape(x, [1, 2, 3])
      %2 f32[2,3] = Reshape(%1, [2, 3])
      %3 f32[1,3] = Gemm([1, 1], %2)
      %4 f32[3] = Reshape(%3, [3])
      return %4`,
  ],
  [
    "sums of rows stay",
    columnSums,
    (g, x) => g.reduce("ReduceSum", x, [1]),
    `
      x f32[2,3]
      %1 f32[2] = ReduceSum(x, [1])
      return %1`,
  ],
  [
    "whole numbers stay",
    columnSums,
    (g, x) => g.reduce("ReduceSum", g.cast(x, "int32"), [0]),
    `
      x f32[2,3]
      %1 i32[2,3] = Cast(x)
      %2 i32[3] = ReduceSum(%1, [0])
      return %2`,
  ],
  [
    "a gradient and its factor",
    scaledProducts,
    (g, x) => g.mul(square(g, x), g.scalar(0.5)),
    `
      x f32[2,3]
      %1 f32[2,2] = Gemm(x, x) transB=1
      %2 f32[2,2] = Mul(%1, 0.5)
      return %2`,
    `
      x f32[2,3]
      %1 f32[2,2] = Gemm(x, x) transB=1 alpha=0.5
      return %1`,
  ],
  [
    "one that is used twice stays",
    scaledProducts,
    (g, x) => g.add(g.mul(square(g, x), g.scalar(2)), square(g, x)),
    `
      x f32[2,3]
      %1 f32[2,2] = Gemm(x, x) transB=1
      %2 f32[2,2] = Mul(%1, 2)
      %3 f32[2,2] = Add(%2, %1)
      return %3`,
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
  for (const [what, pass, build, before, after = before] of cases) {
    test(`${pass.name}: ${what}`, () => {
      const graph = new Builder();
      const value = build(graph, graph.input("x", "float32", [2, 3]));
      assert.equal(print([value]), dedent(before));
      const [rewritten] = apply(pass, graph, [value]);
      assert.equal(print([rewritten!]), dedent(after));
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

  test("an observer is called after each pass, until none changes anything", () => {
    const graph = new Builder();
    const x = graph.input("x", "float32", [2, 3]);
    const heard: string[] = [];
    const twice = graph.reshape(graph.reshape(graph.mul(x, graph.scalar(1)), [6]), [3, 2]);
    optimize(graph, [twice], [arithmetic, foldReshapes], (pass, [value]) => {
      const operations = [...print([value!]).matchAll(/ = (\w+)/g)].map(([, op]) => op);
      heard.push(`${pass}: ${operations.join(" ")}`);
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
