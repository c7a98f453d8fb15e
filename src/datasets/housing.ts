import type * as tf from "@tensorflow/tfjs-core";
import { takeRows } from "../backend/rows";
import { storedTensor } from "../backend/stored_tensor";
import { readNpz } from "../files/npz";
import { RandomState } from "../random";
import { labelledNumbers } from "./number_arrays";
import type { DataSplit } from "./origin";

/**
 * Reads `x` and `y` of an archive, shuffles the rows as NumPy does and sets the last ones aside.
 *
 * @param rows how many rows to read. Default all
 */
export async function loadHousing(
  path: string,
  seed: number,
  testSplit: number,
  rows?: number,
): Promise<DataSplit<tf.Tensor2D, tf.Tensor1D>> {
  const [features, prices] = labelledNumbers(await readNpz(path), ["x", "y"], 2, path);
  const x = storedTensor<tf.Rank.R2>(Float32Array.from(features.values), features.shape as [number, number]);
  const y = storedTensor<tf.Rank.R1>(Float32Array.from(prices.values), [prices.values.length]);
  const order = RandomState(seed).permutation(Math.min(rows ?? x.shape[0], x.shape[0]));
  const end = Math.trunc(order.length * (1 - testSplit));
  const [train, test] = [order.subarray(0, end), order.subarray(end)];
  return [
    [takeRows(x, train), takeRows(y, train)],
    [takeRows(x, test), takeRows(y, test)],
  ];
}
