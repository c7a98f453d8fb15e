import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { packageRoot } from "../../kernel/cli/places";
import { allExamples, type Example, examplesIn } from "./examples";

const folder = path.join(packageRoot, "build", "examples");
const place = ({ file, line }: Example) => `${file}:${line}`;
const moduleName = ({ file, line }: Example) => `${file.replaceAll(/\W/g, "_")}_${line}`;

test("examples are found in doc comments and in Markdown, with their lines", () => {
  const comment =
    "/**\n * Adds.\n * @example\n * ```ts\n * const a = {\n *   b: 1,\n * };\n * ```\n */\nconst t = `\n```ts\nno\n```\n`;\n";
  assert.deepEqual(examplesIn("a.ts", comment), [{ file: "a.ts", line: 5, code: "const a = {\n  b: 1,\n};" }]);
  assert.deepEqual(examplesIn("a.md", "# A\n```ts\n1\n```\n```sh\nls\n```\n"), [{ file: "a.md", line: 3, code: "1" }]);
});

describe("the examples of the documentation", () => {
  const examples = allExamples(packageRoot);
  // The folder has no package.json of its own, so that "tskeras" means the built package. Blank lines before the code
  // give it the line numbers that it has in its file.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const example of examples) {
    writeFileSync(path.join(folder, `${moduleName(example)}.mts`), "\n".repeat(example.line - 1) + example.code);
  }
  const options = { rootDir: ".", outDir: "out", declaration: false, noUnusedLocals: false, noUnusedParameters: false };
  const config = { extends: "../../tsconfig.json", compilerOptions: options, include: ["*.mts"], exclude: [] };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(config));

  test("pass the type check", () => {
    const compiler = path.join(packageRoot, "node_modules", "typescript", "bin", "tsc");
    const { stdout } = spawnSync(process.execPath, [compiler, "-p", ".", "--pretty", "false"], {
      cwd: folder,
      encoding: "utf8",
    });
    const named = examples.reduce(
      (text, example) => text.replaceAll(`${moduleName(example)}.mts`, example.file),
      stdout,
    );
    assert.equal(named, "");
  });

  for (const example of examples) {
    test(place(example), async () => {
      await import(pathToFileURL(path.join(folder, "out", `${moduleName(example)}.mjs`)).href);
    });
  }
});
