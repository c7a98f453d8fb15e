import assert from "node:assert/strict";
import { SourceMap } from "node:module";
import { describe, test } from "node:test";
import { compileCell } from "../../../kernel/language/compile_cell";
import { compileModule } from "../../../kernel/language/compile_module";

/** Where a text stands, zero-based. */
function positionOf(code: string, text: string): { line: number; column: number } {
  const before = code.slice(0, code.indexOf(text)).split("\n");
  return { line: before.length - 1, column: before.at(-1)?.length ?? 0 };
}

describe("source maps lead back to the reader's line and column", () => {
  const cells = [
    "const a: number = 1;\nthrow MARK(a)",
    "let x = 1\n\nfunction f(n: number): void {\n  if (n) throw MARK\n}",
    "interface I { a: 1 }\nenum E { A }\n@dec class C {\n  m(a: I): E { return MARK }\n}",
    "import { a } from 'x'\nimport { type B } from 'y'\nMARK(a)",
    "await one(); for await (const x of MARK) {}",
    "using r: R = open()\nr.MARK()",
    "{ a: MARK, b: 2 }",
    "{\n  a: 1,\n  b: MARK }",
    "const 은닉층 = '🧠은닉층'; MARK(은닉층)",
    "if (true) {\n  var y: number = MARK }",
    "export const z = { deep: { deeper: () => MARK } }",
  ];
  for (const code of cells)
    test(JSON.stringify(code), () => {
      const { javascript, sourceMap } = compileCell({ fileName: "cell.ts", code }, "/notebooks");
      const { line, column } = positionOf(javascript, "MARK");
      const entry = new SourceMap(JSON.parse(sourceMap)).findEntry(line, column);
      assert.ok("originalLine" in entry);
      assert.deepEqual({ line: entry.originalLine, column: entry.originalColumn }, positionOf(code, "MARK"));
    });

  test("a cell names itself for stack frames", () => {
    assert.match(compileCell({ fileName: "cell-7.ts", code: "1" }, "/").javascript, /\/\/# sourceURL=cell-7\.ts\n$/);
  });
});

describe("local modules", () => {
  test("become CommonJS that imports through the kernel and knows its source", () => {
    const code = "import type { A } from './a'\nimport fs from 'node:fs'\nexport const b: A = await_(fs, import('x'))";
    const { javascript, sourceMap } = compileModule("/notebooks/helper.ts", code);
    assert.match(javascript, /require\("node:fs"\)/);
    assert.match(javascript, /exports\.b = /);
    assert.match(javascript, /__import\('x'\)/);
    assert.deepEqual(JSON.parse(sourceMap).sources, ["/notebooks/helper.ts"]);
    const { line, column } = positionOf(javascript, "await_(");
    const entry = new SourceMap(JSON.parse(sourceMap)).findEntry(line, column);
    assert.ok("originalLine" in entry);
    assert.deepEqual({ line: entry.originalLine, column: entry.originalColumn }, positionOf(code, "await_("));
  });

  test("await through the kernel, so that the stop button reaches their loops", () => {
    const { javascript } = compileModule("/notebooks/helper.ts", "export async function f() { await g() }");
    assert.match(javascript, /await __await\(g\(\)\)/);
  });

  test("know where they are", () => {
    const { javascript } = compileModule("/notebooks/helper.ts", "export const here = import.meta.dirname; await 0");
    assert.match(javascript, /dirname: "\/notebooks"/);
  });

  test("name the file of a syntax error", () => {
    assert.throws(() => compileModule("/notebooks/helper.ts", "let = 3 4"), /SyntaxError.*\/notebooks\/helper\.ts:1:/);
  });
});
