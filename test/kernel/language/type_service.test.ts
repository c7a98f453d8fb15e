import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { CellDocuments } from "../../../kernel/language/cell_documents";
import { checkout, completions, elsewhere, hover, problems, service } from "./services";

const notebooks = service(join(checkout, "notebooks"));

describe("types flow from cell to cell", () => {
  const good: Record<string, string[]> = {
    "values, functions, classes, enums, namespaces, types": [
      `let n = 1; const s = "a"; function f(x: number): string { return s + x } class C { m = 1 } enum E { A, B }
       namespace N { export const v = 2; export interface I { k: string } } interface P { q: number } type T<X> = X[];`,
      "const r: string = f(n); const c: C = new C(); const e: E = E.A; const i: N.I = { k: r }; const p: P = { q: N.v }; const t: T<P> = [p]; c.m + e",
    ],
    "assigning to a let of another cell": ["let rate = 0.1; var count = 0;", "rate = 0.5; count += 1; rate + count"],
    "a var inside a block": ["if (Date.now() > 0) { var inBlock = 1 }", "inBlock?.toFixed()"],
    "destructured names": [
      "const { a1, b1: [c1], ...d1 } = { a1: 1, b1: ['x'], e1: true }",
      "a1.toFixed(); c1?.length; d1.e1 === true",
    ],
    "redeclaring with another type": ["const again = 1", "const again = 'text'", "again.toUpperCase()"],
    "a class as a const, a const as a class": [
      "class K {}; const L = 1",
      "const K = 'k'; class L { l = K.length }",
      "new L().l + K.length",
    ],
    "interfaces are declared anew": [
      "interface J { old: number }",
      "interface J { fresh: string }",
      "const j: J = { fresh: '' }",
    ],
    "interfaces merge within a cell": ["interface M { a: 1 } interface M { b: 2 }", "const m: M = { a: 1, b: 2 }"],
    "a type and a value of one name": ["type Both = string; const Both = 1", "const both: Both = 'x'; Both.toFixed()"],
    "a name used and declared anew": [
      "const base = 1",
      "const base2 = base + 1; { const base = 'inner'; base.length }",
    ],
    "top-level await": ["const awaited = await Promise.resolve({ deep: 1 })", "awaited.deep.toFixed()"],
    exports: [
      "export const ex = 1; const hidden = 2; export { hidden as shown }; export default class Def {}",
      "ex + hidden; new Def()",
    ],
    "a let without a type": ["let evolving; evolving = 3", "evolving"],
    "narrowing functions": [
      "function isText(x: unknown): x is string { return typeof x === 'string' }",
      "const u: unknown = 1; if (isText(u)) u.length",
    ],
    "assertion functions": [
      "function must(x: unknown): asserts x is string {}",
      "const w: unknown = 1; must(w); w.length",
    ],
    "unique symbols": ["const sym = Symbol()", "const withSym = { [sym]: 1 }; withSym[sym].toFixed()"],
    "imports and their types": [
      "import { type Stats, statSync } from 'node:fs'; import * as path from 'node:path'",
      "let st: Stats = statSync(path.sep); st.size",
    ],
    "an object literal": ["{ a: 1, b: 'x' }"],
    "Node's globals and the kernel's": [
      "await fetch('x'); require('fs'); __dirname; structuredClone(1); const shown = await display(1); await shown.update(2); clearOutput(); (await input('?')).length",
    ],
    "using, await using": [
      "using u1 = { [Symbol.dispose]() {} }; await using u2 = { async [Symbol.asyncDispose]() {} }",
    ],
    "current library and syntax": [
      "[1, 2].values().map((x) => x * 2).toArray(); new Set([1]).union(new Set([2])); Object.groupBy([1], (x) => x); [3].toSorted(); await Array.fromAsync([1]); Promise.withResolvers<number>()",
      "class Dec { @((value: undefined, _: ClassFieldDecoratorContext) => value) x = 1; accessor y = 2 } function nf<T>(a: T, b: NoInfer<T>) { return [a, b] } nf(1, 2)",
    ],
    "generator, async generator, for await": [
      "async function* ag() { yield 1 } for await (const each of ag()) each.toFixed()",
    ],
    "import = require": ["import util2 = require('node:util')", "util2.format('x').length"],
    "a type and a variable of one name": ["type Twin = string; let Twin = 1", "const twin: Twin = 'x'; Twin.toFixed()"],
    "declare global": [
      "declare global { interface Array<T> { second(): T } } Array.prototype.second = function () { return this[1] }",
      "1",
      "[1, 2].second().toFixed()",
    ],
    "a cell that asks not to be checked": ["// @ts-nocheck\nconst wrong: string = 1"],
    "import.meta": ["import.meta.dirname.length"],
  };
  for (const [name, codes] of Object.entries(good))
    test(name, async () => assert.deepEqual(await problems(notebooks, ...codes), []));

  test("errors of earlier cells do not come back", async () => {
    assert.equal((await problems(notebooks, "const bad: string = 1")).length, 1);
    assert.deepEqual(await problems(notebooks, "bad.length"), []);
  });

  test("a refused cell changes nothing", async () => {
    await problems(notebooks, "const kept = 1");
    await notebooks.check({ fileName: "cell-refused.ts", code: "const kept: string = 2" });
    assert.deepEqual(await problems(notebooks, "kept.toFixed()"), []);
  });
});

