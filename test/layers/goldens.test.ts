import { test } from "node:test";
import type { ActivationName } from "../../src/activations/index";
import * as layers from "../../src/layers/index";
import { inEachMode } from "../backends";
import { goldens } from "../goldens";
import { checkLayer, type LayerCase } from "./case";

const made: { [name: string]: () => layers.Layer } = {
  "Flatten()": () => layers.Flatten(),
  "Conv2D(3, 3, activation=relu)": () => layers.Conv2D(3, 3, { activation: "relu" }),
  "Conv2D(3, (3,2), strides=2, padding=same)": () => layers.Conv2D(3, [3, 2], { strides: 2, padding: "same" }),
  "MaxPooling2D(2)": () => layers.MaxPooling2D(2),
  "MaxPooling2D(3, strides=2, padding=same)": () => layers.MaxPooling2D(3, { strides: 2, padding: "same" }),
  "AveragePooling2D(2)": () => layers.AveragePooling2D(2),
  "GlobalAveragePooling2D()": () => layers.GlobalAveragePooling2D(),
  "BatchNormalization() inference": () => layers.BatchNormalization(),
  "BatchNormalization() training": () => layers.BatchNormalization(),
  "LayerNormalization()": () => layers.LayerNormalization(),
  "Embedding(11, 4)": () => layers.Embedding(11, 4),
  "SimpleRNN(4)": () => layers.SimpleRNN(4),
  "LSTM(4)": () => layers.LSTM(4),
  "LSTM(4, return_sequences=True)": () => layers.LSTM(4, { returnSequences: true }),
  "GRU(4)": () => layers.GRU(4),
};

function make(label: string): layers.Layer {
  const activation = /^Dense\(3, activation=(.*)\)$/.exec(label)?.[1];
  if (activation !== undefined) return layers.Dense(3, { activation: activation as ActivationName });
  const layer = made[label]?.();
  if (layer === undefined) throw new Error(`No layer for the golden case ${label}.`);
  return layer;
}

inEachMode("Outputs and gradients are Keras's for", (run) => {
  for (const expected of goldens<{ layers: LayerCase[] }>("layers").layers) {
    test(expected.layer, () => checkLayer(make(expected.layer), expected, run));
  }
});
