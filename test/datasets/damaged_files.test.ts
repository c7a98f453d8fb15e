import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { gunzipSync, gzipSync } from "node:zlib";
import { serveFile } from "../helpers/file_server";

const run = promisify(execFile);
const checkout = join(__dirname, "../../..");
const labels = "train-labels-idx1-ubyte.gz";
const folder = mkdtempSync(join(tmpdir(), "damaged-"));
const own = join(folder, "data", "fashion_mnist", labels);
const cached = join(folder, "keras", "datasets", "fashion-mnist", labels);
const real = readFileSync(join(checkout, "data", "fashion_mnist", labels));

// What fetch does on a machine without a network; whether the one that tests has one must not matter.
const offline = `globalThis.fetch = async () => {
  throw new TypeError("fetch failed", { cause: Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" }) });
};`;

/**
 * Loads the data in a process of its own, from a copy of the package whose files can be damaged.
 *
 * @param mirror where it can be downloaded. Default nowhere
 */
async function load(mirror?: string): Promise<{ output: string; status: number }> {
  const script = `${mirror === undefined ? offline : ""}
    require("./dist/src/datasets").fashionMnist.loadData().then(([[, y]]) => console.log("first", y.dataSync()[0]))`;
  const env = { ...process.env, KERAS_HOME: join(folder, "keras"), TSKERAS_MIRROR: mirror ?? "" };
  try {
    const { stdout } = await run(process.execPath, ["-e", script], { cwd: folder, env });
    return { output: stdout, status: 0 };
  } catch (error) {
    const { stdout, stderr, code } = error as { stdout: string; stderr: string; code: number };
    return { output: stdout + stderr, status: code };
  }
}

before(() => {
  cpSync(join(checkout, "dist", "src"), join(folder, "dist", "src"), { recursive: true });
  cpSync(join(checkout, "data", "fashion_mnist"), join(own, ".."), { recursive: true });
  symlinkSync(join(checkout, "node_modules"), join(folder, "node_modules"), "junction");
  mkdirSync(join(cached, ".."), { recursive: true });
});
after(() => rmSync(folder, { recursive: true }));

const damages: [string, () => void, RegExp][] = [
  ["half downloaded", () => truncateSync(own, 10000), /the file ends too early/],
  [
    "damaged",
    () => writeFileSync(own, Buffer.concat([real.subarray(0, 100), Buffer.alloc(1000)])),
    /the archive is damaged/,
  ],
  [
    "another file",
    () => writeFileSync(own, gzipSync("hello")),
    /it holds something else: expected 60008 bytes but found 5/,
  ],
  [
    "far larger once it is unpacked",
    () => writeFileSync(own, gzipSync(Buffer.alloc(200_000_000))),
    /it holds something else: more than 60008 bytes/,
  ],
  ["empty", () => writeFileSync(own, ""), /the file ends too early/],
  ["not there", () => rmSync(own), /Tried/],
];
describe("a file of Fashion-MNIST that is", () => {
  for (const [name, damage, message] of damages) {
    test(`${name}: the copy in Keras's cache is used, and without one the error says what was tried`, async () => {
      writeFileSync(own, real);
      damage();
      // Compressed by somebody else, and so with another checksum of its own.
      writeFileSync(cached, gzipSync(gunzipSync(real), { level: 1 }));
      assert.match((await load()).output, /first 9/);
      rmSync(cached);
      const { output, status } = await load();
      assert.match(output, message);
      assert.match(output, new RegExp(`Could not get ${labels}`));
      assert.ok(output.includes(`put it at\n  ${cached}`));
      assert.equal(status, 1);
    });
  }
  test("as long but not the same: the one in Keras's cache is not used", async () => {
    rmSync(own, { force: true });
    const other = gunzipSync(real);
    other[100] = 11;
    writeFileSync(cached, gzipSync(other));
    const { output, status } = await load();
    assert.match(output, /it holds something else: expected content with SHA-256 bad3541b/);
    assert.equal(status, 1);
  });
  test("nowhere is downloaded and stays in Keras's cache", async () => {
    rmSync(own, { force: true });
    rmSync(cached, { force: true });
    await using server = await serveFile(real);
    assert.match((await load(server.url)).output, /first 9/);
    assert.deepEqual(readFileSync(cached), real);
  });
});
