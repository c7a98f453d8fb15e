import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { packageRoot } from "../../kernel/cli/places";
import { pages } from "./pages";

const tracked = execFileSync("git", ["ls-files"], { cwd: packageRoot, encoding: "utf8" })
  .split("\n")
  .filter((file) => existsSync(path.join(packageRoot, file)));
const read = (file: string) => readFileSync(path.join(packageRoot, file), "utf8");

/** The folders of tracked files, up to a depth. */
const rooms = (depth: number) =>
  new Set(
    tracked.map((file) => path.dirname(file).split("/").slice(0, depth).join("/")).filter((room) => room !== "."),
  );

describe("the house", () => {
  for (const page of pages) {
    test(`${page}: every path it names exists`, () => {
      const named = [...read(page).matchAll(/`((?:src|kernel|test|bench|launch|docs|data|notebooks)\/[\w./-]*)`/g)];
      const missing = named.map(([, file = ""]) => file).filter((file) => !existsSync(path.join(packageRoot, file)));
      assert.deepEqual(missing, []);
    });
  }

  test("CONTRIBUTING.md lists every room", () => {
    const table = read("CONTRIBUTING.md");
    const top = [...rooms(1)].filter((room) => !room.startsWith("."));
    const inside = [...rooms(2)].filter((room) => /^(src|kernel)\/\w+$/.test(room));
    const missing = [...top.map((room) => `${room}/`), ...inside.map((room) => `${path.basename(room)}/`)];
    assert.deepEqual(
      missing.filter((room) => !table.includes(`\`${room}\``)),
      [],
    );
  });

  test("no file is a drawer: at most 400 lines, and few over 300", () => {
    const sources = tracked.filter((file) => /^(src|kernel|bench|launch)\/.*\.(ts|js|py)$/.test(file));
    const lengths = sources.map((file) => ({ file, lines: read(file).split("\n").length - 1 }));
    assert.deepEqual(
      lengths.filter(({ lines }) => lines > 400),
      [],
    );
    assert.ok(lengths.filter(({ lines }) => lines > 300).length <= 5);
  });
});
