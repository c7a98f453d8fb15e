import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { whyNoNative } from "../../../src/backend/backend";
import { native, nativeInstallation } from "../../native_installation";

const folder = mkdtempSync(path.join(tmpdir(), "tskeras-native-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The backend that an installation computes with. */
function backendIn(installation: string): { name: string; reason: string } {
  const program = `
    const { keras, tf } = require("./dist/src/index.js");
    const model = keras.Sequential([keras.layers.Input([1]), keras.layers.Dense(1)]);
    model.predict(tf.ones([1, 1]), { verbose: 0 }).then(() => {
      console.log(JSON.stringify({ name: keras.config.backend(), reason: keras.config.backendReason() }));
    });`;
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", program], { cwd: installation, encoding: "utf8" });
  return JSON.parse(stdout || `{ "name": "none", "reason": ${JSON.stringify(stderr)} }`);
}

test("tskeras native gives tfjs-node its native part and takes it back", { skip: whyNoNative() ?? false }, () => {
  const installation = nativeInstallation(path.join(folder, "installation"));
  assert.ok(installation);
  const binding = path.join(installation, "node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node");
  // A cache of its own whose entry is the real one's: --uninstall must not make everybody build again.
  const built = path.dirname(realpathSync(binding));
  const cache = path.join(folder, "cache");
  const entry = path.join(cache, "tskeras", path.basename(built));
  mkdirSync(path.dirname(entry), { recursive: true });
  symlinkSync(built, entry);

  const installed = native(installation, [], { XDG_CACHE_HOME: cache });
  assert.equal(installed.status, 0, installed.stderr);
  assert.match(installed.stdout, /now computes with the libtensorflow in .*Undo with tskeras native --uninstall/);
  assert.equal(backendIn(installation).name, "tensorflow");

  const gone = native(installation, ["--uninstall"], { XDG_CACHE_HOME: cache });
  assert.equal(gone.status, 0, gone.stderr);
  assert.deepEqual([existsSync(binding), existsSync(entry)], [false, false]);
  const { name, reason } = backendIn(installation);
  assert.equal(name, "wasm");
  assert.match(reason, /tfjs-node is installed without its native part/);
});
