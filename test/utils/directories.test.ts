import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, before, describe, mock, test } from "node:test";
import * as tf from "@tensorflow/tfjs-core";
import { encode } from "jpeg-js";
import { PNG } from "pngjs";
import "../../src/tensorflow/index";
import { Dense, Flatten } from "../../src/layers";
import { Sequential } from "../../src/models";
import { RandomState } from "../../src/random";
import { imageDatasetFromDirectory } from "../../src/utils/image_dataset";
import { readCsv } from "../../src/utils/read_csv";
import { textDatasetFromDirectory } from "../../src/utils/text_dataset";

const root = mkdtempSync(join(tmpdir(), "directories-"));
const folder = (name: string) => {
  mkdirSync(join(root, name), { recursive: true });
  return join(root, name);
};
const log = mock.method(console, "log", () => undefined);
before(() => tf.setBackend("cpu"));
after(() => rmSync(root, { recursive: true }));

describe("textDatasetFromDirectory", () => {
  const texts = folder("texts");
  for (const [name, words] of Object.entries({
    "neg/b": "bad",
    "neg/a": "worse",
    "neg/deep/c": "so so",
    "pos/d": "good",
  })) {
    folder(`texts/${name}/..`);
    writeFileSync(join(texts, `${name}.txt`), words);
  }
  writeFileSync(join(texts, "pos", "notes.md"), "not a text file");
  folder("texts/.hidden");

  test("folders are classes, files in the order of their paths", async () => {
    const dataset = textDatasetFromDirectory(texts, { shuffle: false, batchSize: 3 });
    assert.deepEqual([dataset.classNames, dataset.length], [["neg", "pos"], 2]);
    const batches: unknown[] = [];
    for await (const [x, y] of dataset) batches.push([x, y?.arraySync(), y?.dtype]);
    assert.deepEqual(batches, [
      [["worse", "bad", "so so"], [0, 0, 0], "int32"],
      [["good"], [1], "int32"],
    ]);
    assert.equal(log.mock.calls.at(-1)?.arguments[0], "Found 4 files belonging to 2 classes.");
  });
  test("the shuffle is NumPy's, and each pass has another order", async () => {
    const dataset = textDatasetFromDirectory(texts, { seed: 3 });
    const names = ["a", "b", "c", "d"].map((name) => `${name}.txt`);
    assert.deepEqual(
      dataset.filePaths.map((path) => basename(path)),
      [...RandomState(3).permutation(4)].map((row) => names[row]),
    );
    const passes = new Set<string>();
    for (let i = 0; i < 10; i++) for await (const [x] of dataset) passes.add(x.join());
    assert.ok(passes.size > 1);
  });
  test("the parts of a split have nothing in common and miss nothing", () => {
    const options = { validationSplit: 0.25, seed: 1 };
    const train = textDatasetFromDirectory(texts, { ...options, subset: "training" });
    const held = textDatasetFromDirectory(texts, { ...options, subset: "validation" });
    assert.deepEqual([train.filePaths.length, held.filePaths.length], [3, 1]);
    assert.equal(new Set([...train.filePaths, ...held.filePaths]).size, 4);
  });
  test("labels as they are asked for", async () => {
    const labels = async (options: object) => {
      const dataset = textDatasetFromDirectory(texts, { shuffle: false, ...options });
      return (await dataset.toArrays())[1]?.arraySync();
    };
    assert.deepEqual(await labels({ labelMode: "binary" }), [[0], [0], [0], [1]]);
    assert.deepEqual(await labels({ labelMode: "categorical" }), [
      [1, 0],
      [1, 0],
      [1, 0],
      [0, 1],
    ]);
    assert.deepEqual(await labels({ classNames: ["pos", "neg"] }), [0, 1, 1, 1]);
    assert.deepEqual(await labels({ labels: [3, 1, 1, 3] }), [3, 1, 1, 3]);
    assert.equal(await labels({ labels: null }), undefined);
    assert.equal(await labels({ labelMode: null }), undefined);
  });
  test("maxLength cuts texts off", async () => {
    const [x] = await textDatasetFromDirectory(texts, { shuffle: false, maxLength: 2 }).toArrays();
    assert.deepEqual(x, ["wo", "ba", "so", "go"]);
  });
  const refusals: [string, object, RegExp][] = [
    ["an unknown option", { batchsize: 3 }, /"batchsize"\. Did you mean "batchSize"\?/],
    ["a class that has no folder", { classNames: ["poss"] }, /Expected a folder "poss".*Did you mean "pos"\?/],
    ["labels for other files", { labels: [1] }, /Expected 4 labels.*found 1/],
    ["half a split", { subset: "training" }, /validationSplit and subset together/],
    ["an unknown part", { subset: "trainin", validationSplit: 0.5, seed: 1 }, /Did you mean "training"\?/],
    ["an unseeded split", { subset: "training", validationSplit: 0.5 }, /needs a seed/],
    ["an empty part", { subset: "validation", validationSplit: 0.1, seed: 1 }, /leaves no validation files of 4/],
    ["an unknown label mode", { labelMode: "sparse" }, /labelMode to be "int", "categorical" or "binary", or null/],
  ];
  for (const [name, options, message] of refusals) {
    test(`refuses ${name}`, () => assert.throws(() => textDatasetFromDirectory(texts, options), message));
  }
  test("says that there is no such directory, or nothing in it", () => {
    assert.throws(() => textDatasetFromDirectory(join(root, "nowhere")), /Could not read the directory .*nowhere/);
    assert.throws(() => textDatasetFromDirectory(folder("empty")), /Found no files ending in \.txt/);
  });
});

