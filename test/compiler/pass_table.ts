import assert from "node:assert/strict";
import { sizeFromShape } from "../../src/backend/shapes";
import { nodesOf } from "../../src/compiler/graph/order";
import type { Value } from "../../src/compiler/graph/value";
import { optimizeStep } from "../../src/compiler/passes/optimize";
import { trace } from "../../src/compiler/trace/trace";
import { keras, tf } from "../../src/index";
import { makeDataset } from "../../src/trainers/dataset";

const [PIXELS, UNITS, BATCH] = [784, 100, 32] as const;

/** What `fit` runs for workload W1 of the benchmark. */
function work() {
  const model = keras.Sequential([
    keras.layers.Input([PIXELS]),
    keras.layers.Dense(UNITS, { activation: "sigmoid" }),
    keras.layers.Dense(10, { activation: "softmax" }),
  ]);
  model.compile({ optimizer: "rmsprop", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });
  const { compilation } = model;
  assert.ok(compilation);
  const data = makeDataset(model, compilation, tf.zeros([BATCH, PIXELS]), { y: tf.zeros([BATCH], "int32") });
  return { step: model.makeTrainStep(data), columns: data.columns };
}

/** A line for each pass that changes how many operations there are in a step of W1, and how many go over all of a kernel. */
export async function passTable(): Promise<string> {
  const { step, columns } = work();
  const types = columns.map(({ shape, dtype }) => ({ dtype, shape: [BATCH, ...shape] }));
  const { graph, read, assigned, outputs } = trace((...batch) => step.run(batch), types);
  const states = [...assigned].map(([variable, after]) => ({ before: read.get(variable) as Value, after }));
  const lines: string[] = [];
  let last = "";
  optimizeStep(graph, states, outputs, (pass, values) => {
    const nodes = nodesOf(values).filter(({ op }) => op !== "Input" && op !== "Constant");
    const large = nodes.filter((node) => node.outputs.some(({ shape }) => sizeFromShape(shape) >= PIXELS * UNITS));
    const counts = `${nodes.length} | ${large.length}`;
    if (counts !== last) lines.push(`| ${pass} | ${counts} |`);
    last = counts;
  });
  return lines.join("\n");
}
