import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import * as tf from "@tensorflow/tfjs-core";
import { compile } from "../../src/compiler/compile";
import { assertClose, numbers } from "./close";

/** An operation and what it is tried on. */
export type Case = readonly [
  what: string,
  fn: (...xs: tf.Tensor[]) => tf.Tensor | tf.Tensor[],
  inputs: () => tf.Tensor[],
];

/** Compares compiled operations, and the gradients of the differentiable ones, with the JavaScript backend's. */
export function checkKernels(
  title: string,
  cases: { readonly differentiable: readonly Case[]; readonly plain: readonly Case[]; withoutGradient?: Set<string> },
): void {
  describe(title, () => {
    before(() => tf.setBackend("cpu"));

    for (const [what, fn, inputs] of [...cases.differentiable, ...cases.plain]) {
      test(what, async () => {
        const operands = inputs();
        const expected = [fn(...operands)].flat();
        const actual = [await compile(fn, { strict: true })(...operands)].flat();
        assert.equal(actual.length, expected.length);
        actual.forEach((tensor, i) => {
          assertClose(tensor, expected[i] as tf.Tensor, what);
        });
      });
    }

    for (const [what, fn, inputs] of cases.differentiable) {
      if (cases.withoutGradient?.has(what)) continue;
      test(`gradient of ${what}`, async () => {
        const operands = inputs();
        const shape = (fn(...operands) as tf.Tensor).shape;
        // Different weights for each element, so that a gradient in the wrong place shows.
        const gradients = (...xs: tf.Tensor[]) =>
          tf.grads((...at) => tf.sum(tf.mul(fn(...at) as tf.Tensor, numbers([...shape], 9))))(xs);
        const expected = gradients(...operands);
        const actual = await compile(gradients, { strict: true })(...operands);
        actual.forEach((tensor, i) => {
          assertClose(tensor, expected[i] as tf.Tensor, `${what} by operand ${i}`);
        });
      });
    }
  });
}
