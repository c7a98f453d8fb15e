import { test } from "node:test";
import * as tf from "@tensorflow/tfjs-core";
import { warp } from "../../src/backend/nn/warp";
import { onEachBackend } from "../backends";
import { assertClose } from "../close";
import { kerasValues } from "../keras_values";

const { images, matrix, cases } = kerasValues().warps;

onEachBackend("Warped images are Keras's with", () => {
  for (const { interpolation, fill_mode: fillMode, value } of cases) {
    test(`${interpolation} interpolation and fill mode ${fillMode}`, () => {
      const columns = [0, 1, 2, 3, 4, 5].map((i) => tf.tensor2d(matrix.map((row) => [row[i] as number])));
      const warped = warp(tf.tensor(images as tf.TensorLike), columns, { interpolation, fillMode, fillValue: 0.5 });
      assertClose(warped, value, `${interpolation}, ${fillMode}`, { atol: 1e-4 });
    });
  }
});
