import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { packageRoot } from "../../kernel/cli/places";
import { keras, RandomState, tf } from "../../src/index";

const folder = mkdtempSync(path.join(tmpdir(), "tskeras-damage-"));
const file = (name: string) => path.join(folder, name);

function model(units = 8): keras.Model {
  const made = keras.Sequential([
    keras.layers.Input([16]),
    keras.layers.Dense(units, { activation: "relu", name: "hidden" }),
    keras.layers.Dense(2, { name: "output" }),
  ]);
  made.compile({ optimizer: "adam", loss: "mse" });
  return made;
}

const bytesOf = (made: keras.Model) => made.getWeights().map((weight) => Buffer.from(weight.dataSync().slice().buffer));

let whole: { readonly keras: Buffer; readonly weights: Buffer; readonly values: Buffer[] };

before(async () => {
  const good = model();
  await good.fit(tf.ones([8, 16]), tf.ones([8, 2]), { verbose: 0 });
  await good.save(file("good.keras"));
  await good.saveWeights(file("good.weights.h5"));
  whole = {
    keras: readFileSync(file("good.keras")),
    weights: readFileSync(file("good.weights.h5")),
    values: bytesOf(good),
  };
});

/** The error with which loading ends, if it ends with one. */
const failure = (loading: Promise<unknown>) =>
  loading.then(
    () => undefined,
    (error: unknown) => error as Error,
  );

function assertClear(error: Error, name: string): void {
  assert.match(error.message, new RegExp(`could not load ".*${name.replaceAll(".", "\\.")}"`));
  assert.doesNotMatch(error.message, /Cannot read|is not a function|is not iterable|undefined/);
}

describe("a damaged file", () => {
  const random = RandomState(7);

  test("with a wrong byte anywhere is an error, or the very same model", async () => {
    for (let round = 0; round < 60; round++) {
      const bad = Buffer.from(whole.keras);
      const at = random.randint(bad.length);
      bad[at] = (bad[at] as number) ^ (1 << random.randint(8));
      writeFileSync(file("bad.keras"), bad);
      let loaded: keras.Model | undefined;
      const error = await failure(
        keras.models.loadModel(file("bad.keras")).then((found) => (loaded = found as keras.Model)),
      );
      if (error !== undefined) assertClear(error, "bad.keras");
      else assert.deepEqual(bytesOf(loaded as keras.Model), whole.values, `byte ${at}`);
    }
  });

  test("cut off anywhere is an error", async () => {
    for (let round = 0; round < 30; round++) {
      writeFileSync(file("short.keras"), whole.keras.subarray(0, random.randint(whole.keras.length)));
      const error = await failure(keras.models.loadModel(file("short.keras")));
      assert.ok(error !== undefined);
      assertClear(error, "short.keras");
    }
  });

  test("of weights is an error that leaves the model as it was, or has other numbers only", async () => {
    for (let round = 0; round < 60; round++) {
      const bad = Buffer.from(whole.weights);
      // A file of weights has no checksum: a wrong bit in a number is another number. The structure is what is tested.
      const at = random.randint(Math.min(bad.length, 6000));
      bad[at] = (bad[at] as number) ^ (1 << random.randint(8));
      writeFileSync(file("bad.weights.h5"), bad);
      const target = model();
      const earlier = bytesOf(target);
      const error = await failure(target.loadWeights(file("bad.weights.h5")));
      if (error === undefined) continue;
      assertClear(error, "bad.weights.h5");
      assert.deepEqual(bytesOf(target), earlier, `byte ${at}`);
    }
  });

  test("of weights, cut off anywhere, is an error that leaves the model as it was", async () => {
    const target = model();
    const earlier = bytesOf(target);
    for (let round = 0; round < 30; round++) {
      writeFileSync(file("short.weights.h5"), whole.weights.subarray(0, random.randint(whole.weights.length)));
      const error = await failure(target.loadWeights(file("short.weights.h5")));
      assert.ok(error !== undefined);
      assertClear(error, "short.weights.h5");
    }
    assert.deepEqual(bytesOf(target), earlier);
  });
});

/** A file system of its own, as small as wanted; undefined where mounting is not permitted. */
function mounted(name: string, options: string): string | undefined {
  const place = file(name);
  mkdirSync(place);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", place], { stdio: "ignore" });
  } catch {
    return undefined;
  }
  after(() => execFileSync("umount", [place]));
  return place;
}

describe("saving that fails midway leaves the old file", () => {
  test("on a full disk", async (t) => {
    const place = mounted("full", "size=64k");
    if (place === undefined) return t.skip("mounting is not permitted here");
    const target = path.join(place, "model.keras");
    await model(4).save(target);
    const earlier = readFileSync(target);
    await assert.rejects(model(2000).save(target), /model\.save\(\) could not write ".*model\.keras": ENOSPC/);
    assert.deepEqual(readFileSync(target), earlier);
    assert.deepEqual(readdirSync(place), ["model.keras"]);
    await keras.models.loadModel(target);
  });

  test("in a folder that may not be written to", async (t) => {
    const place = mounted("fixed", "size=256k");
    if (place === undefined) return t.skip("mounting is not permitted here");
    const target = path.join(place, "model.weights.h5");
    await model().saveWeights(target);
    const earlier = readFileSync(target);
    execFileSync("mount", ["-o", "remount,ro", place]);
    await assert.rejects(model().saveWeights(target), /model\.saveWeights\(\) could not write .*EROFS/);
    assert.deepEqual(readFileSync(target), earlier);
  });

  test("when the process is killed", async () => {
    const target = file("killed.keras");
    const program = `
      const { keras } = require(${JSON.stringify(path.join(packageRoot, "dist", "src", "index.js"))});
      const model = keras.Sequential([keras.layers.Input([500]), keras.layers.Dense(2000)]);
      (async () => { for (;;) { await model.save(${JSON.stringify(target)}); console.log("saved"); } })();
    `;
    for (let round = 0; round < 3; round++) {
      const child = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
      const ended = new Promise((resolve) => child.once("exit", resolve));
      await new Promise((resolve) => child.stdout.once("data", resolve));
      // Somewhere in the next saving, which takes longer than this.
      await new Promise((resolve) => setTimeout(resolve, 5 + 20 * round));
      child.kill("SIGKILL");
      await ended;
      assert.equal((await keras.models.loadModel(target)).countParams(), 500 * 2000 + 2000);
    }
  });
});
