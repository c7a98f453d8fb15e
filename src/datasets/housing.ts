import type * as tf from "@tensorflow/tfjs-core";
import { takeRows } from "../backend/rows";
import { storedTensor } from "../backend/stored_tensor";
import { RandomState } from "../random";
import type { DataSplit, NpzFile, SplitOptions } from "./data_file";

/** The first `rows` features `x` and prices `y` of an archive, shuffled as NumPy does, the last ones set aside. */
export function splitHousing(
  file: NpzFile,
  { seed = 113, testSplit = 0.2 }: SplitOptions,
  rows = Number.POSITIVE_INFINITY,
): DataSplit<tf.Tensor2D, tf.Tensor1D> {
  const [features, prices] = file.labeledNumbers("x", "y", 2);
  const x = storedTensor<tf.Rank.R2>(Float32Array.from(features.values), features.shape as [number, number]);
  const y = storedTensor<tf.Rank.R1>(Float32Array.from(prices.values), [prices.values.length]);
  const order = RandomState(seed).permutation(Math.min(rows, x.shape[0]));
  const end = Math.trunc(order.length * (1 - testSplit));
  const [train, test] = [order.subarray(0, end), order.subarray(end)];
  return [
    [takeRows(x, train), takeRows(y, train)],
    [takeRows(x, test), takeRows(y, test)],
  ];
}
