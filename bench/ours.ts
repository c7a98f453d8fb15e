import * as tfjs from "@tensorflow/tfjs-core";
import { CompiledLoop, type LoopColumn } from "../src/compiler/run/loop";
import { keras, tf } from "../src/index";
import { load } from "./data";
import { type Fit, serve } from "./serve";
import type { Workload } from "./workloads";

// Trains a workload with this library. The second argument: "compiled", "eager", or "bare" for nothing but the matrix
// multiplications that training with Dense layers takes, in the same loop.

function layer([kind, ...values]: Workload["layers"][number]) {
  const { layers } = keras;
  const [first, second] = values as [number, string | null];
  switch (kind) {
    case "dense":
      return layers.Dense(first, second === null ? {} : { activation: second as "relu" });
    case "conv":
      return layers.Conv2D(first, 3, { activation: "relu", padding: "same" });
    case "pool":
      return layers.MaxPooling2D(2);
    case "flatten":
      return layers.Flatten();
    case "dropout":
      return layers.Dropout(first);
  }
}

/** The arrays as a notebook makes them. */
async function arrays(workload: Workload): Promise<[tf.Tensor, tf.Tensor]> {
  if (workload.data !== "fashion") return load(workload);
  const [[images, labels]] = await keras.datasets.fashionMnist.loadData();
  const pixels = images.slice(0, workload.rows).div(255);
  return [workload.layers[0]?.[0] === "conv" ? pixels.expandDims(-1) : pixels, labels.slice(0, workload.rows)];
}

async function training(workload: Workload, how: { jitCompile: true } | { runEagerly: true }): Promise<Fit> {
  const [x, y] = await arrays(workload);
  const { optimizer, loss, metric, batchSize } = workload;
  const model = keras.Sequential([keras.layers.Input(x.shape.slice(1)), ...workload.layers.map(layer)]);
  model.compile({ optimizer, loss: loss as "mse", metrics: [metric as "mae"], ...how });
  return () => model.fit(x, y, { batchSize, epochs: 1, verbose: 0 });
}

function multiplications({ rows, batchSize, layers, ...workload }: Workload): Fit {
  const [x] = load({ ...workload, rows, batchSize, layers });
  const width = x.size / rows;
  const units = layers.flatMap((each) => (each[0] === "dense" ? [each[1]] : []));
  const weights = units.map((size, i) => tf.variable(tf.randomNormal([units[i - 1] ?? width, size], 0, 0.01)));
  const gradients = weights.map(({ shape }) => tf.variable(tf.zeros(shape)));
  const step = ([batch]: readonly tf.Tensor[]) => {
    const inputs = [batch as tf.Tensor2D];
    for (const weight of weights) inputs.push(tf.matMul(inputs.at(-1) as tf.Tensor2D, weight as tf.Tensor2D));
    let error = inputs.pop() as tf.Tensor2D;
    for (const [i, weight] of [...weights.entries()].reverse()) {
      gradients[i]?.assign(tf.matMul(inputs[i] as tf.Tensor2D, error, true, false));
      if (i > 0) error = tf.matMul(error, weight as tf.Tensor2D, false, true);
    }
    return [];
  };
  const columns: LoopColumn[] = [{ values: x.dataSync<"float32">(), shape: [width], dtype: "float32" }];
  const loop = CompiledLoop.compile(step, columns, batchSize);
  return async () => {
    const order = Int32Array.from(tfjs.util.createShuffledIndices(rows));
    await (await loop).run(columns, rows, order);
  };
}

void serve((workload, mode) => {
  if (mode === "bare") return multiplications(workload);
  return training(workload, mode === "eager" ? { runEagerly: true } : { jitCompile: true });
});
