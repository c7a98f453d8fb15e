import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Builder } from "../../src/compiler/graph/builder";
import { nodesOf } from "../../src/compiler/graph/graph";
import type { Value } from "../../src/compiler/graph/value";
import { arithmetic } from "../../src/compiler/optimise/arithmetic";
import { bias } from "../../src/compiler/optimise/bias";
import { foldCasts } from "../../src/compiler/optimise/fold_casts";
import { foldReshapes } from "../../src/compiler/optimise/fold_reshapes";
import { passReport } from "../../src/compiler/optimise/optimise";
import { apply, type Pass } from "../../src/compiler/optimise/pass";
import { turnProducts } from "../../src/compiler/optimise/turn_products";
import { untile } from "../../src/compiler/optimise/untile";

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
  ["x + 0", arithmetic, (g, x) => g.unary("Abs", g.add2(g.scalar(0), x)), "Abs"],
  ["x / 1", arithmetic, (g, x) => g.unary("Abs", g.div(x, g.scalar(1))), "Abs"],
  ["x²", arithmetic, (g, x) => g.binary("Pow", x, g.scalar(2)), "Mul"],
  ["x · -1", arithmetic, (g, x) => g.mul(x, g.scalar(-1)), "Neg"],
  ["a + (-b)", arithmetic, (g, x) => g.add2(x, g.unary("Neg", g.reduce("ReduceSum", x, [0], true))), "ReduceSum Sub"],
  ["0 / x stays", arithmetic, (g, x) => g.div(g.scalar(0), x), "Div"],
  [
    "a row with a bias",
    bias,
    (g, x) => g.add2(g.gemm(x, x, false, true), g.reduce("ReduceSum", g.gemm(x, x, false, true), [0])),
    "Gemm ReduceSum Gemm",
  ],
  [
    "a sum of two products stays",
    bias,
    (g, x) => g.add2(g.gemm(x, x, false, true), g.gemm(x, g.unary("Neg", x), false, true)),
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
];

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

  test("the report counts what is left after each pass", () => {
    const graph = new Builder();
    const x = graph.input("x", "float32", [2, 3]);
    const report = passReport(graph, [graph.mul(graph.reshape(graph.reshape(x, [6]), [2, 3]), graph.scalar(1))]);
    assert.deepEqual([report["traced"], report["fold reshapes"], report["all rounds"]], [3, 1, 0]);
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
