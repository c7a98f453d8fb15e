import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { StratifiedKFold } from "../../src/index";

interface Case {
  readonly labels: readonly (number | string)[];
  readonly nSplits: number;
  readonly options: { readonly shuffle?: true; readonly randomState?: number };
  readonly test: readonly number[][];
}

const file = join(__dirname, "../../../test/reference_values/stratified_folds.json");
const { cases } = JSON.parse(readFileSync(file, "utf8")) as { readonly cases: readonly Case[] };

describe("StratifiedKFold gives scikit-learn's rows", () => {
  for (const { labels, nSplits, options, test: expected } of cases) {
    test(`${nSplits} folds of ${labels.join("")} ${JSON.stringify(options)}`, () => {
      const folds = [...StratifiedKFold(nSplits, options).split(labels, labels)];
      assert.deepEqual(
        folds.map(([, rows]) => [...rows]),
        expected,
      );
      for (const [train, rows] of folds) assert.equal(train.length + rows.length, labels.length);
    });
  }
});

test("mistakes are named", () => {
  assert.throws(() => [...StratifiedKFold(3).split([1, 2, 3], [0, 1, 2])], /classes of at most 1 rows out to 3 folds/);
  assert.throws(() => [...StratifiedKFold(2).split([1, 2, 3], [0, 1])], /a label for each of 3 rows but found 2/);
  assert.throws(() => StratifiedKFold(2, { randomState: 1 }), /does not shuffle/);
});
