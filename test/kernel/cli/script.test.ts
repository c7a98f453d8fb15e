import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import ts from "typescript6";
import { toScript } from "../../../kernel/cli/script";

const scratch = mkdtempSync(path.join(tmpdir(), "tskeras-script-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

const code = (...sources: string[]) => sources.map((source) => ({ cell_type: "code", source }));

/** What the exported program prints. */
function run(...sources: string[]): string {
  const { outputText } = ts.transpileModule(toScript(code(...sources)), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  const file = path.join(scratch, "script.mjs");
  writeFileSync(file, outputText);
  const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: "utf8" });
  assert.equal(stderr, "");
  return stdout;
}

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
  ] as const) {
    test(name, () => assert.equal(run(...cells), printed));
  }
});

test("text becomes comments, in its place", () => {
  const cells = [{ cell_type: "markdown", source: ["# Title\n", "\n", "text"] }, ...code("f();\nlet x = 1;")];
  assert.equal(toScript(cells), "// # Title\n//\n// text\n\nf();\nlet x = 1;\n");
});

test("types are imported once, and as values where a cell needs the value", () => {
  const text = toScript(
    code("import type { A } from 'm';", "import { A, type B } from 'm';", "import * as n from 'n';"),
  );
  assert.equal(text, "import { A, type B } from 'm';\nimport * as n from 'n';\n");
});

test("a name imported from two places is refused", () => {
  assert.throws(
    () => toScript(code("import { a } from 'm';", "import { a } from 'n';")),
    /a is imported from 'm' and from 'n'/,
  );
});
