import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { packageRoot } from "../../kernel/cli/places";

const load = createRequire(__filename);

test("a Node that is too old is told which one to install", () => {
  const tooOld = load(path.join(packageRoot, "launch", "node_version.js")) as (version: string) => string | undefined;
  assert.match(tooOld("v18.20.4") ?? "", /needs Node 20 or newer and this is v18\.20\.4.*nodejs\.org/);
  assert.match(tooOld("v8.0.0") ?? "", /v8\.0\.0/);
  assert.equal(tooOld("v20.0.0"), undefined);
  assert.equal(tooOld("v100.1.0"), undefined);
});

test("without a network the first start says so in one sentence", () => {
  const checkout = mkdtempSync(path.join(tmpdir(), "tskeras-launch-"));
  try {
    for (const name of ["launch", "package.json", "package-lock.json", ".npmrc"]) {
      cpSync(path.join(packageRoot, name), path.join(checkout, name), { recursive: true });
    }
    for (const name of ["src", "kernel", "test", "bench"]) mkdirSync(path.join(checkout, name));
    const { status, stderr } = spawnSync(process.execPath, ["launch/main.js", "start"], {
      cwd: checkout,
      encoding: "utf8",
      env: {
        ...process.env,
        npm_config_registry: "http://127.0.0.1:9",
        npm_config_cache: path.join(checkout, "cache"),
        npm_config_fetch_retries: "0",
      },
    });
    assert.equal(status, 1);
    assert.match(stderr.trim(), /^The npm registry cannot be reached: connect to the network.*$/);
  } finally {
    rmSync(checkout, { recursive: true, force: true });
  }
});
