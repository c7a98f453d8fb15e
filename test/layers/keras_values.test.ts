import { test } from "node:test";
import * as tf from "@tensorflow/tfjs-core";
import * as layers from "../../src/layers/index";
import { onEachBackend } from "../backends";
import { assertClose } from "../close";
import { kerasValues, make } from "../keras_values";
import { checkLayer } from "./case";

onEachBackend("Outputs, gradients and moved weights are Keras's for", () => {
  for (const expected of kerasValues().layers) {
    test(expected.layer, () => checkLayer(make<layers.Layer>(layers, expected), expected));
  }
});

onEachBackend("Merged values are Keras's for", () => {
  for (const { layer, inputs, output, ...made } of kerasValues().merges) {
    test(layer, () => {
      const merge = make<layers.Layer>(layers, made);
      const tensors = inputs.map((values) => tf.tensor(values as tf.TensorLike));
      assertClose(merge(tensors), output, layer);
    });
  }
});
