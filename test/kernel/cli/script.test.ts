import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import ts from "typescript6";
import { toScript } from "../../../kernel/cli/script";
import { javascript } from "../../../kernel/cli/script_stripping";

const scratch = mkdtempSync(path.join(tmpdir(), "tskeras-script-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

const code = (...sources: string[]) => sources.map((source) => ({ cell_type: "code", source }));

/** What the exported program prints, of which Node could leave out the types. */
function run(...sources: string[]): string {
  const program = toScript(code(...sources)).text;
  assert.deepEqual(notStrippable(program), []);
  const file = path.join(scratch, "script.mjs");
  writeFileSync(file, javascript(program));
  const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: "utf8" });
  assert.equal(stderr, "");
  return stdout;
}

/** What TypeScript says about syntax that a Node which only leaves types out refuses. */
function notStrippable(program: string): string[] {
  const options = { erasableSyntaxOnly: true, noLib: true, noResolve: true, target: ts.ScriptTarget.ESNext };
  const host = ts.createCompilerHost(options);
  host.getSourceFile = (name, target) => ts.createSourceFile(name, name === "p.ts" ? program : "", target);
  const told = ts.createProgram(["p.ts"], options, host).getSemanticDiagnostics();
  return told.filter(({ code }) => code === 1294).map(({ start = 0 }) => program.slice(start).split("\n", 1)[0] ?? "");
}

test("a program with an enum is told from one that Node can strip", () => {
  assert.deepEqual(notStrippable("let a: number;\nenum A { b }"), ["A { b }"]);
});

describe("an exported notebook prints what its cells show", () => {
  for (const [name, cells, printed] of [
    ["the last value of each cell, awaited", ["const a = 1;\na + 1", "Promise.resolve(3)", "undefined"], "2\n3\n"],
    [
      "constants declared again, seen by earlier functions",
      ["const lr = 0.1;\nfunction f() { return lr; }", "const lr: number = 0.5;", "f()"],
      "0.5\n",
    ],
    ["a pattern that shares a name", ["let [a, { b }] = [1, { b: 2 }];", "const b = 'x';", "a + ' ' + b"], "1 x\n"],
    [
      "functions declared again and used before they are declared",
      ["function f() { return 1; }", "console.log(f());\nfunction f() { return 2; }"],
      "2\n",
    ],
    ["classes declared again", ["class A { x = 1 }", "export class A { x = 2 }", "new A().x"], "2\n"],
    [
      "imports repeated and in the middle",
      [
        "import { join } from 'node:path';",
        "const a = 1;\nimport { join, sep } from 'node:path';",
        "join('a', 'b') === 'a' + sep + 'b'",
      ],
      "true\n",
    ],
    ["top-level await", ["await new Promise((r) => setTimeout(r, 5));\nconsole.log('then');"], "then\n"],
    ["magics left out", ["%%typecheck off\nconsole.log(1)", "!ls"], "1\n"],
    ["a comment at the end", ["1 + 1 // two"], "2\n"],
    ["enums and namespaces", ["enum A { b = 2 }\nnamespace N { export const c = 3; }", "A.b * N.c"], "6\n"],
    [
      "a constructor's own properties, declared again",
      ["class P { constructor(readonly x: number, private y = 2) {}\n sum() { return this.x + this.y; } }"]
        .concat("abstract class P { constructor(protected z: number) {} }")
        .concat("class Q extends P { get() { return this.z; } }\nnew Q(5).get()"),
      "5\n",
    ],
    ["decorators", ["const f = (c: any) => class extends c { y = 3 } as any;\n@f class D {}\nnew D().y"], "3\n"],
    ["casts in angle brackets", ["<number>(<unknown>4)"], "4\n"],
    [
      "what display shows, and its update",
      [
        "const shown = await display('one');\nclearOutput({ wait: true });",
        "display(2)",
        "await shown.update('three')\n1",
      ],
      "one\n2\nthree\n1\n",
    ],
    ["a display of tslab's name", ["const tslab = { display: 1 };\ntslab.display"], "1\n"],
    ["the program's folder", ["__dirname.length > 1"], "true\n"],
    ["what require gives", ["import path = require('node:path');", "require('node:os').EOL + path.sep"], "\n/\n"],
  ] as const) {
    test(name, () => assert.equal(run(...cells), printed));
  }
});

test("text becomes comments, in its place", () => {
  const cells = [{ cell_type: "markdown", source: ["# Title\n", "\n", "text"] }, ...code("f();\nlet x = 1;")];
  assert.equal(toScript(cells).text, "// # Title\n//\n// text\n\nf();\nlet x = 1;\n");
});

test("types are imported once, and as values where a cell needs the value", () => {
  const { text } = toScript(
    code(
      "import type { A } from 'm';",
      "import { A, type B, C } from 'm';",
      "import * as n from 'n';",
      "let c: C = A;",
    ),
  );
  assert.equal(text, 'import { A, type B, type C } from "m";\nimport * as n from "n";\n\nlet c: C = A;\n');
});

test("modules get the names that they have where the program stands", () => {
  const { text } = toScript(
    code("import a from './a';\nimport { b } from './a';\nlet c = b(a);"),
    (module) => `${module}.ts`,
  );
  assert.equal(text, 'import { b } from "./a.ts";\nimport a from "./a.ts";\n\nlet c = b(a);\n');
});

test("what only a notebook has is told, unless the notebook's own has that name", () => {
  const told = (...sources: string[]) => toScript(code(...sources)).missing;
  assert.deepEqual(told("const s = slider({ label: 'rate' });", "await input('?')"), ["input", "slider"]);
  assert.deepEqual(told("const a = { input: 1 };\na.input", "import { widget } from 'w';\nwidget()"), []);
  assert.deepEqual(told("function slider() {}\nslider()"), []);
});

test("a name imported from two places is refused", () => {
  assert.throws(
    () => toScript(code("import { a } from 'm';", "import { a } from 'n';")),
    /a is imported from "m" and from "n"/,
  );
});

test("a name that is imported and declared is refused", () => {
  assert.throws(() => toScript(code("import fs from 'fs';", "const fs = 1;")), /declares fs, and another imports it/);
});
