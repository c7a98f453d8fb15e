import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, mock, test } from "node:test";
import { zipSync } from "fflate";
import * as tar from "tar";
import * as datasets from "../../src/datasets";
import { makeDatasets } from "../helpers/make_datasets";
import { npy, npyOfLists, npz, pickle } from "../helpers/numpy_files";

const root = mkdtempSync(join(tmpdir(), "bad-datasets-"));
const good = join(root, "good");
const own = join(root, "own");
const home = join(root, "keras");
const variables = ["TSKERAS_DATASETS", "KERAS_HOME", "TSKERAS_MIRROR"];
const environment = Object.fromEntries(variables.map((name) => [name, process.env[name]]));

mock.method(console, "log", () => undefined);
// What fetch does on a machine without a network; whether the one that tests has one must not matter.
mock.method(globalThis, "fetch", async () => {
  throw new TypeError("fetch failed", {
    cause: Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" }),
  });
});
before(() => makeDatasets(good));
beforeEach(() => {
  for (const folder of [own, join(home, "datasets")]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  process.env["KERAS_HOME"] = home;
  delete process.env["TSKERAS_DATASETS"];
});
after(() => {
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  rmSync(root, { recursive: true });
});

const { mnist, imdb, reuters, bostonHousing, californiaHousing, cifar10, cifar100 } = datasets;
const labels = npy({ shape: [1], values: BigInt64Array.of(1n) });
const { code, global, string } = pickle;
const evil = Buffer.concat([
  npyOfLists([[1]]).subarray(0, 128),
  pickle.file(Buffer.concat([global("os", "system"), string("touch evil"), code(0x85, 0x52)])),
]);

type Loader = {
  /** At its origin, and in the cache where it has another name. */
  readonly file: string;
  readonly stored?: string;
  readonly load: () => Promise<unknown>;
  /** The first array that is looked for. */
  readonly arrays?: string;
};
const loaders: { readonly [name: string]: Loader } = {
  mnist: { file: "mnist.npz", load: () => mnist.loadData(), arrays: "x_train" },
  imdb: { file: "imdb.npz", load: () => imdb.loadData(), arrays: "x_train" },
  "imdb's words": { file: "imdb_word_index.json", load: () => imdb.getWordIndex() },
  reuters: { file: "reuters.npz", load: () => reuters.loadData(), arrays: "x" },
  "reuters's words": { file: "reuters_word_index.json", load: () => reuters.getWordIndex() },
  bostonHousing: { file: "boston_housing.npz", load: () => bostonHousing.loadData(), arrays: "x" },
  californiaHousing: { file: "california_housing.npz", load: () => californiaHousing.loadData(), arrays: "x" },
  cifar10: {
    file: "cifar-10-python.tar.gz",
    stored: "cifar-10-batches-py-target_archive",
    load: () => cifar10.loadData(),
  },
  cifar100: {
    file: "cifar-100-python.tar.gz",
    stored: "cifar-100-python-target_archive",
    load: () => cifar100.loadData(),
  },
};

/** The message of the error, in which there is no trace of JavaScript's own mistakes. */
async function refusal(load: () => Promise<unknown>): Promise<string> {
  const error = await load().then(
    () => assert.fail("It was loaded."),
    (reason: Error) => reason,
  );
  assert.doesNotMatch(error.message, /undefined|is not a function|Cannot read prop|\[object/);
  return error.message;
}

for (const [name, { file, stored = file, load, arrays }] of Object.entries(loaders)) {
  describe(`${name}: its file`, () => {
    const inOwn = (content: Uint8Array) => {
      writeFileSync(join(own, file), content);
      process.env["TSKERAS_DATASETS"] = own;
    };
    test("is nowhere, offline: the error names it, where to get it and where to put it", async () => {
      const message = await refusal(load);
      assert.match(message, /^Could not get .*Tried\n/);
      assert.match(message, new RegExp(`get the file from https://\\S+/${file.replaceAll(".", "\\.")} by other means`));
      assert.ok(message.includes(`put it at\n  ${join(home, "datasets", stored)}\n`), message);
      assert.deepEqual(readdirSync(join(home, "datasets")), []);
    });
    test("is another one in the cache: it is not used, not deleted, and the error says both checksums", async () => {
      const target = join(home, "datasets", stored);
      writeFileSync(target, "an earlier file");
      const message = await refusal(load);
      assert.match(message, /the file is incomplete or another one: expected (sha256|md5) \w+ but found \w+/);
      assert.equal(readFileSync(target, "utf8"), "an earlier file");
    });
    test("is truncated: the error names it", async (t) => {
      if (!existsSync(join(good, file))) return t.skip("needs the real file");
      const whole = readFileSync(join(good, file));
      inOwn(whole.subarray(0, whole.length - 100));
      const message = await refusal(load);
      assert.match(message, /^Could not (read|unpack) /);
      assert.ok(message.includes(join(own, file)), message);
      assert.deepEqual(readdirSync(own), [file]);
    });
    if (arrays === undefined) return;
    test("lacks an array: the error says which, and what is there", async () => {
      inOwn(npz({ other: labels }));
      assert.match(await refusal(load), new RegExp(`Expected an array "${arrays}" in .*${file} but found other`));
    });
    test("is a zip bomb: it is refused before it goes off", async () => {
      const bomb = Buffer.from(zipSync({ [`${arrays}.npy`]: new Uint8Array(1_000_000) }, { level: 9 }));
      // The directory of the archive says 4 GB.
      bomb.writeUInt32LE(0xf0000000, bomb.lastIndexOf(Buffer.from("PK\x01\x02", "latin1")) + 24);
      inOwn(bomb);
      const held = process.memoryUsage().rss;
      assert.match(await refusal(load), /would unpack to 4026531840 bytes, more than data does/);
      assert.ok(process.memoryUsage().rss - held < 1e9);
    });
    test("has a hostile pickle: nothing of it is run", async () => {
      const parts = ["x_train", "x_test", "x", "y", "y_train", "y_test"].map((part) => [part, evil] as const);
      inOwn(npz(Object.fromEntries(parts)));
      assert.match(await refusal(load), new RegExp(`Could not read .*${file}: this pickle asks for os\\.system`));
      assert.ok(!existsSync("evil"));
    });
    test("holds arrays that do not fit: the error says so", async () => {
      const odd = npy({ shape: [3], values: Float64Array.of(1, 2, 3) });
      inOwn(npz({ x_train: odd, y_train: labels, x_test: odd, y_test: labels, x: odd, y: labels }));
      assert.match(await refusal(load), new RegExp(`Expected .* in .*${file} but found`));
    });
  });
}

describe("the words of imdb", () => {
  test("must be a JSON object", async () => {
    cpSync(good, own, { recursive: true });
    process.env["TSKERAS_DATASETS"] = own;
    for (const text of ["[1]", '{"the": "1"}', "{"]) {
      writeFileSync(join(own, "imdb_word_index.json"), text);
      assert.match(await refusal(() => imdb.getWordIndex()), /Could not read .*imdb_word_index\.json: /);
    }
  });
});

describe("cifar10: a batch", () => {
  const archive = (content: Buffer) => {
    const folder = join(own, "cifar-10-batches-py");
    mkdirSync(folder);
    for (const batch of [
      "data_batch_1",
      "data_batch_2",
      "data_batch_3",
      "data_batch_4",
      "data_batch_5",
      "test_batch",
    ]) {
      writeFileSync(join(folder, batch), content);
    }
    tar.create({ file: join(own, "cifar-10-python.tar.gz"), cwd: own, gzip: true, sync: true }, [
      "cifar-10-batches-py",
    ]);
    rmSync(folder, { recursive: true });
    process.env["TSKERAS_DATASETS"] = own;
  };
  test("that is hostile is refused", async () => {
    archive(pickle.file(Buffer.concat([global("os", "system"), string("touch evil"), code(0x85, 0x52)])));
    assert.match(
      await refusal(() => cifar10.loadData()),
      /Could not read .*data_batch_1: this pickle asks for os\.system/,
    );
  });
  test("that holds something else is refused", async () => {
    archive(pickle.file(pickle.list([])));
    assert.match(await refusal(() => cifar10.loadData()), /Could not read .*data_batch_1: it has no "data"/);
  });
});

// Untyped, as a reader's JavaScript would call them: in a cell the types refuse most of these before.
const loose = datasets as unknown as { [name: string]: { loadData: (options: unknown) => Promise<unknown> } };
const refusals: readonly [loader: string, options: unknown, message: RegExp][] = [
  ["imdb", { numWords: 0 }, /imdb\.loadData\(\) expected numWords to be a whole number from 1 .* found number 0/],
  ["imdb", { numWords: "100" }, /expected numWords .* found the string "100"/],
  ["imdb", { num_words: 100 }, /no option "num_words"\. Did you mean "numWords"\?/],
  ["imdb", { maxlen: 0 }, /expected maxlen to be a whole number from 1/],
  ["imdb", { skipTop: -1 }, /expected skipTop to be a whole number from 0/],
  ["imdb", { indexFrom: null }, /expected indexFrom .* found null/],
  ["imdb", { startChar: 0.5 }, /expected startChar/],
  ["imdb", { oovChar: Number.NaN }, /expected oovChar/],
  ["imdb", { seed: -1 }, /imdb\.loadData\(\) expected seed to be a whole number from 0 to 4294967295/],
  ["imdb", { path: "../imdb.npz" }, /the name of a file without a folder but found the string "\.\.\/imdb\.npz"/],
  ["reuters", { numWords: 0 }, /reuters\.loadData\(\) expected numWords/],
  [
    "reuters",
    { testSplit: 1 },
    /reuters\.loadData\(\) expected a testSplit from 0 up to, not including, 1 .* number 1/,
  ],
  ["reuters", { testsplit: 0.2 }, /Did you mean "testSplit"\?/],
  ["mnist", "mnist.npz", /options as an object like \{ path: … \}, but found the string "mnist\.npz"/],
  ["mnist", { path: "" }, /the name of a file/],
  ["bostonHousing", { testSplit: "0.2" }, /expected a testSplit .* the string "0\.2"/],
  ["bostonHousing", { seed: 1.5 }, /bostonHousing\.loadData\(\) expected seed/],
  ["bostonHousing", { path: 3 }, /found number 3/],
  ["californiaHousing", { version: "smal" }, /Unknown version of californiaHousing "smal"\. Did you mean "small"\?/],
  ["californiaHousing", { version: 3 }, /Expected a version of californiaHousing, large, small, but found number 3/],
  ["cifar100", { labelMode: "corse" }, /Unknown labelMode of cifar100 "corse"\. Did you mean "coarse"\?/],
  ["cifar100", { labelmode: "fine" }, /Did you mean "labelMode"\?/],
];
describe("a loader refuses, before it looks for a file,", () => {
  for (const [name, options, message] of refusals) {
    test(`${name} ${JSON.stringify(options)}`, async () => {
      assert.match(await refusal(async () => loose[name]?.loadData(options)), message);
    });
  }
});
