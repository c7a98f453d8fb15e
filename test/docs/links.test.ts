import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { packageRoot } from "../../kernel/cli/places";
import { pages } from "./pages";

const read = (file: string) => readFileSync(path.join(packageRoot, file), "utf8");

describe("the pages for people", () => {
  for (const page of pages) {
    test(`${page}: every file it links to exists`, () => {
      const links = [...read(page).matchAll(/\]\(([^)#\s]+)/g)].map(([, link = ""]) => link);
      const missing = links.filter(
        (link) => !/^\w+:/.test(link) && !existsSync(path.join(packageRoot, path.dirname(page), link)),
      );
      assert.deepEqual(missing, []);
    });

    test(`${page}: every npm command it names exists`, () => {
      const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
      const named = [...read(page).matchAll(/`npm (?:run )?([\w:]+)/g)].map(([, name = ""]) => name);
      assert.deepEqual(
        named.filter((name) => !(name in scripts)),
        [],
      );
    });
  }
});