describe("errors stand where the reader wrote them", () => {
  const bad: [name: string, codes: string[], expected: string[]][] = [
    ["a wrong type", ["const a: string = 1"], ["1:7 2322 Type 'number' is not assignable to type 'string'."]],
    [
      "after Korean and emoji",
      ["const 은닉층 = '🧠'; 은닉층.foo"],
      ["1:23 2339 Property 'foo' does not exist on type '\"🧠\"'."],
    ],
    ["on the third line", ["const x = 1;\n\n  x.foo"], ["3:5 2339 Property 'foo' does not exist on type '1'."]],
    ["in an object literal cell", ["{ a: 1, b: nope }"], ["1:12 2304 Cannot find name 'nope'."]],
    [
      "assigning to a const of another cell",
      ["const fixed = 1", "fixed = 2"],
      ["1:1 2588 Cannot assign to 'fixed' because it is a constant of an earlier cell."],
    ],
    [
      "assigning another type to a let",
      ["let typed = 1", "typed = 'x'"],
      ["1:1 2322 Type 'string' is not assignable to type 'number'."],
    ],
    [
      "strict null",
      ["const maybe = [1].find((x) => x > 1)", "maybe.toFixed()"],
      ["1:1 18048 'maybe' is possibly 'undefined'."],
    ],
    ["implicit any", ["function loose(x) { return x }"], ["1:16 7006 Parameter 'x' implicitly has an 'any' type."]],
    [
      "a missing member with a suggestion",
      ["'x'.toUperCase()"],
      ["1:5 2551 Property 'toUperCase' does not exist on type '\"x\"'. Did you mean 'toUpperCase'?"],
    ],
    [
      "a missing import",
      ["trainTestSplit"],
      ["1:1 2304 Cannot find name 'trainTestSplit'. Did you forget `import { trainTestSplit } from \"tskeras\"`?"],
    ],
    [
      "missing imports of Node",
      ["basename(os.tmpdir())"],
      [
        "1:1 2304 Cannot find name 'basename'. Did you forget `import { basename } from \"node:path\"`?",
        "1:10 2304 Cannot find name 'os'. Did you forget `import os from \"node:os\"`?",
      ],
    ],
    [
      "a text with a typing error",
      ["type Loss = 'mse' | 'mae' | ((a: number) => number) | { a: 1 }; let loss: Loss | Loss[]", "loss = 'mes'"],
      [`1:1 2322 Type '"mes"' is not assignable to type 'Loss[] | Loss'. Did you mean \`"mse"\`?`],
    ],
    [
      "a missing module",
      ["import x from 'no-such-module'"],
      ["1:15 2307 Cannot find module 'no-such-module' or its corresponding type declarations."],
    ],
    ["a syntax error, alone", ["nope1 nope2 )"], ["1:1 1434 Unexpected keyword or identifier."]],
    ["an unclosed block", ["if (1) {"], ["1:9 1005 '}' expected."]],
  ];
  for (const [name, codes, expected] of bad)
    test(name, async () => {
      const found = await problems(notebooks, ...codes);
      assert.deepEqual(found.slice(0, expected.length), expected);
    });

  test("names that nobody reads are not worth a word", async () => {
    const found = await notebooks.check({
      fileName: "cell-unused.ts",
      code: "import { sep } from 'node:path'; const unread = 1",
    });
    assert.deepEqual(found, []);
  });
});

