import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, test } from "node:test";

interface Measure {
  readonly tensors: number;
  readonly bytes: number;
  readonly rss: number;
  readonly kept: number;
}

function runCell(cell: string): { readonly before: Measure; readonly after: Measure; readonly peak: number } {
  const { stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", join(__dirname, "memory_run.js"), cell], {
    encoding: "utf8",
  });
  const last = stdout.trim().split("\n").at(-1);
  assert.ok(last?.startsWith("{"), stderr);
  return JSON.parse(last as string);
}

const MB = 2 ** 20;

describe("a cell that is run again does not grow the process, without a dispose", () => {
  test("twenty times build, fit, predict and evaluate", () => {
    const { before, after } = runCell("train");
    assert.equal(after.tensors, before.tensors);
    assert.equal(after.bytes, before.bytes);
    assert.ok(after.rss - before.rss < 60 * MB, `${(after.rss - before.rss) / MB} MB more`);
  });

  test("twenty times training with the batches of a generator", () => {
    const { before, after } = runCell("stream");
    assert.equal(after.tensors, before.tensors);
    assert.ok(after.rss - before.rss < 60 * MB, `${(after.rss - before.rss) / MB} MB more`);
  });

  test("eighty models of other sizes: graphs not used for long are freed", () => {
    const { before, after } = runCell("models");
    assert.equal(after.kept, before.kept);
    assert.ok(after.rss - before.rss < 60 * MB, `${(after.rss - before.rss) / MB} MB more`);
  });

  test("twenty times a tensor of 100 MB", () => {
    const { before, after, peak } = runCell("allocate");
    assert.equal(after.tensors, before.tensors);
    // Two gigabytes were made; WebAssembly may have grown by a tensor or two when collections came late.
    assert.ok(after.rss - before.rss < 250 * MB, `${(after.rss - before.rss) / MB} MB more`);
    assert.ok(peak < 1500 * MB, `${peak / MB} MB at its peak`);
  });
});
