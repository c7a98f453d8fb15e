import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { compileCell } from "../../../kernel/language/compile_cell";
import { Repl } from "./repl";

const repl = new Repl();
after(() => repl.close());

describe("a name is declared again by any kind of declaration", () => {
  const kinds: Record<string, string> = {
    const: "const again = { tag: 'const' };",
    let: "let again = { tag: 'let' };",
    var: "var again = { tag: 'var' };",
    function: "function again() {} again.tag = 'function';",
    "async function": "async function again() {} again['tag'] = 'async function';",
    generator: "function* again() {} again['tag'] = 'generator';",
    class: "class again { static tag = 'class' }",
    "decorated class": "@((value: unknown) => value as never) class again { static tag = 'decorated class' }",
    enum: "enum again { tag = 'enum' }",
    "const enum": "const enum again { tag = 'const enum' } again.tag",
    namespace: "namespace again { export const tag = 'namespace' }",
    "object pattern": "const { a: again } = { a: { tag: 'object pattern' } };",
    "array pattern": "var [again, ...others] = [{ tag: 'array pattern' }];",
    "var in a block": "if (true) { var again = { tag: 'var in a block' } }",
    "var in a loop": "for (var again of [{ tag: 'var in a loop' }]) {}",
    using: "using again = { tag: 'using', [Symbol.for('nodejs.dispose')]() {}, [Symbol.dispose]() {} }",
    import: "import { again } from 'data:text/javascript,export const again = { tag: \"import\" }';",
    "default import": "import again from 'data:text/javascript,export default { tag: \"default import\" }';",
    "export const": "export const again = { tag: 'export const' };",
    "export function": "export function again() {} again.tag = 'export function';",
    "export default class": "export default class again { static tag = 'export default class' }",
  };
  for (const [first, before] of Object.entries(kinds))
    test(`${first}, then each kind`, async () => {
      for (const [second, afterwards] of Object.entries(kinds)) {
        await repl.run(before);
        await repl.run(afterwards);
        assert.equal(await repl.run("again.tag"), second);
      }
    });
});

