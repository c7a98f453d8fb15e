import assert from "node:assert/strict";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, test } from "node:test";
import { convolution } from "./convolution";
import { dropout } from "./dropout";
import { oneLayer } from "./one_layer";

// The whole data and all epochs, with the accuracies that the book reports: npm run programs
const whole = process.argv.includes("--whole");

describe("programs as one writes them from the book", () => {
  test("7-1: one layer", async () => {
    const { params, history, accuracy } = await oneLayer(whole ? {} : { rows: 3000, epochs: 2 });
    assert.equal(params, 7850);
    assert.deepEqual(Object.keys(history), ["accuracy", "loss"]);
    const losses = history["loss"] as number[];
    assert.ok((losses.at(-1) as number) < (losses[0] as number));
    // The book's first epoch is at 0.7370; the fifth evaluates to 0.8458.
    assert.ok(accuracy > (whole ? 0.83 : 0.6), `accuracy ${accuracy}`);
  });

  test("7-3: dropout, checkpoint and early stopping, saved and loaded", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "program-"));
    const { history, stoppedEpoch, kept, reloaded, hits } = await dropout(
      folder,
      whole ? {} : { rows: 3000, epochs: 4 },
    );
    const losses = history["val_loss"] as number[];
    const best = Math.min(...losses);
    const near = (found: unknown, expected: unknown) =>
      assert.ok(Math.abs((found as number) - (expected as number)) < 1e-4, `${found} is not ${expected}`);
    near((kept as number[])[0], best);
    near((reloaded as number[])[0], best);
    near(hits, (kept as number[])[1]);
    assert.ok(existsSync(path.join(folder, "model.weights.h5")));
    if (stoppedEpoch > 0) assert.equal(losses.indexOf(best), stoppedEpoch - 2);
    assert.ok(hits > (whole ? 0.87 : 0.7), `accuracy ${hits}`);
  });

  test("8-2: two convolutions", async () => {
    const { params, accuracy, prediction } = await convolution(whole ? {} : { rows: 1500, epochs: 2 });
    assert.equal(params, 333_526);
    assert.deepEqual(prediction.shape, [1, 10]);
    assert.ok(accuracy > (whole ? 0.9 : 0.5), `accuracy ${accuracy}`);
  });
});
