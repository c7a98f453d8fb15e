import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import "../../src/tensorflow/index";
import * as tf from "@tensorflow/tfjs-core";
import { emitFunction } from "../../src/compiler/emit/function";
import { Builder } from "../../src/compiler/graph/builder";
import { nodesOf } from "../../src/compiler/graph/order";
import type { Value } from "../../src/compiler/graph/value";
import { toTensor } from "../../src/compiler/run/results";
import { runtime } from "../../src/compiler/run/runtime";
import { Executable } from "../../src/compiler/run/sessions";
import { convolveImages, imagesFilterGradient, imagesInputGradient } from "../../src/compiler/trace/kernels/onnx_conv";
import { trace } from "../../src/compiler/trace/trace";
import { assertClose, numbers } from "./close";

type Shape4 = [number, number, number, number];

/** Runs a graph with one input for each tensor. */
async function run(build: (graph: Builder, inputs: Value[]) => Value, tensors: tf.Tensor[]): Promise<tf.Tensor> {
  const { Tensor } = await runtime();
  const graph = new Builder();
  const inputs = tensors.map(({ shape }, i) => graph.input(`x${i}`, "float32", shape));
  const named = inputs.map((value, i) => [`x${i}`, value] as const);
  const model = emitFunction({ inputs: named, outputs: [["y", build(graph, inputs)]] });
  const feeds = tensors.map((t, i) => [`x${i}`, new Tensor("float32", t.dataSync<"float32">(), t.shape)] as const);
  const { y } = await new Executable(model).run(Object.fromEntries(feeds));
  return toTensor(y as InstanceType<typeof Tensor>);
}

describe("a convolution of whole images is that of gathered columns", () => {
  before(() => tf.setBackend("cpu"));

  for (const [size, stride, pad, dilation] of [
    [3, 1, "same", 1],
    [3, 2, "same", 1],
    [3, 2, "valid", 1],
    [5, 3, "valid", 1],
    [2, 1, "same", 1],
    [1, 2, "same", 1],
    [3, 1, "same", 2],
    [3, 1, "valid", 2],
  ] as const) {
    for (const shape of [
      [2, 9, 12, 3],
      [2, 10, 11, 3],
    ] as const) {
      test(`${size}/${stride} ${pad}, dilation ${dilation}, of ${shape}`, async () => {
        const filterShape: Shape4 = [size, size, 3, 4];
        const info = tf.backend_util.computeConv2DInfo([...shape], filterShape, stride, dilation, pad);
        const [x, w, dy] = [numbers([...shape], 1), numbers(filterShape, 2), numbers(info.outShape, 3)] as const;
        const convolve = (a: tf.Tensor, b: tf.Tensor) => {
          return tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, stride, pad, "NHWC", dilation);
        };
        assertClose(
          await run((g, [a, b]) => convolveImages(g, a as Value, b as Value, info), [x, w]),
          convolve(x, w),
          "y",
        );
        // TensorFlow.js has no gradient for dilations.
        if (dilation !== 1) return;
        const [dx, dw] = tf.grads(convolve)([x, w], dy) as [tf.Tensor, tf.Tensor];
        const byFilter = await run((g, [a, b]) => imagesFilterGradient(g, a as Value, b as Value, info), [x, dy]);
        assertClose(byFilter, dw, "gradient of the filter");
        const byInput = await run((g, [a, b]) => imagesInputGradient(g, a as Value, b as Value, info), [dy, w]);
        assertClose(byInput, dx, "gradient of the images");
      });
    }
  }

  test("columns that would fill the memory are not gathered", () => {
    const operations = (size: number) => {
      const types = [
        [8, size, size, 32],
        [3, 3, 32, 32],
      ].map((shape) => ({ dtype: "float32" as const, shape }));
      const gradients = (...operands: tf.Tensor[]) =>
        tf.grads((x, w) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, "same"))(operands);
      return new Set(nodesOf(trace(gradients, types).outputs).map(({ op }) => op));
    };
    assert.ok(operations(28).has("Gather") && !operations(28).has("Conv"));
    assert.deepEqual(
      ["Gather", "Conv", "ConvTranspose"].map((op) => operations(224).has(op)),
      [false, true, true],
    );
  });
});
