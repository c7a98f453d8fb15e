import { test } from "node:test";
import * as tf from "@tensorflow/tfjs-core";
import * as layers from "../../src/layers/index";
import { inEachMode } from "../backends";
import { assertClose } from "../close";
import { kerasValues, make } from "../keras_values";
import { checkLayer } from "./case";

inEachMode("Outputs, gradients and moved weights are Keras's for", (run) => {
  for (const expected of kerasValues().layers) {
    test(expected.layer, () => checkLayer(make<layers.Layer>(layers, expected), expected, run));
  }
});

inEachMode("Merged values are Keras's for", (run) => {
  for (const { layer, inputs, output, ...made } of kerasValues().merges) {
    test(layer, async () => {
      const merge = make<layers.Layer>(layers, made);
      const tensors = inputs.map((values) => tf.tensor(values as tf.TensorLike));
      assertClose(await run((...parts) => merge(parts), ...tensors), output, layer);
    });
  }
});
