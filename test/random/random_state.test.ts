import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { RandomState, random } from "../../src/random";
import { goldens } from "../goldens";

type Draws = {
  permutation_20: number[];
  rand_5: number[];
  randint_0_100_10: number[];
  randn_5: number[];
  shuffle_113_12: number[];
};
const { randomstate_42: numpy } = goldens<{ randomstate_42: Draws }>("model_selection");

const close = (actual: Iterable<number>, expected: number[]) =>
  assert.deepEqual(
    Array.from(actual, (x) => Number(x.toPrecision(9))),
    expected,
  );

describe("RandomState draws NumPy's numbers", () => {
  test("permutation", () => assert.deepEqual([...RandomState(42).permutation(20)], numpy.permutation_20));
  test("rand", () => close(RandomState(42).rand(5), numpy.rand_5));
  test("randn", () => close(RandomState(42).randn(5), numpy.randn_5));
  test("randint", () => assert.deepEqual([...RandomState(42).randint(0, 100, 10)], numpy.randint_0_100_10));
  test("shuffle", () => {
    const rows = Array.from({ length: 12 }, (_, i) => i);
    RandomState(113).shuffle(rows);
    assert.deepEqual(rows, numpy.shuffle_113_12);
  });
  // np.random.RandomState(42).choice(10, 4, replace=False), .normal(3, 2, 3) of NumPy 2.4.6
  test("choice without replacement", () => assert.deepEqual([...RandomState(42).choice(10, 4, false)], [8, 1, 5, 0]));
  test("normal", () => close(RandomState(42).normal(3, 2, 2), [3.99342831, 2.7234714]));
});

test("seeding the shared generator repeats its draws", () => {
  random.seed(7);
  const first = [random.rand(), random.randn(), random.randint(100)];
  random.seed(7);
  assert.deepEqual([random.rand(), random.randn(), random.randint(100)], first);
});

test("a generator without a seed starts differently each time", () => {
  assert.notDeepEqual(RandomState().permutation(100), RandomState().permutation(100));
});

for (const seed of [-1, 0.5, 2 ** 32, Number.NaN]) {
  test(`seed ${seed} is refused`, () =>
    assert.throws(() => RandomState(seed), /seed to be a whole number from 0 to 4294967295/));
}
