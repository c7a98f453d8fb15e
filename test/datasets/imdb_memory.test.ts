import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "imdb-"));
after(() => rmSync(folder, { recursive: true }));

test("as many and as long reviews as IMDB has are held in four bytes a word, and train without a gigabyte", async () => {
  const program = join(__dirname, "imdb_run.js");
  await run(process.execPath, [program, "make", join(folder, "imdb.npz")]);
  const env = { ...process.env, TSKERAS_DATASETS: folder };
  const { stdout } = await run(process.execPath, ["--expose-gc", program, "use"], { env });
  const report = JSON.parse(stdout.trim().split("\n").at(-1) as string);
  assert.equal(report.reviews, 25000);
  assert.ok(report.words > 11e6);
  const megabytes = (4 * report.words) / 2 ** 20;
  assert.ok(report.held < megabytes + 20, `${report.held} MB are held for ${megabytes} MB of words`);
  assert.ok(report.loading < 700, `${report.loading} MB at the peak of loading`);
  // The rows alone are 25,000 × 10,000 values.
  assert.ok(report.training < 1000, `${report.training} MB at the peak of training`);
  assert.ok(report.accuracy > 0.9);
});
