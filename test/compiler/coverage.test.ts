import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { coverageFile, coveragePage } from "./coverage_page";

test("docs/compiled-operations.md lists the kernels that have a compiled form, and what the passes do", async () => {
  assert.equal(readFileSync(coverageFile, "utf8"), await coveragePage(), "The page is out of date: npm run docs");
});
