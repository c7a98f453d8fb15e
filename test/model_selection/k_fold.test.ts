import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { KFold, kFold } from "../../src/model_selection/k_fold";
import { goldens } from "../goldens";

type Folds = { n: number; n_splits: number; shuffle: boolean; random_state: number | null; test_folds: number[][] };

const rows = (n: number) => Int32Array.from({ length: n }, (_, i) => i);

describe("KFold deals out scikit-learn's rows", () => {
  for (const c of goldens<{ kfold: Folds[] }>("model_selection").kfold) {
    test(`${c.n} rows, ${c.n_splits} folds, shuffle ${c.shuffle}`, () => {
      const folds = [...KFold(c.n_splits, { shuffle: c.shuffle, randomState: c.random_state }).split(rows(c.n))];
      assert.deepEqual(
        folds.map(([, held]) => [...held]),
        c.test_folds,
      );
      for (const [train, held] of folds) assert.deepEqual(rows(c.n), Int32Array.from([...train, ...held]).sort());
    });
  }
});

test("kFold gives the parts of each array, fold by fold", () => {
  const parts = [...kFold([1, 2, 3, 4, 5], [..."abcde"], { k: 2 })];
  assert.deepEqual(parts, [
    [[4, 5], [1, 2, 3], [..."de"], [..."abc"]],
    [[1, 2, 3], [4, 5], [..."abc"], [..."de"]],
  ]);
});

const refusals: [string, () => unknown, RegExp][] = [
  ["one fold", () => KFold(1), /2 or more, but found number 1/],
  ["more folds than rows", () => [...KFold(4).split([1, 2])], /2 rows out to 4 folds/],
  ["a seed without a shuffle", () => KFold(4, { randomState: 1 }), /Add shuffle: true/],
  ["an unknown option", () => [...kFold([1, 2], { folds: 2 } as object)], /no option "folds"/],
  ["different numbers of rows", () => [...kFold([1, 2], [1])], /found 2, 1/],
];
describe("KFold refuses", () => {
  for (const [name, split, message] of refusals) test(name, () => assert.throws(split, message));
});
