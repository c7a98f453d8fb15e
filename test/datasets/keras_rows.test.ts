import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type * as tf from "@tensorflow/tfjs-core";
import * as datasets from "../../src/datasets";
import { makeDatasets } from "../helpers/make_datasets";

type Texts = { count: number; words: number; sum: number; first: number[][]; last: number[]; labels: number[] };
type Numbers = { shape: number[]; mean: number; first: number[]; last: number[] };
type Case =
  | { data: "imdb" | "reuters"; options: object; train: Texts; test: Texts }
  | { data: "mnist" | "cifar10"; options: object; train: Numbers[]; test: Numbers[] };
type Loader = (options: object) => Promise<[[unknown, tf.Tensor], [unknown, tf.Tensor]]>;

const { cases } = JSON.parse(readFileSync(join(__dirname, "../../../test/datasets/keras_rows.json"), "utf8")) as {
  cases: Case[];
};
const loaders = new Map(Object.entries(datasets as unknown as { [name: string]: { loadData: Loader } }));
const camelCase = (name: string) => name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());
const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, n) => total + n, 0);

function textsOf(rows: Int32Array[], labels: tf.Tensor): Texts {
  return {
    count: rows.length,
    words: sum(rows.map((row) => row.length)),
    sum: sum(rows.map(sum)),
    first: rows.slice(0, 2).map((row) => [...row]),
    last: [...(rows.at(-1) ?? [])],
    labels: [...labels.dataSync().slice(0, 20)],
  };
}

function compareNumbers(x: tf.Tensor, keras: Numbers): void {
  const values = x.dataSync();
  // What Keras holds in 64 bits, a tensor holds in 32.
  const inTensor = (numbers: number[]) => (x.dtype === "int32" ? numbers : numbers.map(Math.fround));
  assert.deepEqual(x.shape, keras.shape);
  assert.deepEqual([...values.slice(0, 16)], inTensor(keras.first));
  assert.deepEqual([...values.slice(-4)], inTensor(keras.last));
  const mean = x.size === 0 ? 0 : sum(values) / x.size;
  assert.ok(Math.abs(mean - keras.mean) <= 1e-6 * Math.abs(keras.mean), `mean ${mean}, Keras ${keras.mean}`);
}

describe("the loaders give Keras's rows", () => {
  const folder = mkdtempSync(join(tmpdir(), "datasets-"));
  before(() => {
    makeDatasets(folder);
    process.env["TSKERAS_DATASETS"] = folder;
  });
  after(() => {
    delete process.env["TSKERAS_DATASETS"];
    rmSync(folder, { recursive: true });
  });
  for (const c of cases) {
    test(`${c.data} ${JSON.stringify(c.options)}`, async (t) => {
      const options = Object.fromEntries(Object.entries(c.options).map(([name, value]) => [camelCase(name), value]));
      const { loadData } = loaders.get(camelCase(c.data)) as { loadData: Loader };
      let parts: Awaited<ReturnType<Loader>>;
      try {
        parts = await loadData(options);
      } catch (error) {
        if (camelCase(c.data) === "bostonHousing" && /Could not get/.test(String(error)))
          return t.skip("needs the real file");
        throw error;
      }
      for (const [part, [x, y]] of [
        [c.train, parts[0]],
        [c.test, parts[1]],
      ] as const) {
        if (!Array.isArray(part)) assert.deepEqual(textsOf(x as Int32Array[], y), part);
        else for (const [i, keras] of part.entries()) compareNumbers([x as tf.Tensor, y][i] as tf.Tensor, keras);
      }
    });
  }
  test("word indexes", async () => {
    const { the, word2 } = await datasets.imdb.getWordIndex();
    assert.deepEqual([the, word2], [1, 2]);
    assert.equal((await datasets.reuters.getWordIndex())["the"], 1);
    assert.equal(datasets.reuters.getLabelNames().length, 46);
  });
  test("a review's words are one buffer, four bytes each", async () => {
    const [[reviews]] = await datasets.imdb.loadData({ numWords: 1000 });
    assert.ok(reviews.every((review) => review.buffer === reviews[0]?.buffer));
  });
});
