import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isComplete } from "../../../kernel/language/completeness";

describe("isComplete", () => {
  const complete = [
    "",
    "1 + 1",
    "const a = 1;",
    "function f() {\n  return 1;\n}",
    "{ a: 1, b: 2 }",
    "await fetch('x')",
    "`a $" + "{1} b`",
    "if (a) b; else c",
    "class A { x = 1 }",
    "// only a comment",
    "let x = /[(]/",
    "type A<T> = { [K in keyof T]: T[K] }",
    "for await (const x of y) {}",
    "enum E { A }",
    "import x from 'y' with { type: 'json' }",
    "'은닉층 🧠'",
  ];
  for (const code of complete)
    test(`complete: ${JSON.stringify(code)}`, () => assert.equal(isComplete(code).status, "complete"));

  const incomplete: [string, string][] = [
    ["f(", "  "],
    ["function f() {", "  "],
    ["function f() {\n  if (a) {", "    "],
    ["const a = [1,\n  2,", "  "],
    ["1 +", ""],
    ["const f = () =>", "  "],
    ["if (a)", ""],
    ["try { a() }", ""],
    ["`text", ""],
    ["`a $" + "{b", ""],
    ["/* comment", ""],
    ["{ a: 1,", ""],
    ["keras.", ""],
    ["const x =", ""],
    ["class A {\n  m() {\n    a();", "    "],
    ["if (a) {} else", "  "],
    ["f(() => { // why\n", "  "],
  ];
  for (const [code, indent] of incomplete)
    test(`incomplete: ${JSON.stringify(code)}`, () =>
      assert.deepEqual(isComplete(code), { status: "incomplete", indent }));

  const invalid = ["a b c )", "let = 3 4", "const a = 'text", "}", "f(]", "let x = (1,2)) + 1", "1 + * 2\nf("];
  for (const code of invalid)
    test(`invalid: ${JSON.stringify(code)}`, () => assert.equal(isComplete(code).status, "invalid"));
});
