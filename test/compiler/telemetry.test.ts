import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";

const home = mkdtempSync(path.join(tmpdir(), "tskeras-home-"));
after(() => rmSync(home, { recursive: true, force: true }));

const program = `
  const { tf, compile } = require("./dist/src/index.js");
  compile((x) => x.mul(2))(tf.tensor([4])).then((twice) => console.log(twice.arraySync()[0]));`;

/** What a training process leaves in its home folder. */
function left(environment: NodeJS.ProcessEnv): string[] {
  // ONNX Runtime is silent wherever it sees one of these.
  const { CI, GITHUB_ACTIONS, TF_BUILD, ORT_DISABLE_TELEMETRY, XDG_CACHE_HOME, ...others } = process.env;
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", program], {
    cwd: path.join(__dirname, "../../.."),
    env: { ...others, HOME: home, ...environment },
    encoding: "utf8",
  });
  assert.equal(stdout, "8\n", stderr);
  return readdirSync(home, { recursive: true }).map(String);
}

test("ONNX Runtime tells nobody that a model runs", () => {
  assert.deepEqual(left({}), []);
  if (process.platform === "linux")
    assert.notDeepEqual(left({ ORT_DISABLE_TELEMETRY: "0" }), [], "it is on when asked for");
});
