import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import * as tf from "@tensorflow/tfjs-core";
import "../../src/tensorflow/index";
import { storedValues } from "../../src/backend/stored_tensor";
import { normalize } from "../../src/utils/normalize";
import { padSequences } from "../../src/utils/pad_sequences";
import { toCategorical } from "../../src/utils/to_categorical";
import { vectorizeSequences } from "../../src/utils/vectorize_sequences";

before(() => tf.setBackend("cpu"));

describe("toCategorical", () => {
  const rows = [
    [1, 0, 0],
    [0, 0, 1],
  ];
  const cases: [string, tf.Tensor | number[] | number[][] | Uint8Array | number, unknown][] = [
    ["array", [0, 2], rows],
    ["typed array", Uint8Array.of(0, 2), rows],
    ["tensor", tf.tensor1d([0, 2], "int32"), rows],
    ["column", [[0], [2]], rows],
    ["two axes", [[0, 2]], [rows]],
    ["number", 2, [0, 0, 1]],
  ];
  for (const [name, x, expected] of cases) {
    test(name, () => {
      const encoded = toCategorical(x);
      assert.deepEqual([encoded.arraySync(), encoded.dtype], [expected, "float32"]);
    });
  }
  test("numClasses adds columns", () => assert.deepEqual(toCategorical([1], 4).arraySync(), [[0, 1, 0, 0]]));
  test("numClasses may be named", () => {
    assert.deepEqual(toCategorical([1], { numClasses: 3 }).arraySync(), [[0, 1, 0]]);
    assert.throws(
      () => toCategorical([1], { numClass: 3 } as never),
      /has no option "numClass"\. Did you mean "numClasses"/,
    );
  });
  for (const [labels, numClasses, message] of [
    [[0, 5], 3, /from 0 to 2 but found 5 at position 1\. Give numClasses 6/],
    [[0, -1], 3, /found -1 at position 1/],
    [[0.5], 3, /found 0\.5 at position 0/],
    [[0], 0, /numClasses to be 1 or more but found number 0/],
    [[], undefined, /numClasses to be 1 or more/],
  ] as const) {
    test(`refuses ${JSON.stringify(labels)} of ${numClasses}`, () =>
      assert.throws(() => toCategorical([...labels], numClasses), message));
  }
});

describe("vectorizeSequences", () => {
  test("a one for each word that occurs, a byte each", () => {
    const encoded = vectorizeSequences([Int32Array.of(1, 3, 3), [0]], 4);
    assert.deepEqual(storedValues(encoded), Uint8Array.of(0, 1, 0, 1, 1, 0, 0, 0));
    assert.deepEqual([encoded.shape, encoded.dtype], [[2, 4], "float32"]);
  });
  test("refuses a word without a column", () =>
    assert.throws(() => vectorizeSequences([[0], [12]], 10), /from 0 to 9 but found 12 in sequence 1.*numWords: 10/));
});

describe("padSequences does what Keras's documentation shows", () => {
  const sequences = [[1], [2, 3], [4, 5, 6]];
  const cases: [Parameters<typeof padSequences>[1], number[][]][] = [
    [
      {},
      [
        [0, 0, 1],
        [0, 2, 3],
        [4, 5, 6],
      ],
    ],
    [
      { value: -1 },
      [
        [-1, -1, 1],
        [-1, 2, 3],
        [4, 5, 6],
      ],
    ],
    [
      { padding: "post" },
      [
        [1, 0, 0],
        [2, 3, 0],
        [4, 5, 6],
      ],
    ],
    [
      { maxlen: 2 },
      [
        [0, 1],
        [2, 3],
        [5, 6],
      ],
    ],
    [
      { maxlen: 2, truncating: "post", dtype: "float32", value: 0.5 },
      [
        [0.5, 1],
        [2, 3],
        [4, 5],
      ],
    ],
  ];
  for (const [options, expected] of cases) {
    test(JSON.stringify(options), () => assert.deepEqual(padSequences(sequences, options).arraySync(), expected));
  }
  test("refuses what is no sequence", () =>
    assert.throws(
      () => padSequences([[1], 2 as unknown as number[]]),
      /lists of numbers but found number 2 at position 1/,
    ));
  test("refuses an unknown side", () =>
    assert.throws(
      () => padSequences(sequences, { padding: "front" as "pre" }),
      /expected padding to be "pre" or "post" but found the string "front"/,
    ));
});

test("normalize divides by the norm and leaves zeros", () => {
  assert.deepEqual(
    normalize([
      [3, 4],
      [0, 0],
    ]).arraySync(),
    [
      [Math.fround(0.6), Math.fround(0.8)],
      [0, 0],
    ],
  );
  assert.deepEqual(
    normalize(
      tf.tensor2d([
        [3, 0],
        [1, 2],
      ]),
      0,
      1,
    ).arraySync(),
    [
      [0.75, 0],
      [0.25, 1],
    ],
  );
});
