import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import type { Layer } from "../../src/layers/index";
import type { Run } from "../backends";
import { assertClose, type Numbers } from "../close";

/** What Keras computed with one layer. */
export interface LayerCase {
  readonly layer: string;
  readonly x: Numbers;
  readonly weight_shapes: readonly number[][];
  readonly weights: readonly Numbers[];
  readonly training: boolean | null;
  readonly output_shape: readonly number[];
  readonly output: Numbers;
  readonly weights_after: readonly Numbers[] | null;
  readonly grad_of_sum_of_squares?: readonly Numbers[];
  readonly grad_of_input?: Numbers;
}

/** Gives `layer` the weights of a case and compares output, moved weights and gradients with Keras's. */
export async function checkLayer(layer: Layer, expected: LayerCase, run: Run): Promise<void> {
  const name = expected.layer;
  const x = tf.tensor(expected.x as tf.TensorLike);
  const batchless = [null, ...x.shape.slice(1)];
  layer.ensureBuilt(batchless);
  assert.deepEqual(
    layer.weights.map((weight) => weight.shape),
    expected.weight_shapes,
    `${name}: weight shapes`,
  );
  const inferred = layer.computeOutputShape(batchless);
  assert.deepEqual(inferred, [null, ...expected.output_shape.slice(1)], `${name}: inferred shape`);
  layer.setWeights(expected.weights.map((weight) => tf.tensor(weight as tf.TensorLike)));
  const training = expected.training ?? false;
  const output = await run((input) => layer.apply(input, { training }), x);
  assert.deepEqual(output.shape, expected.output_shape, `${name}: output shape`);
  assertClose(output, expected.output, `${name}: output`, { atol: 2e-6 });
  if (expected.weights_after) {
    for (const [i, weight] of layer.weights.entries()) {
      assertClose(weight, expected.weights_after[i] as Numbers, `${name}: weight ${i} after the call`);
    }
  }
  if (expected.grad_of_sum_of_squares && expected.grad_of_sum_of_squares.length > 0) {
    const weights = layer.trainableWeights;
    const sumOfSquares = (input: tf.Tensor) => tf.sum(tf.square(layer.apply(input, { training }))) as tf.Scalar;
    const { grads } = await run((input) => tf.variableGrads(() => sumOfSquares(input), weights), x);
    for (const [i, weight] of weights.entries()) {
      const gradient = grads[weight.name] as tf.Tensor;
      assertClose(gradient, expected.grad_of_sum_of_squares[i] as Numbers, `${name}: gradient ${i}`, { atol: 1e-4 });
    }
  }
  if (expected.grad_of_input) {
    const gradient = await run(
      tf.grad((input) => tf.sum(tf.square(layer.apply(input, { training })))),
      x,
    );
    assertClose(gradient, expected.grad_of_input, `${name}: gradient of the input`, { atol: 1e-4 });
  }
}
