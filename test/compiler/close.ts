import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";

/** Asserts that two tensors agree in type, shape and, within float32 rounding, numbers. */
export function assertClose(actual: tf.Tensor, expected: tf.Tensor, what: string, tolerance = 1e-5): void {
  assert.deepEqual([actual.dtype, actual.shape], [expected.dtype, expected.shape], `${what}: type`);
  const [a, e] = [actual.dataSync(), expected.dataSync()];
  const scale = Math.max(1, ...Array.from(e, Math.abs).filter(Number.isFinite));
  a.forEach((value, i) => {
    const wanted = e[i] as number;
    const equal = Object.is(value, wanted) || value === wanted || Math.abs(value - wanted) <= tolerance * scale;
    assert.ok(equal, `${what}: element ${i} is ${value}, expected ${wanted}`);
  });
}

/** Numbers from a seed, the same each time. */
export function numbers(shape: number[], seed: number, low = -2, high = 2): tf.Tensor {
  return tf.randomUniform(shape, low, high, "float32", seed);
}