describe("any folder", () => {
  test("finds the kernel's own packages", async () => {
    const away = service(elsewhere());
    const code = `import { tf } from "tskeras"; import { display as show } from "tslab"; import * as core from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops"; import { compile } from "vega-lite"; import { sep } from "node:path";
const t: core.Tensor = tf.tensor([1]).add(1); show; compile; sep;`;
    assert.deepEqual(await problems(away, code), []);
  });

  test("is as loose with a notebook for tslab as tslab is, from its import on", async () => {
    const away = service(elsewhere({}));
    const loose = "function length(text) { return text.length } const none: string = null; length(none)";
    assert.equal((await problems(away, loose)).length, 2);
    for (const imports of ["import * as tslab from 'tslab'", 'const again = require("tslab")']) {
      assert.deepEqual(await problems(away, imports, loose), []);
    }
    assert.match(String(await problems(away, "const wrong: number = 'text'")), /not assignable/);
    const settings = '{ "compilerOptions": { "strict": true } }';
    const own = service(elsewhere({ "tsconfig.json": settings }));
    assert.equal((await problems(own, "import { display } from 'tslab'", loose)).length, 2);
  });

  test("honors the tsconfig.json beside the notebook", async () => {
    const strict = `{ /* a comment */ "compilerOptions": { "strict": false, "noUncheckedIndexedAccess": true }, "include": ["src"] }`;
    const away = service(elsewhere({ "tsconfig.json": strict }));
    assert.deepEqual(await problems(away, "function loose(x) { return x } await 0"), []);
    const other = service(
      elsewhere({ "tsconfig.json": `{ "compilerOptions": { "exactOptionalPropertyTypes": true } }` }),
    );
    assert.equal((await problems(other, "const o: { a?: 1 } = { a: undefined }")).length, 1);
  });

  test("sees local modules change", async () => {
    const folder = elsewhere({ "helper.ts": 'export { value } from "./inner"', "inner.ts": "export const value = 1" });
    const away = service(folder);
    const code = 'import { value } from "./helper.ts"; value.toFixed()';
    assert.deepEqual(await problems(away, code), []);
    writeFileSync(join(folder, "inner.ts"), "export const value = 'text'");
    utimesSync(join(folder, "inner.ts"), new Date(), new Date(Date.now() + 5000));
    assert.deepEqual(await problems(away, code), [
      "1:44 2551 Property 'toFixed' does not exist on type '\"text\"'. Did you mean 'fixed'?",
    ]);
  });

  test("sees its settings change", async () => {
    const folder = elsewhere();
    const away = service(folder);
    const code = "function loose2(x) { return x }";
    assert.equal((await problems(away, code)).length, 1);
    writeFileSync(join(folder, "tsconfig.json"), '{ "compilerOptions": { "strict": false } }');
    assert.deepEqual(await problems(away, code), []);
    writeFileSync(join(folder, "tsconfig.json"), '{ "compilerOptions": { "strict": true, "noEmit": true } }');
    assert.equal((await problems(away, code)).length, 1);
  });

  test("sees a package that was installed meanwhile", async () => {
    const folder = elsewhere();
    const away = service(folder);
    const code = 'import { late } from "late-package"; late.toFixed()';
    assert.equal((await problems(away, code)).length, 1);
    const target = join(folder, "node_modules", "late-package");
    mkdirSync(target, { recursive: true });
    writeFileSync(join(target, "package.json"), '{ "name": "late-package", "types": "index.d.ts" }');
    writeFileSync(join(target, "index.d.ts"), "export const late: number;");
    assert.deepEqual(await problems(away, code), []);
  });
});

