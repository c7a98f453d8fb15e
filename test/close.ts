import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";

/** Numbers in nested arrays, as a golden file holds them. */
export type Numbers = number | readonly Numbers[];

const flat = (values: Numbers): readonly number[] => (typeof values === "number" ? [values] : values.flatMap(flat));

/** Whether `actual` is `expected` up to float32 rounding: |a - b| ≤ atol + rtol · |b|, as NumPy's `allclose`. */
export function assertClose(
  actual: tf.Tensor | Numbers,
  expected: Numbers,
  what: string,
  { rtol = 1e-4, atol = 1e-6 } = {},
): void {
  const found = actual instanceof tf.Tensor ? [...actual.dataSync()] : flat(actual);
  const wanted = flat(expected);
  assert.equal(found.length, wanted.length, `${what}: as many numbers`);
  for (const [i, value] of wanted.entries()) {
    const other = found[i] as number;
    const near = Number.isNaN(value) ? Number.isNaN(other) : Math.abs(other - value) <= atol + rtol * Math.abs(value);
    assert.ok(near, `${what}: number ${i} is ${other}, expected ${value}`);
  }
}
