import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { execPath } from "node:process";
import { test } from "node:test";
import { inspect } from "node:util";
import { Builder } from "../../src/compiler/graph/builder";
import { print } from "../../src/compiler/graph/print";
import type { Value } from "../../src/compiler/graph/value";

test("a graph's text has constants, attributes and several outputs", () => {
  const g = new Builder();
  const x = g.input("x", "float32", [2, 6]);
  const weights = g.constant(
    Float32Array.from({ length: 12 }, (_, i) => i / 2),
    "float32",
    [2, 6],
  );
  const product = g.op(
    "Gemm",
    [x, weights],
    { dtype: "float32", shape: [6, 6] },
    { transA: 1, transB: 0, alpha: { f: 1 } },
  );
  const half = { dtype: "float32", shape: [3, 6] } as const;
  const [top, bottom] = g.node("Split", [product, g.integers([3, 3])], [half, half], { axis: 0 }) as [Value, Value];
  const clipped = g.op("Clip", [top, undefined, g.scalar(6)], top);
  const turned = g.cast(g.transpose(bottom, [1, 0]), "int32");
  const lines = [
    "x f32[2,6]",
    "%1 f32[2,6] = Constant(0, 0.5, 1, …)",
    "%2 f32[6,6] = Gemm(x, %1) transA=1 alpha=1",
    "%3 f32[3,6], %4 f32[3,6] = Split(%2, [3, 3]) axis=0",
    "%5 f32[3,6] = Clip(%3, , 6)",
    "%6 f32[6,3] = Transpose(%4) perm=[1, 0]",
    "%7 i32[6,3] = Cast(%6)",
    "return %5, %7",
  ];
  assert.equal(print([clipped, turned]), lines.join("\n"));
  assert.equal(String(g), lines.join("\n"), "what nothing else uses is returned");
  assert.equal(inspect(g), String(g));
  assert.equal(inspect(bottom), [...lines.slice(0, 4), "return %4"].join("\n"));
  assert.equal(print([g.scalar(0.5)]), "return 0.5");
});

const program = `
  const { compile, tf } = require(${JSON.stringify(path.resolve(__dirname, "../../src/index.js"))});
  compile((x) => tf.abs(tf.mul(x, 1)))(tf.ones([2, 3]));
`;

/** What a program that compiles a function prints to stderr. */
function printed(setting: string): string {
  const env = { ...process.env, TSKERAS_PRINT_GRAPH: setting };
  return spawnSync(execPath, ["-e", program], { env, encoding: "utf8" }).stderr;
}

test("TSKERAS_PRINT_GRAPH prints each compiled graph, with `passes` after each pass that changes it", () => {
  const traced = "input0 f32[2,3]\n%1 f32[2,3] = Mul(input0, 1)\n%2 f32[2,3] = Abs(%1)\nreturn %2\n\n";
  const simple = "input0 f32[2,3]\n%1 f32[2,3] = Abs(input0)\nreturn %1\n\n";
  assert.equal(printed("0"), "");
  assert.equal(printed("1"), `Graph, traced:\n${traced}Graph, finished:\n${simple}`);
  assert.equal(
    printed("passes"),
    `Graph, traced:\n${traced}Graph, after arithmetic:\n${simple}Graph, finished:\n${simple}`,
  );
});
