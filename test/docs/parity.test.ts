import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parityFile, parityPage } from "./parity";

test("docs/keras-parity.md is what `npm run docs` writes", () => {
  assert.equal(readFileSync(parityFile, "utf8"), parityPage(), "The page is out of date: npm run docs");
});
