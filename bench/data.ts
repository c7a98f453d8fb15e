import { readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import * as tf from "@tensorflow/tfjs-core";
import { keras } from "../src/index";
import type { Workload } from "./workloads";

const folder = path.join(__dirname, "../../data/fashion_mnist");

/** The arrays of a workload, made as a tutorial makes them: `peers/data.py` does the same. */
export function load({ data, rows, layers }: Workload): [tf.Tensor, tf.Tensor] {
  const { random } = Math;
  switch (data) {
    case "fashion": {
      const read = (name: string, offset: number) => gunzipSync(readFileSync(path.join(folder, name))).subarray(offset);
      const pixels = Float32Array.from(read("train-images-idx3-ubyte.gz", 16).subarray(0, rows * 784), (p) => p / 255);
      const labels = Float32Array.from(read("train-labels-idx1-ubyte.gz", 8).subarray(0, rows));
      const channels = layers[0]?.[0] === "conv" ? [1] : [];
      return [tf.tensor(pixels, [rows, 28, 28, ...channels]), tf.tensor(labels)];
    }
    case "multiHot": {
      const reviews = Array.from({ length: rows }, () =>
        Array.from({ length: 200 }, () => Math.floor(random() * 10000)),
      );
      return [
        keras.utils.vectorizeSequences(reviews),
        tf.tensor(Float32Array.from({ length: rows }, () => Math.round(random()))),
      ];
    }
    case "table":
      return [tf.randomNormal([rows, 13]), tf.randomNormal([rows])];
  }
}
