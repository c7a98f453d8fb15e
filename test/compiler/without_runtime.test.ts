import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";

const root = path.join(__dirname, "../../..");
const folder = mkdtempSync(path.join(tmpdir(), "tskeras-without-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A copy of the built library whose packages are those of this checkout, without onnxruntime-node or with a broken one. */
function installation(broken: boolean): string {
  const place = path.join(folder, broken ? "broken" : "missing");
  const packages = path.join(place, "node_modules");
  mkdirSync(packages, { recursive: true });
  cpSync(path.join(root, "dist/src"), path.join(place, "dist/src"), { recursive: true });
  cpSync(path.join(root, "package.json"), path.join(place, "package.json"));
  for (const name of readdirSync(path.join(root, "node_modules"))) {
    if (name !== "onnxruntime-node") symlinkSync(path.join(root, "node_modules", name), path.join(packages, name));
  }
  if (broken) {
    mkdirSync(path.join(packages, "onnxruntime-node"));
    const binding = 'process.dlopen({ exports: {} }, require("node:path").join(__dirname, "binding.node"));';
    writeFileSync(path.join(packages, "onnxruntime-node/index.js"), binding);
    writeFileSync(path.join(packages, "onnxruntime-node/binding.node"), "no library");
  }
  return place;
}

const program = (jitCompile: string) => `
  const { keras, tf, compile } = require("./dist/src/index.js");
  (async () => {
    const model = keras.Sequential([keras.layers.Input([2]), keras.layers.Dense(1)]);
    model.compile({ optimizer: "sgd", loss: "mse", jitCompile: ${jitCompile} });
    const { history } = await model.fit(tf.ones([8, 2]), tf.ones([8]), { epochs: 2, verbose: 0 });
    await model.evaluate(tf.ones([8, 2]), tf.ones([8]), { verbose: 0 });
    const [twice] = (await compile((x) => x.mul(2))(tf.tensor([4]))).arraySync();
    console.log(JSON.stringify({ losses: history.loss.length, twice, fallbacks: keras.config.compiler().fallbacks }));
  })();`;

function run(place: string, jitCompile: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", program(jitCompile)], {
    cwd: place,
    encoding: "utf8",
  });
  return { status, lines: stdout.trim().split("\n"), stderr };
}

describe("without ONNX Runtime", () => {
  for (const broken of [false, true]) {
    const state = broken ? "broken" : "missing";
    test(`${state}: training runs eagerly, and one line says why`, () => {
      const { status, lines, stderr } = run(installation(broken), '"auto"');
      assert.equal(status, 0, stderr);
      assert.equal(lines.length, 2, lines.join("\n"));
      assert.match(lines[0] as string, /operation by operation: ONNX Runtime does not load here \(.+\)/);
      const { losses, twice, fallbacks } = JSON.parse(lines[1] as string);
      assert.deepEqual([losses, twice], [2, 8]);
      assert.deepEqual(Object.keys(fallbacks), ["onnxruntime-node"]);
    });
  }

  test("jitCompile: true makes it an error", () => {
    const { status, stderr } = run(path.join(folder, "missing"), "true");
    assert.notEqual(status, 0);
    assert.match(stderr, /ONNX Runtime does not load here/);
  });
});