describe("imageDatasetFromDirectory", () => {
  const images = folder("images");
  const png = (width: number, height: number, values: number[]) => {
    const image = new PNG({ width, height });
    for (const [i, value] of values.entries()) image.data.set([value, value, value, 255], 4 * i);
    return PNG.sync.write(image);
  };
  const gray = encode({ width: 8, height: 8, data: Buffer.alloc(256, 128) }, 100).data;
  folder("images/a");
  folder("images/b");
  writeFileSync(join(images, "a", "small.png"), png(2, 2, [0, 100, 200, 255]));
  writeFileSync(join(images, "b", "gray.JPG"), gray);

  test("pictures become one size, as tf.image.resize makes them", async () => {
    const dataset = imageDatasetFromDirectory(images, { imageSize: [4, 4], shuffle: false, colorMode: "grayscale" });
    const [x, y] = await dataset.toArrays();
    assert.deepEqual([x.shape, x.dtype, y?.arraySync()], [[2, 4, 4, 1], "float32", [0, 1]]);
    // tf.image.resize of TensorFlow: centres of pixels, edges repeated.
    assert.deepEqual(x.slice([0, 0, 0, 0], [1, 4, 4, 1]).reshape([4, 4]).arraySync(), [
      [0, 25, 75, 100],
      [50, 72.1875, 116.5625, 138.75],
      [150, 166.5625, 199.6875, 216.25],
      [200, 213.75, 241.25, 255],
    ]);
    assert.deepEqual([...new Set(x.slice([1], [1]).dataSync())], [128]);
  });
  test("channels", async () => {
    for (const [colorMode, channels] of Object.entries({ grayscale: 1, rgb: 3, rgba: 4 })) {
      const dataset = imageDatasetFromDirectory(images, { colorMode: colorMode as "rgb", imageSize: [3, 5] });
      for await (const [x] of dataset) assert.deepEqual(x.shape, [2, 3, 5, channels]);
    }
  });
  test("cropping keeps the ratio of the sides", async () => {
    const wide = folder("wide/a");
    writeFileSync(join(wide, "x.png"), png(4, 2, [1, 2, 3, 4, 5, 6, 7, 8]));
    const options = { imageSize: [2, 2], cropToAspectRatio: true, colorMode: "grayscale" } as const;
    const [x] = await imageDatasetFromDirectory(join(root, "wide"), options).toArrays();
    assert.deepEqual([...x.dataSync()], [2, 3, 6, 7]);
  });
  for (const [name, content] of Object.entries({
    "damaged.png": png(2, 2, [1, 2, 3, 4]).subarray(0, 50),
    "damaged.jpg": gray.subarray(0, 100),
    "text.gif": Buffer.from("GIF89a..."),
    "empty.png": Buffer.alloc(0),
  })) {
    test(`names ${name}, which cannot be read`, async () => {
      const bad = folder(`bad ${name}/a`);
      writeFileSync(join(bad, name), content);
      const dataset = imageDatasetFromDirectory(join(root, `bad ${name}`));
      await assert.rejects(dataset.toArrays(), new RegExp(`Could not read the picture .*${name}`));
    });
  }
  test("fit goes through all of it in each epoch", async () => {
    const dataset = imageDatasetFromDirectory(images, { imageSize: [2, 2], batchSize: 1 });
    const model = Sequential([Flatten(), Dense(2, { activation: "softmax" })]);
    // jitCompile: true is an error where training cannot be compiled.
    model.compile({ loss: "sparse_categorical_crossentropy", jitCompile: true });
    const options = { epochs: 4, verbose: 0, validationData: dataset } as const;
    const { history } = await model.fit(dataset, undefined, options);
    assert.deepEqual([history["loss"]?.length, history["val_loss"]?.length], [4, 4]);
  });
  test("refuses a size that is none", () =>
    assert.throws(() => imageDatasetFromDirectory(images, { imageSize: [0, 4] }), /imageSize to be \[height, width\]/));
});

describe("readCsv", () => {
  const write = (text: string) => {
    const path = join(root, "table.csv");
    writeFileSync(path, text);
    return path;
  };
  test("numbers and words", async () => {
    const table = await readCsv(write('\uFEFFa,b,kind\r\n1,2.5,"x, ""y"""\r\n,-3e2,z\r\n'));
    assert.deepEqual([table.columns, table.length], [["a", "b", "kind"], 2]);
    assert.deepEqual(table.toTensor().arraySync(), [
      [1, 2.5],
      [Number.NaN, -300],
    ]);
    assert.deepEqual(table.toTensor(["b"]).arraySync(), [[2.5], [-300]]);
    const [y, names] = table.toLabels("kind");
    assert.deepEqual(
      [y.arraySync(), names],
      [
        [0, 1],
        ['x, "y"', "z"],
      ],
    );
  });
  test("without a header, with another delimiter", async () => {
    const table = await readCsv(write("1;2\n3;4\n"), { header: false, delimiter: ";" });
    assert.deepEqual(
      [table.columns, table.toTensor().arraySync()],
      [
        ["0", "1"],
        [
          [1, 2],
          [3, 4],
        ],
      ],
    );
  });
  test("refuses what it cannot read", async () => {
    const table = await readCsv(write("size,kind\n1,x\n"));
    assert.throws(() => table.toTensor(["kind"]), /found "x" in row 0.*toLabels\("kind"\)/s);
    assert.throws(() => table.column("siez"), /no column "siez".*Did you mean "size"\?/);
    await assert.rejects(readCsv(write("a,b\n1\n")), /Could not read the table .*line 2/);
    await assert.rejects(readCsv(write("")), /it is empty/);
    await assert.rejects(readCsv(join(root, "none.csv")), /Could not read the table .*ENOENT/);
  });
});
