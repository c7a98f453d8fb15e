import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, describe, mock, test } from "node:test";
import { zipSync } from "fflate";
import * as tar from "tar";
import { download } from "../../src/files/download";
import { cachePaths } from "../../src/files/keras_home";
import { getFile } from "../../src/utils/get_file";
import { serveFile } from "../helpers/file_server";

const content = randomBytes(3_000_000);
const sha256 = createHash("sha256").update(content).digest("hex");
const md5 = createHash("md5").update(content).digest("hex");
const root = mkdtempSync(join(tmpdir(), "get-file-"));
let home: string;
const files = () => readdirSync(join(home, "datasets")).sort();

mock.method(console, "log", () => undefined);
beforeEach(() => {
  home = mkdtempSync(join(root, "keras-"));
  process.env["KERAS_HOME"] = home;
});
after(() => rmSync(root, { recursive: true }));

describe("getFile", () => {
  for (const [name, fileHash] of Object.entries({ sha256, md5, none: undefined })) {
    test(`downloads once and checks by ${name}`, async () => {
      await using server = await serveFile(content);
      const options = fileHash === undefined ? {} : { fileHash };
      const path = await getFile("data.bin", `${server.url}/data.bin`, options);
      assert.equal(path, join(home, "datasets", "data.bin"));
      assert.deepEqual(readFileSync(path), content);
      assert.equal(await getFile(null, `${server.url}/data.bin`, options), path);
      assert.deepEqual([server.requests.length, files()], [1, ["data.bin"]]);
    });
  }

  test("takes up a lost connection where it broke", async () => {
    await using server = await serveFile(content, (n) => (n < 2 ? { hangUpAfter: 1_000_000 } : {}));
    const path = await getFile("data.bin", `${server.url}/data.bin`, { fileHash: sha256 });
    assert.deepEqual(readFileSync(path), content);
    assert.equal(server.requests.length, 3);
    assert.match(server.requests[1] as string, /^bytes=\d+-$/);
  });
  test("starts again where the server knows no ranges", async () => {
    await using server = await serveFile(content, (n) => (n === 0 ? { hangUpAfter: 1_000_000 } : {}), {
      ranges: false,
    });
    assert.deepEqual(readFileSync(await getFile("data.bin", `${server.url}/data.bin`, { fileHash: sha256 })), content);
  });
  test("tries again when the server is busy", async () => {
    await using server = await serveFile(content, (n) => (n === 0 ? { status: 503 } : {}));
    await getFile("data.bin", `${server.url}/data.bin`, { fileHash: sha256 });
    assert.equal(server.requests.length, 2);
  });
  test("says at once that the server has no such file, where else to get it and where to put it", async () => {
    await using server = await serveFile(content, () => ({ status: 404 }));
    await assert.rejects(getFile("data.bin", `${server.url}/data.bin`), (error: Error) => {
      assert.match(error.message, /Could not get data\.bin\. Tried/);
      assert.match(error.message, /the server answered 404 Not Found/);
      assert.ok(error.message.includes(`put it at\n  ${join(home, "datasets", "data.bin")}`));
      return true;
    });
    assert.deepEqual([server.requests.length, files()], [1, []]);
  });
  test("refuses another file, writes nothing and keeps what was there", async () => {
    await using server = await serveFile(randomBytes(100));
    mkdirSync(join(home, "datasets"));
    writeFileSync(join(home, "datasets", "data.bin"), "an earlier file");
    await assert.rejects(
      getFile("data.bin", `${server.url}/data.bin`, { fileHash: sha256 }),
      /expected sha256 .* but found/,
    );
    assert.deepEqual(files(), ["data.bin"]);
    assert.equal(readFileSync(join(home, "datasets", "data.bin"), "utf8"), "an earlier file");
  });
  test("replaces a damaged file in the cache", async () => {
    await using server = await serveFile(content);
    mkdirSync(join(home, "datasets"));
    writeFileSync(join(home, "datasets", "data.bin"), content.subarray(0, 1000));
    assert.deepEqual(readFileSync(await getFile("data.bin", `${server.url}/data.bin`, { fileHash: sha256 })), content);
  });
  test("takes over what a process that is gone has left, and starts anew if that was wrong", async () => {
    const gone = spawn(process.execPath, ["-e", ""]);
    await once(gone, "exit");
    for (const [left, requests] of [
      [content.subarray(0, 2_000_000), ["bytes=2000000-"]],
      [randomBytes(2_000_000), ["bytes=2000000-", ""]],
      [randomBytes(4_000_000), ["bytes=4000000-", ""]],
    ] as const) {
      await using server = await serveFile(content);
      mkdirSync(join(home, "datasets"), { recursive: true });
      writeFileSync(join(home, "datasets", `.data.bin.${hostname()}.${gone.pid}.part`), left);
      await getFile("data.bin", `${server.url}/data.bin`, { fileHash: sha256, forceDownload: true });
      assert.deepEqual(server.requests, requests);
      assert.deepEqual([readFileSync(join(home, "datasets", "data.bin")), files()], [content, ["data.bin"]]);
    }
  });
  test("two processes at once both get the whole file", async () => {
    await using server = await serveFile(content, (n) => (n < 2 ? { hangUpAfter: 500_000 } : {}));
    const script = `require(${JSON.stringify(require.resolve("../../src/utils/get_file"))})
      .getFile("data.bin", "${server.url}/data.bin", { fileHash: "${sha256}" })`;
    const run = async () => (await once(spawn(process.execPath, ["-e", script], { stdio: "ignore" }), "exit"))[0];
    assert.deepEqual(await Promise.all([run(), run()]), [0, 0]);
    assert.deepEqual([readFileSync(join(home, "datasets", "data.bin")), files()], [content, ["data.bin"]]);
  });
  test("two calls at once share one download", async () => {
    await using server = await serveFile(content);
    const call = () => getFile("data.bin", `${server.url}/data.bin`, { fileHash: sha256 });
    await Promise.all([call(), call()]);
    assert.equal(server.requests.length, 1);
  });
  test("a mirror comes before the origin, and the origin helps out", async () => {
    await using mirror = await serveFile(content, (n) => (n > 0 ? { status: 404 } : {}));
    await using origin = await serveFile(content);
    process.env["TSKERAS_MIRROR"] = `${mirror.url}/below/`;
    try {
      await getFile("data.bin", `${origin.url}/data.bin`, { fileHash: sha256 });
      assert.deepEqual([mirror.requests.length, origin.requests.length], [1, 0]);
      await getFile("data.bin", `${origin.url}/data.bin`, { fileHash: sha256, forceDownload: true });
      assert.deepEqual([mirror.requests.length, origin.requests.length], [2, 1]);
    } finally {
      delete process.env["TSKERAS_MIRROR"];
    }
  });
  for (const fname of ["../data.bin", "a/b", "..", ""]) {
    test(`refuses the name "${fname}"`, () =>
      assert.rejects(getFile(fname, "http://127.0.0.1/x"), /name of a file without a folder/));
  }
  test("refuses an unknown option", () =>
    assert.rejects(getFile("x", "http://127.0.0.1/x", { hash: "" } as object), /no option "hash"/));
});

