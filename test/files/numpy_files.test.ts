import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { zipSync } from "fflate";
import { parseIdx } from "../../src/datasets/idx";
import { parseNpy } from "../../src/files/npy";
import { readNpz } from "../../src/files/npz";
import { loadPickle, PickledArray } from "../../src/files/pickle";
import { npy, npyOfLists, pickle } from "../helpers/numpy_files";

type Written = {
  archive: string;
  expected: { [name: string]: { shape: number[]; values: unknown[] } };
  pickle?: string;
};
const written: { [name: string]: Written } = JSON.parse(
  readFileSync(join(__dirname, "../../../test/files/numpy_arrays.json"), "utf8"),
);
const folder = mkdtempSync(join(tmpdir(), "numpy-"));
after(() => rmSync(folder, { recursive: true }));
const inFile = (content: Uint8Array) => {
  const path = join(folder, "archive.npz");
  writeFileSync(path, content);
  return path;
};
/** As JSON has it: a dictionary is an object. */
const plain = (value: unknown): unknown => {
  if (value instanceof Map) return Object.fromEntries(value);
  return Array.isArray(value) ? value.map(plain) : value;
};

describe("arrays that NumPy wrote", () => {
  for (const [name, { archive, expected, pickle: pickled }] of Object.entries(written)) {
    if (pickled !== undefined) {
      test(name, () => {
        const data = loadPickle(Buffer.from(pickled, "base64"));
        assert.ok(data instanceof Map);
        const array = data.get("data");
        assert.ok(array instanceof PickledArray);
        assert.deepEqual([array.shape, array.values], [[4], Uint8Array.of(0, 1, 2, 3)]);
        data.delete("data");
        const rest = { labels: [1, 2], text: "é", none: null, pair: [1, 2.5], big: 2 ** 33 };
        assert.deepEqual(Object.fromEntries(data), rest);
      });
      continue;
    }
    test(name, async () => {
      const arrays = await readNpz(inFile(Buffer.from(archive, "base64")));
      for (const [key, { shape, values }] of Object.entries(expected)) {
        const found = Array.from(arrays[key]?.values ?? [], plain);
        assert.deepEqual([key, arrays[key]?.shape, found], [key, shape, key === "b1" ? values.map(Number) : values]);
      }
    });
  }
});

const { code, global, string, int, file } = pickle;
const hostile: [string, Buffer, RegExp][] = [
  [
    "os.system",
    file(Buffer.concat([global("os", "system"), string("touch x"), code(0x85, 0x52)])),
    /asks for os\.system, .* refused/,
  ],
  ["builtins.eval", file(Buffer.concat([global("builtins", "eval"), string("1"), code(0x85, 0x52)])), /builtins\.eval/],
  ["a name of JavaScript's", file(global("constructor", "constructor")), /constructor\.constructor/],
  ["another function of NumPy", file(global("numpy", "load")), /numpy\.load/],
  [
    "ndarray called",
    file(Buffer.concat([global("numpy", "ndarray"), int(9), code(0x85, 0x52)])),
    /calls what data does not/,
  ],
  ["a Python object", file(Buffer.concat([code(0x28), global("numpy", "dtype"), code(0x6f)])), /operation .*0x6f/],
  ["an end too early", Buffer.from([0x80, 2, 0x54, 255, 255, 255, 127]), /ends too early/],
  ["nothing", Buffer.alloc(0), /ends too early/],
  ["more taken than put", file(code(0x87)), /takes more than it has put/],
  ["what was never kept", file(code(0x68, 7)), /recalls what it has not kept/],
  ["a name as data", file(global("numpy", "dtype")), /holds no data/],
  [
    "an array whose content does not fit",
    file(pickle.array("u1", [1000000], pickle.bytes(Buffer.alloc(3)))),
    /has 1000000 bytes but 3 were found/,
  ],
];
describe("a pickle is refused that holds", () => {
  for (const [name, content, message] of hostile) test(name, () => assert.throws(() => loadPickle(content), message));
});

const good = npy({ shape: [2], values: Float32Array.of(1, 2) });
const damaged: [string, Buffer, RegExp][] = [
  ["another kind of file", Buffer.from("hello, this is text"), /no \.npy file/],
  ["an end too early", good.subarray(0, -1), /8 bytes but 7 were found/],
  ["no header", good.subarray(0, 20), /header of this \.npy file cannot be read/],
  [
    "an unknown type",
    Buffer.from(good.toString("latin1").replace("<f4", "<c8"), "latin1"),
    /NumPy type "<c8" cannot be read/,
  ],
  [
    "Fortran order",
    Buffer.from(
      npy({ shape: [1, 2], values: Float32Array.of(1, 2) })
        .toString("latin1")
        .replace("False", "True "),
      "latin1",
    ),
    /Fortran order\. Save np\.ascontiguousarray/,
  ],
  ["integers that do not fit", npy({ shape: [1], values: BigInt64Array.of(2n ** 40n) }), /1099511627776 does not fit/],
  [
    "fewer lists than it says",
    Buffer.from(
      npyOfLists([[1]])
        .toString("latin1")
        .replace("(1,)", "(2,)"),
      "latin1",
    ),
    /holds something else/,
  ],
];
describe("an .npy file is refused that has", () => {
  for (const [name, content, message] of damaged) test(name, () => assert.throws(() => parseNpy(content), message));
});

describe("an .npz archive is refused that is", () => {
  const bomb = zipSync({ "x.npy": new Uint8Array(300_000_000) }, { level: 9 });
  const lying = Buffer.from(bomb);
  // The size in the central directory says one byte.
  lying.writeUInt32LE(1, lying.lastIndexOf(Buffer.from("PK\x01\x02", "latin1")) + 24);
  const cut = Buffer.from(zipSync({ "x.npy": good }));
  const cases: [string, Uint8Array, RegExp][] = [
    ["a lying bomb", lying, /Could not read .*archive\.npz/],
    ["truncated", cut.subarray(0, -30), /Could not read .*archive\.npz/],
    ["no archive", Buffer.from("not a zip"), /Could not read .*archive\.npz/],
    ["of damaged arrays", zipSync({ "x.npy": good.subarray(0, -1) }), /Could not read .*8 bytes but 7/],
  ];
  for (const [name, content, message] of cases) test(name, () => assert.rejects(readNpz(inFile(content)), message));

  test("a bomb of more than 4 GiB, before it goes off", async () => {
    const many = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`x${i}.npy`, new Uint8Array(10)]));
    const archive = Buffer.from(zipSync(many));
    for (let at = archive.indexOf("PK\x01\x02"); at >= 0; at = archive.indexOf("PK\x01\x02", at + 1)) {
      archive.writeUInt32LE(0xf0000000, at + 24);
    }
    await assert.rejects(readNpz(inFile(archive)), /would unpack to 4026531840 bytes, more than data does/);
  });
});

describe("an idx file is refused that", () => {
  const idx = Buffer.from([0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9]);
  test("not this one", () => assert.deepEqual(parseIdx(idx), { shape: [3], values: idx.subarray(8) }));
  test("is too short", () =>
    assert.throws(() => parseIdx(idx.subarray(0, -1)), /shape \[3\], 3 bytes, but 2 bytes follow/));
  test("is too long", () => assert.throws(() => parseIdx(Buffer.concat([idx, idx])), /but 14 bytes follow/));
  test("is of another kind", () => assert.throws(() => parseIdx(Buffer.from("PK....")), /no idx file/));
});
