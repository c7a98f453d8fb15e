import { readFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { gunzipSync } from "node:zlib";
import { keras, tf } from "../src";
import type { Workload } from "./workloads";

// Trains the workloads with this library: the counterpart of peers/keras_peer.py, with the same lines in and out. The first
// argument is the folder of the images, the second "compiled" or "eager".

interface Request {
  readonly name: string;
  readonly workload: Workload;
  readonly epochs: number;
}

const [folder = "", mode = "compiled"] = process.argv.slice(2);

function data({ data, rows, layers }: Workload): [tf.Tensor, tf.Tensor] {
  if (data === "fashion") {
    const read = (name: string, offset: number) => gunzipSync(readFileSync(path.join(folder, name))).subarray(offset);
    const pixels = Float32Array.from(read("train-images-idx3-ubyte.gz", 16).subarray(0, rows * 784), (p) => p / 255);
    const labels = Int32Array.from(read("train-labels-idx1-ubyte.gz", 8).subarray(0, rows));
    return [tf.tensor(pixels, [rows, 28, 28, ...(layers[0]?.[0] === "conv" ? [1] : [])]), tf.tensor(labels)];
  }
  const { random } = Math;
  if (data === "multiHot") {
    const words = Float32Array.from({ length: rows * 10000 }, () => (random() < 0.02 ? 1 : 0));
    return [
      tf.tensor(words, [rows, 10000]),
      tf.tensor(Float32Array.from({ length: rows }, () => Math.round(random()))),
    ];
  }
  return [tf.randomNormal([rows, 13]), tf.randomNormal([rows])];
}

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

async function prepare(workload: Workload) {
  const [x, y] = data(workload);
  const { optimizer, loss, metric, batchSize } = workload;
  const model = keras.Sequential([keras.layers.Input(x.shape.slice(1)), ...workload.layers.map(layer)]);
  const how = mode === "eager" ? { runEagerly: true } : { jitCompile: true };
  model.compile({ optimizer, loss: loss as "mse", metrics: [metric as "mae"], ...how });
  const fit = () => model.fit(x, y, { batchSize, epochs: 1, verbose: 0 });
  const start = performance.now();
  await fit();
  return { fit, first: (performance.now() - start) / 1000 };
}

async function main(): Promise<void> {
  if (mode === "eager") await tf.setBackend("wasm").catch(() => tf.setBackend("cpu"));
  let current: { name: string; model: Awaited<ReturnType<typeof prepare>> } | undefined;
  for await (const line of createInterface({ input: process.stdin })) {
    const { name, workload, epochs } = JSON.parse(line) as Request;
    if (current?.name !== name) current = { name, model: await prepare(workload) };
    const seconds: number[] = [];
    for (let epoch = 0; epoch < epochs; epoch++) {
      const start = performance.now();
      await current.model.fit();
      seconds.push((performance.now() - start) / 1000);
    }
    process.stdout.write(`${JSON.stringify({ seconds, first: current.model.first })}\n`);
  }
}

void main();