describe("cells", () => {
  const cases: { name: string; cells: string[]; value: unknown }[] = [
    {
      name: "closures see the new value",
      cells: ["let rate = 0.1; function f() { return rate }", "const rate = 0.5", "f()"],
      value: 0.5,
    },
    {
      name: "functions see a new function",
      cells: ["function g() { return 1 } function h() { return g() }", "const g = () => 2", "h()"],
      value: 2,
    },
    {
      name: "recursion sees the new function",
      cells: [
        "function r(n: number): number { return n ? r(n - 1) : 0 } const old = r",
        "function r() { return 7 }",
        "old(1)",
      ],
      value: 7,
    },
    { name: "functions are hoisted", cells: ["const early = late(); function late() { return 3 } early"], value: 3 },
    { name: "functions keep their names", cells: ["function named() {} named.name"], value: "named" },
    { name: "top-level await", cells: ["const v = await Promise.resolve(4); v + 1"], value: 5 },
    {
      name: "for await",
      cells: ["let sum = 0; for await (const x of [1, Promise.resolve(2)]) sum += x; sum"],
      value: 3,
    },
    {
      name: "await in functions",
      cells: ["async function fa() { return 1 + await Promise.resolve(1) } await fa()"],
      value: 2,
    },
    {
      name: "destructuring with defaults",
      cells: ["const { a, b: [c = 2], ...d } = { a: 1, b: [], e: 3 }; [a, c, d.e]"],
      value: [1, 2, 3],
    },
    {
      name: "enums",
      cells: ["enum Color { Red, Green = 5 } [Color.Red, Color.Green, Color[5]]"],
      value: [0, 5, "Green"],
    },
    { name: "an enum runs twice", cells: ["enum Twice { A, B }", "enum Twice { B, A }", "Twice.A"], value: 1 },
    {
      name: "namespaces merge in a cell",
      cells: ["namespace N { export const a = 1 } namespace N { export const b = a + 1 } N.b"],
      value: 2,
    },
    {
      name: "a function with a namespace",
      cells: ["function withProps() { return withProps.p } namespace withProps { export const p = 8 } withProps()"],
      value: 8,
    },
    {
      name: "standard decorators",
      cells: [
        "function twice(f: (n: number) => number, _: ClassMethodDecoratorContext) { return function (this: unknown, n: number) { return f.call(this, n) * 2 } }",
        "class Deco { @twice m(n: number) { return n + 1 } } new Deco().m(1)",
      ],
      value: 4,
    },
    { name: "auto-accessors", cells: ["class Acc { accessor x = 4 } new Acc().x"], value: 4 },
    {
      name: "using disposes at the end of the cell",
      cells: [
        "Symbol.dispose ??= Symbol.for('Symbol.dispose'); const log: string[] = [];",
        "using res = { name: 'r', [Symbol.dispose]() { log.push('disposed') } }; log.push(res.name);",
        "log",
      ],
      value: ["r", "disposed"],
    },
    {
      name: "await using, with a value",
      cells: [
        "Symbol.asyncDispose ??= Symbol.for('Symbol.asyncDispose'); let gone = false;",
        "await using ar = { async [Symbol.asyncDispose]() { await 0; gone = true } }; const kept = 6; kept + 1",
        "[gone, kept]",
      ],
      value: [true, 6],
    },
    { name: "an object literal is a value", cells: ["{ a: 1, b: 2 }"], value: { a: 1, b: 2 } },
    { name: "an object literal between comments", cells: ["// first\n{ a: 1 } // last"], value: { a: 1 } },
    { name: "an object literal with a semicolon", cells: ["/* first */ { a: 1 };\n"], value: { a: 1 } },
    {
      name: "an object with methods and a spread",
      cells: ["{ ...{ a: 1 }, get b() { return 2 }, ['c' + 1]: 3 }"],
      value: { a: 1, b: 2, c1: 3 },
    },
    { name: "an empty object", cells: ["{}"], value: {} },
    { name: "code behind a block", cells: ["{ let b1 = 2; globalThis.fromBlock2 = b1 }\nfromBlock2"], value: 2 },
    { name: "a block is a block", cells: ["{ let inner = 2; globalThis.fromBlock = inner }", "fromBlock"], value: 2 },
    { name: "namespace import", cells: ["import * as path from 'node:path'; path.posix.join('a', 'b')"], value: "a/b" },
    {
      name: "default and named import",
      cells: ["import os, { EOL as eol } from 'node:os'; os.EOL === eol"],
      value: true,
    },
    {
      name: "import attributes",
      cells: ["import data from 'data:application/json,{\"n\":1}' with { type: 'json' }; data.n"],
      value: 1,
    },
    { name: "dynamic import", cells: ["(await import('node:path')).posix.sep"], value: "/" },
    { name: "import = require", cells: ["import util = require('node:util'); util.format('%d', 1)"], value: "1" },
    {
      name: "imported types vanish",
      cells: [
        "import { type Stats } from 'node:fs'; import type { Dir } from 'node:fs'; let s: Stats | Dir | undefined; s === undefined",
      ],
      value: true,
    },
    {
      name: "an unused import is kept for later cells",
      cells: ["import { basename } from 'node:path'", "basename('a/b')"],
      value: "b",
    },
    {
      name: "imports come first",
      cells: ["const dir = dirname('a/b'); import { dirname } from 'node:path'; dir"],
      value: "a",
    },
    { name: "export default", cells: ["export default 1 + 1"], value: 2 },
    { name: "import.meta", cells: ["import.meta.dirname"], value: "/notebooks" },
    {
      name: "var in loops is visible after",
      cells: ["for (var i = 0, j = 1; i < 3; i++) j *= 2; for (var k in { key: 1 }) {} [i, j, k]"],
      value: [3, 8, "key"],
    },
    { name: "var twice in a cell", cells: ["var w = 1; var w = w + 1; var { w } = { w: w + 1 }; w"], value: 3 },
    {
      name: "nested var with a pattern",
      cells: ["try { var { p: [q], ...o } = { p: [1], z: 2 } } catch {} [q, o.z]"],
      value: [1, 2],
    },
    {
      name: "class static members mention the class",
      cells: ["class Self { static one = new Self(); n = 1 } Self.one.n"],
      value: 1,
    },
    {
      name: "satisfies and assertions",
      cells: ["const opts = { a: 1 } satisfies Record<string, number>; (opts as { a: number }).a!"],
      value: 1,
    },
    { name: "cells are strict", cells: ["(function (this: unknown) { return this === undefined })()"], value: true },
  ];
  for (const { name, cells, value } of cases)
    test(name, async () => {
      let last: unknown;
      for (const cell of cells) last = await repl.run(cell);
      assert.deepEqual(last, value);
    });

  test("a cell that fails half-way leaves what it had defined", async () => {
    await assert.rejects(repl.run("const done = 1; const failed = (() => { throw new Error('stop') })();"), /stop/);
    assert.equal(await repl.run("done"), 1);
    await repl.run("const failed = 2");
    assert.equal(await repl.run("failed"), 2);
  });
});

describe("hasValue and declares", () => {
  const compile = (code: string) => compileCell({ fileName: "cell.ts", code }, "/notebooks");
  const cases: [string, boolean, string[]][] = [
    ["1 + 1", true, []],
    ["1 + 1;;", true, []],
    ["const a = 1", false, ["a"]],
    ["const { a, b: [c], ...d } = x; a", true, ["a", "c", "d"]],
    ["enum E { A }", false, ["E"]],
    ["namespace N { export type T = 1 }", false, []],
    ["interface I {} type T = 1", false, []],
    ["function f() {} class C {}", false, ["f", "C"]],
    ["import d, { a as b } from 'x'; import * as n from 'y'", false, ["d", "b", "n"]],
    ["if (a) b", false, []],
    ["{ a: 1 }", true, []],
    ["export default 3", true, []],
    ["using r = open()", false, ["r"]],
    ["for (var i = 0; i < 1; i++) {}", false, ["i"]],
    ["", false, []],
  ];
  for (const [code, hasValue, declares] of cases)
    test(JSON.stringify(code), () => {
      const compiled = compile(code);
      assert.equal(compiled.hasValue, hasValue);
      assert.deepEqual([...compiled.declares].sort(), [...declares].sort());
    });

  test("a syntax error names cell, line and column", () => {
    assert.throws(() => compile("let a = 1\nlet = 3 4"), { name: "SyntaxError", message: /cell\.ts:2:/ });
  });
});
