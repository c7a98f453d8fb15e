import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, beforeEach, describe, mock, test } from "node:test";
import { zipSync } from "fflate";
import { getFile } from "../../src/utils/get_file";
import { serveFile } from "../helpers/file_server";

const home = mkdtempSync(join(tmpdir(), "cache-"));
const mount = (...args: string[]) => spawnSync("mount", args).status === 0;
const mounted = process.platform === "linux" && mount("-t", "tmpfs", "-o", "size=2m", "tmpfs", home);
const skip = mounted ? false : "a small disk of its own cannot be mounted here";
const files = () => readdirSync(join(home, "datasets")).sort();
const earlier = join(home, "datasets", "earlier.bin");

mock.method(console, "log", () => undefined);
beforeEach(() => {
  process.env["KERAS_HOME"] = home;
  if (mounted) mount("-o", "remount,rw", home);
  rmSync(join(home, "datasets"), { recursive: true, force: true });
  mkdirSync(join(home, "datasets"));
  writeFileSync(earlier, "an earlier file");
});
after(() => {
  if (mounted) spawnSync("umount", [home]);
  rmSync(home, { recursive: true });
});

describe("a cache on a full disk", { skip }, () => {
  for (const [name, options] of [
    ["a file", {}],
    ["one that replaces another", { forceDownload: true }],
  ] as const) {
    test(`${name}: the error says so, nothing is half written and no earlier file is lost`, async () => {
      await using server = await serveFile(randomBytes(3_000_000));
      const wanted = name === "a file" ? "large.bin" : "earlier.bin";
      await assert.rejects(getFile(wanted, `${server.url}/x`, options), (error: Error) => {
        assert.match(error.message, new RegExp(`Could not get ${wanted}`));
        assert.match(error.message, /the disk is full: free some space, or set KERAS_HOME to a folder on another disk/);
        assert.ok(error.message.includes(join(home, "datasets", wanted)));
        return true;
      });
      assert.deepEqual([files(), readFileSync(earlier, "utf8")], [["earlier.bin"], "an earlier file"]);
    });
  }
  test("an archive that does not fit once it is unpacked: no folder is left", async () => {
    const archive = Buffer.from(zipSync({ "a.bin": new Uint8Array(3_000_000) }));
    await using server = await serveFile(archive);
    await assert.rejects(
      getFile("things", `${server.url}/x`, { extract: true }),
      /Could not unpack .*the disk is full/,
    );
    assert.deepEqual(files(), ["earlier.bin", "things_archive"]);
  });
});

describe("a cache that cannot be written to", { skip }, () => {
  test("is read", async () => {
    mount("-o", "remount,ro", home);
    assert.equal(await getFile("earlier.bin", "http://127.0.0.1:9/x"), earlier);
  });
  test("is written beside, in /tmp/.keras as Keras does, and stays as it is", async () => {
    mount("-o", "remount,ro", home);
    const name = `${basename(home)}.bin`;
    const content = randomBytes(1000);
    await using server = await serveFile(content);
    const path = await getFile(name, `${server.url}/x`);
    assert.equal(path, join("/tmp/.keras/datasets", name));
    assert.deepEqual([readFileSync(path), files()], [content, ["earlier.bin"]]);
    rmSync(path);
  });
});