test("an aborted download keeps what has arrived for the next one", async () => {
  await using server = await serveFile(content, (n) => (n === 0 ? { hangUpAfter: 1_000_000 } : {}));
  const abort = new AbortController();
  const target = join(home, "data.bin");
  const onProgress = () => abort.abort(new Error("stopped"));
  await assert.rejects(download(`${server.url}/x`, target, { signal: abort.signal, onProgress }), /stopped/);
  await download(`${server.url}/x`, target, { verify: async () => undefined });
  assert.match(server.requests[1] as string, /^bytes=[1-9]\d*-$/);
  assert.deepEqual(readFileSync(target), content);
});

describe("getFile with extract", () => {
  const tarball = () => {
    const folder = mkdtempSync(join(root, "tar-"));
    mkdirSync(join(folder, "inner"));
    writeFileSync(join(folder, "inner", "a.txt"), "hello");
    tar.create({ file: join(folder, "t.tar.gz"), cwd: folder, gzip: true, sync: true }, ["inner"]);
    return readFileSync(join(folder, "t.tar.gz"));
  };
  const zip = (name: string) => Buffer.from(zipSync({ [name]: Buffer.from("hello") }));

  for (const [kind, archive] of Object.entries({ tar: tarball(), zip: zip("inner/a.txt") })) {
    test(`unpacks a ${kind} into the folder that Keras uses`, async () => {
      await using server = await serveFile(archive);
      const path = await getFile("things", `${server.url}/t`, { extract: true });
      assert.equal(path, join(home, "datasets", "things"));
      assert.equal(readFileSync(join(path, "inner", "a.txt"), "utf8"), "hello");
      assert.deepEqual(files(), ["things", "things_archive"]);
      assert.equal(await getFile("things", `${server.url}/t`, { extract: true }), path);
      assert.match(await getFile("t.tgz", `${server.url}/t`, { extract: true }), /t_extracted$/);
    });
  }
  for (const [what, archive] of Object.entries({
    "a path that leads out": zip("../../evil.txt"),
    "a damaged archive": tarball().subarray(0, 100),
    "no archive": randomBytes(500),
  })) {
    test(`refuses ${what} and leaves no folder`, async () => {
      await using server = await serveFile(archive);
      await assert.rejects(
        getFile("things", `${server.url}/t`, { extract: true }),
        /Could not unpack .*things_archive/,
      );
      assert.deepEqual(files(), ["things_archive"]);
    });
  }
});

test("a cache that cannot be written to is read, and /tmp/.keras is written instead, as Keras does", () => {
  const blocked = join(home, "a file");
  writeFileSync(blocked, "");
  const paths = cachePaths("x.npz", "datasets", blocked);
  assert.equal(paths.read[0], join(blocked, "datasets", "x.npz"));
  assert.equal(paths.write, paths.read[1]);
});