describe("a long day", () => {
  test("more cells than were prepared for", async () => {
    const away = service(elsewhere());
    await problems(away, "let step0 = 0");
    for (let i = 0; i < 70; i += 1) assert.deepEqual(await problems(away, `let step${i + 1} = step${i} + 1`), []);
    assert.deepEqual(await problems(away, "step0 + step70 + ''.foo"), [
      "1:21 2339 Property 'foo' does not exist on type '\"\"'.",
    ]);
  });

  test("the same cells again and again", async () => {
    const away = service(elsewhere());
    for (let i = 0; i < 30; i += 1) {
      assert.deepEqual(
        await problems(away, "const base = { n: 1 }", "const derived = [base]", "derived[0]?.n.toFixed()"),
        [],
      );
      assert.deepEqual(await problems(away, `const own${i % 3} = derived`, `own${i % 3}[0]?.n.toFixed()`), []);
    }
  });

  test("the server dies, and the next cell knows everything", { skip: process.platform === "win32" }, async () => {
    const before = children();
    const away = service(elsewhere());
    await problems(away, "let survivor = { a: 1 }");
    for (const pid of children()) if (!before.includes(pid)) process.kill(pid, "SIGKILL");
    assert.deepEqual(await problems(away, "survivor.b"), [
      "1:10 2339 Property 'b' does not exist on type '{ a: number; }'.",
    ]);
  });

  test("one server from the start on, for more cells than are open at first", {
    skip: process.platform === "win32",
  }, async () => {
    const before = children();
    const started = () => children().filter((pid) => !before.includes(pid));
    const documents = new CellDocuments(join(checkout, "notebooks"));
    documents.startAhead();
    const [server] = started();
    assert.ok(server);
    const ahead = service(documents.directory, documents);
    const cells = Array.from({ length: 30 }, (_, n) => `const ahead${n} = ${n}`);
    assert.deepEqual(await problems(ahead, 'import { tf } from "tskeras"', ...cells), []);
    assert.deepEqual(await problems(ahead, "const sum: number = ahead0 + ahead29; tf.zeros([sum])"), []);
    assert.deepEqual(started(), [server]);
  });

  test("questions at once", async () => {
    await problems(notebooks, "const many = [1, 2, 3]");
    const answers = await Promise.all([
      completions(notebooks, "many.fil|"),
      hover(notebooks, "ma|ny"),
      problems(notebooks, "many.nope"),
      completions(notebooks, "many.ma|"),
    ]);
    assert.equal(answers[0].items[0]?.text, "fill");
    assert.equal(answers[1]?.signature, "const many: number[]");
    assert.equal(answers[2].length, 1);
    assert.equal(answers[3].items[0]?.text, "map");
  });
});

test("timings, for the reader of this output", async (t) => {
  const time = async (work: () => Promise<unknown>): Promise<number> => {
    const start = performance.now();
    await work();
    return performance.now() - start;
  };
  const median = async (times: number, work: (i: number) => Promise<unknown>): Promise<string> => {
    const all: number[] = [];
    for (let i = 0; i < times; i += 1) all.push(await time(() => work(i)));
    return `${(all.sort((a, b) => a - b)[times >> 1] ?? 0).toFixed(1)} ms`;
  };
  const fresh = service(join(checkout, "notebooks"));
  t.diagnostic(`first check: ${await median(1, () => problems(fresh, "1 + 1"))}`);
  t.diagnostic(`import of tskeras: ${await median(1, () => problems(fresh, 'import { keras, tf } from "tskeras"'))}`);
  t.diagnostic(`a cell with a tensor: ${await median(20, (i) => problems(fresh, `const t${i} = tf.tensor([${i}])`))}`);
  t.diagnostic(`a trivial cell: ${await median(20, (i) => problems(fresh, `let n = ${i}`))}`);
  t.diagnostic(`completion of tf.ten: ${await median(20, () => completions(fresh, "tf.ten|"))}`);
  t.diagnostic(`hover: ${await median(20, () => hover(fresh, "tf.ten|sor"))}`);
});

/** This process's TypeScript servers. */
function children(): number[] {
  return execFileSync("pgrep", ["-P", String(process.pid), "tsc"], { encoding: "utf8" })
    .split("\n")
    .filter(Boolean)
    .map(Number);
}
